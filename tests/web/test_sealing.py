"""The key that seals what waits on a device: another one each month, which opens what was sealed before."""

from hashlib import sha256

from jalon.web.sealing import key_in, key_of


def test_a_month_s_key_is_the_digest_of_the_next_month_s_and_tells_nothing_of_it() -> None:
    november, december = key_in("1", 2026 * 12 + 11), key_in("1", 2026 * 12 + 12)
    assert sha256(december).digest() == november
    assert sha256(november).digest() != december


def test_a_page_carries_the_number_of_its_month_and_each_person_has_keys_of_their_own() -> None:
    month, key = key_of("1").split(":")
    assert bytes.fromhex(key) == key_in("1", int(month))
    assert key_of("1") != key_of("2")
