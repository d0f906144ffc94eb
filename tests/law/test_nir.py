"""A social security number is known by its shape and its key; other long numbers are left alone."""

import pytest

from jalon.law.nir import holds_nir, no_nir_written


def with_key(number: str) -> str:
    """Return thirteen figures followed by their key."""
    counted = number.replace("2A", "19").replace("2B", "18")
    return f"{number}{97 - int(counted) % 97:02}"


@pytest.mark.rule("R-121")
@pytest.mark.parametrize(
    "text",
    [
        with_key("2550899999999"),
        with_key("185032A999999"),
        with_key("185032B999999").lower(),
        "Mon numéro : " + with_key("1850399999999") + ".",
        "1 85 03 99 999 999",
        "1.85.03.99.999.999",
        "1850399999999",
        "n° 1 85 03 2A 999 999, merci",
    ],
)
def test_a_social_security_number_is_recognised_however_it_is_written(text):
    assert holds_nir(text)
    assert no_nir_written({"goals": ["un", {"deux": text}]}).rule == "R-121"


@pytest.mark.rule("R-121")
@pytest.mark.parametrize(
    "text",
    [
        "",
        "06 12 34 56 78",
        "+33 6 12 34 56 78",
        "12345678901234",
        "123 456 789 00012",
        "FR76 3000 6000 0112 3456 7890 189",
        "2026-11-25 12:30:45",
        "RNCP38622BC01, RNCP38622BC02",
        "1850399999999" + "00" if with_key("1850399999999")[-2:] != "00" else "",
        "2024001234567",
        "le 12 mars 2027 à 10 h 30",
        "18 50 39 99",
    ],
)
def test_another_number_is_left_alone(text):
    assert not holds_nir(text)
    assert no_nir_written({"goals": text}) is None
