"""Groups of a company's people: who joins, by which code, and what is said to who may not."""

from datetime import date

from jalon.law import groups as law
from jalon.law.vocabulary import Stage
from tests.support.companies import SIREN

DAY = date(2027, 3, 1)
LAST = date(2027, 9, 30)


def test_a_code_is_read_however_it_is_typed() -> None:
    assert law.code_typed(" abc-d34 ") == law.code_typed("ABC D34") == "ABCD34"
    assert law.code_said("ABCD34") == "ABC-D34"
    assert law.code_said("") == ""


def test_no_letter_of_a_code_is_taken_for_another() -> None:
    assert not set("IOSZ0125") & set(law.LETTERS)


def test_a_group_has_a_siren_that_exists_and_days_in_order() -> None:
    assert law.group_described(SIREN, DAY, LAST) is None
    wrong = law.group_described("732829321", DAY, LAST)
    assert wrong and wrong.fields == ("siren",)
    backwards = law.group_described(SIREN, LAST, DAY)
    assert backwards and "vérifiez le premier et le dernier jour" in backwards.why


def test_a_group_that_is_over_a_journey_that_is_over_and_a_second_group_are_refused() -> None:
    assert law.may_join(Stage.REGISTERED, LAST, DAY, "") is None
    assert law.may_join(Stage.REGISTERED, DAY, DAY, "") is None
    late = law.may_join(Stage.REGISTERED, DAY, LAST, "")
    assert late and "terminé depuis le 1er mars 2027" in late.why
    ended = law.may_join(Stage.DROPPED_OUT, LAST, DAY, "")
    assert ended and "Ce parcours est terminé" in ended.why
    second = law.may_join(Stage.REGISTERED, LAST, DAY, "Usinage")
    assert second and "quittez-le d’abord" in second.why


def test_the_eleventh_wrong_code_of_an_hour_is_refused() -> None:
    assert law.may_try(law.MOST_TRIES - 1) is None
    refusal = law.may_try(law.MOST_TRIES)
    assert refusal and "attendez une heure" in refusal.why
