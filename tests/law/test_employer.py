"""What an employer reads of the people of its group: what each agreed to, and nothing else."""

from datetime import date

import pytest

from jalon.law import employer as law
from jalon.law.stages import ENDS
from jalon.law.vocabulary import Outcome, Shared, Stage

DAY = date(2027, 3, 1)
ALL = dict.fromkeys(Shared, DAY)


def known(stage: Stage, **changes: object) -> law.Known:
    said: dict[str, object] = {"minutes": 0, "jury_on": None, "outcome": None}
    return law.Known(stage, **(said | changes))  # type: ignore[arg-type]


@pytest.mark.rule("R-125")
def test_nothing_is_told_without_an_agreement_and_each_item_only_by_its_own() -> None:
    certified = known(Stage.CERTIFIED, minutes=90, jury_on=DAY, outcome=Outcome.FULL)
    assert law.told(certified, {}) == {}
    for item in Shared:
        assert set(law.told(certified, {item: DAY})) == {item}
    assert law.told(certified, ALL) == {
        Shared.STAGE: "Jury passé",
        Shared.HOURS: "1\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30",
        Shared.JURY_DATE: "1er mars 2027",
        Shared.RESULT: "Certification obtenue",
    }


@pytest.mark.rule("R-125")
def test_what_is_not_known_yet_is_told_like_what_was_not_agreed_to() -> None:
    begun = known(Stage.REGISTERED)
    assert set(law.told(begun, ALL)) == {Shared.STAGE}


@pytest.mark.rule("R-125")
@pytest.mark.parametrize("stage", sorted(ENDS - {Stage.CERTIFIED, Stage.BLOCS_CERTIFIED}))
def test_who_stops_or_is_refused_does_so_unseen(stage: Stage) -> None:
    assert law.told(known(stage, minutes=600, jury_on=DAY, outcome=Outcome.FULL), ALL) == {}


@pytest.mark.rule("R-125")
def test_a_stage_tells_neither_a_return_nor_a_result() -> None:
    def told(stage: Stage, *, again: bool = False) -> str | None:
        return law.stage_told(known(stage, again=again))

    assert told(Stage.FEASIBILITY_INCOMPLETE) == told(Stage.FEASIBILITY_COMPLETE)
    assert told(Stage.VALIDATION_RETURNED) == told(Stage.VALIDATION_ACCEPTED)
    after = {told(one) for one in (Stage.CERTIFIED, Stage.PARTIALLY_CERTIFIED, Stage.NOT_CERTIFIED)}
    assert after == {"Jury passé"}
    assert told(Stage.VALIDATION_SENT, again=True) == "Jury passé"


@pytest.mark.rule("R-125")
def test_an_absence_before_the_jury_is_not_told() -> None:
    absent = known(Stage.VALIDATION_ACCEPTED, outcome=Outcome.ABSENT)
    assert Shared.RESULT not in law.told(absent, ALL)


@pytest.mark.rule("R-116")
def test_who_shows_nothing_is_counted_from_five_people_on() -> None:
    assert [law.unnamed(count, DAY) for count in (0, 1, 4, 5, 12)] == [0, 0, 0, 5, 12]


def test_one_contact_too_many_and_an_address_written_twice_are_refused() -> None:
    assert law.may_add_contact(law.MOST_CONTACTS - 1, again=False) is None
    full = law.may_add_contact(law.MOST_CONTACTS, again=False)
    assert full and "retirez d’abord" in full.why
    twice = law.may_add_contact(1, again=True)
    assert twice and twice.fields == ("email",)
