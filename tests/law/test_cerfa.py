"""The request of the 2002 route: its own content, its four statements, its columns."""

from dataclasses import replace

import pytest

from jalon.law import cerfa
from jalon.law.admissibility import content_missing
from jalon.law.cerfa import Activity, Family, Nature, Purpose, Statement, Status, WorkingTime
from jalon.law.facts import OpinionGiven
from jalon.law.vocabulary import Accompaniment, Act, DocumentKind, Opinion, Route, Stage

from .cases import SIGNED, a_file, open_at, ready_to_send, rule_against

BARE = a_file(
    prerequisites=None,
    blocs_completed=frozenset(),
    competences_unanswered=("Régler la machine",),
    opinion=None,
    hours_estimated=False,
)
IN_2002 = ready_to_send(route=Route.LAW_2002, feasibility=BARE)
ALL_FOUR = replace(SIGNED, statements=tuple(Statement), place="Caen")


@pytest.mark.rule("R-013", "R-038")
@pytest.mark.parametrize("accompaniment", list(Accompaniment))
def test_the_2002_route_asks_for_neither_opinion_nor_hours_nor_texts_by_bloc(accompaniment):
    assert content_missing(replace(IN_2002, accompaniment=accompaniment)) == ()


def test_no_opinion_is_given_on_the_2002_route():
    assert not open_at(Act.GIVE_OPINION, IN_2002)
    opinion = OpinionGiven(Opinion.FAVOURABLE, "")
    assert rule_against(Act.GIVE_OPINION, ready_to_send(), opinion) is None


@pytest.mark.rule("R-038")
@pytest.mark.parametrize(
    ("hole", "said"),
    [
        ({"civil_status_complete": False}, "l’état civil complet"),
        ({"nature": None}, "la nature de la demande"),
        ({"request_complete": False}, "la situation et le niveau de formation"),
        ({"experiences": 0}, "au moins une expérience"),
        ({"activities_lacking": ("« Tourneur » : le statut",)}, "« Tourneur » : le statut"),
    ],
)
def test_each_heading_of_the_request_is_asked_by_name(hole, said):
    case = replace(IN_2002, feasibility=replace(BARE, **hole))
    assert content_missing(case) == (said,)


@pytest.mark.rule("R-038")
def test_a_request_is_proved_by_an_identity_and_an_experience_document():
    unproved = replace(IN_2002, identity_document=False, document_kinds=frozenset())
    assert content_missing(unproved) == ("une pièce d’identité", "un justificatif d’expérience")


@pytest.mark.rule("R-042")
@pytest.mark.parametrize("nature", [Nature.RENEWAL, Nature.EXTENSION])
def test_a_renewal_asks_for_copies_of_the_first_request_and_of_its_notification(nature):
    renewed = replace(IN_2002, feasibility=replace(BARE, nature=nature))
    assert content_missing(renewed) == (
        "la copie de votre première demande",
        "la copie de la notification de recevabilité",
    )
    copies = {DocumentKind.FIRST_REQUEST, DocumentKind.NOTIFICATION}
    assert content_missing(replace(renewed, document_kinds=IN_2002.document_kinds | copies)) == ()


@pytest.mark.rule("R-041")
def test_a_request_is_signed_under_the_four_statements_with_its_place():
    unsigned = replace(IN_2002, feasibility=replace(BARE, confirmed_on=None, sworn_on=None))
    assert rule_against(Act.CONFIRM_FEASIBILITY, unsigned, ALL_FOUR) is None
    three = replace(ALL_FOUR, statements=tuple(Statement)[:3])
    for wrong in (three, replace(ALL_FOUR, place=" "), SIGNED):
        assert rule_against(Act.CONFIRM_FEASIBILITY, unsigned, wrong) == "R-041"
    assert (
        rule_against(
            Act.CONFIRM_FEASIBILITY, replace(unsigned, stage=Stage.FEASIBILITY_INCOMPLETE), three
        )
        == "R-041"
    )


TURNER = Activity("Tourneur", Status.EMPLOYED, Family.D, 1607, WorkingTime.FULL)


@pytest.mark.rule("R-039", "R-040")
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ""),
        ({"status": None}, "le statut"),
        ({"family": None}, "la famille professionnelle"),
        ({"hours": None}, "la durée totale en heures"),
        ({"working_time": None}, "le temps de travail"),
        ({"status": Status.AIDED, "working_time": None}, ""),
        ({"status": Status.APPRENTICE}, "la certification préparée"),
        ({"status": Status.APPRENTICE, "certification": "CAP", "working_time": None}, ""),
    ],
)
def test_columns_five_and_seven_are_asked_of_a_few_statuses_only(changed, said):
    assert cerfa.activity_lacks(replace(TURNER, **changed)) == said


@pytest.mark.rule("R-043")
def test_an_immersion_made_to_discover_a_trade_proves_nothing():
    period = replace(TURNER, status=Status.IMMERSION)
    for purpose in (None, Purpose.DISCOVER):
        lacking = cerfa.activities_lacking([replace(period, purpose=purpose)])
        assert len(lacking) == 1 and "immersion" in lacking[0]
    for purpose in (Purpose.CONFIRM, Purpose.RECRUIT):
        assert cerfa.activities_lacking([replace(period, purpose=purpose)]) == ()


def test_each_status_is_a_kind_of_activity_and_the_codes_are_those_of_the_form():
    assert [status.value for status in Status] == [str(number) for number in range(1, 15)]
    assert all(status.kind for status in Status)
    assert "I" not in set(Family) and "O" not in set(Family)
