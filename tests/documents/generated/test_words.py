"""The words that all papers share."""

from datetime import UTC, date, datetime

from jalon.documents.generated.words import french_date, joined


def test_a_moment_is_dated_in_paris_and_no_date_is_a_dash() -> None:
    assert french_date(date(2027, 3, 1)) == "1er mars 2027"
    assert french_date(datetime(2027, 6, 30, 22, 30, tzinfo=UTC)) == "1er juillet 2027"
    assert french_date(None) == "—"


def test_blank_words_leave_no_trace() -> None:
    assert joined("Bourges", "", "France") == "Bourges France"
    assert joined("", "18000 Bourges", by=", ") == "18000 Bourges"
