"""What the history of a journey that began before Jalon must be, and the acts that it amounts to."""

from datetime import date, timedelta

import pytest

from jalon.law.takeover import History, Verdict, faults, past_acts
from jalon.law.vocabulary import Accompaniment, Act

TODAY = date(2027, 3, 1)
WHOLE = History(
    registered_on=date(2026, 5, 4),
    portal_number="FVAE-1",
    filed_on=date(2026, 6, 1),
    complete_on=date(2026, 6, 3),
    verdict=Verdict.ADMISSIBLE,
    decided_on=date(2026, 7, 1),
    deposited_on=date(2026, 11, 2),
    hearing_on=date(2027, 1, 15),
    result_on=date(2027, 1, 25),
    won=("RNCP38901BC01",),
)


def test_a_whole_history_is_told_act_after_act():
    acts = [one.act for one in past_acts(WHOLE, Accompaniment.ACCOMPANIED)]
    assert acts == [
        Act.TAKE_CHARGE,
        Act.NOTE_PORTAL_NUMBER,
        Act.DEPOSIT_FEASIBILITY,
        Act.DECLARE_COMPLETE,
        Act.DECLARE_ADMISSIBLE,
        Act.DEPOSIT_VALIDATION,
        Act.NOTE_SUMMONS,
        Act.NOTE_RESULT,
    ]
    assert list(faults(WHOLE, TODAY)) == []


def test_what_did_not_happen_yet_is_no_act():
    begun = History(registered_on=TODAY)
    assert [one.act for one in past_acts(begun, Accompaniment.ALONE)] == []


@pytest.mark.parametrize(
    ("changes", "where", "said"),
    [
        ({"complete_on": date(2026, 5, 30)}, "complete_on", "avant"),
        ({"filed_on": None}, "complete_on", "Il manque le dépôt"),
        ({"verdict": None}, "decided_on", "ce qui a été décidé"),
        ({"decided_on": None}, "verdict", "Il manque la décision"),
        ({"deposited_on": None}, "hearing_on", "Il manque le dépôt du dossier de validation"),
        ({"hearing_on": None}, "result_on", "Il manque le jury"),
        ({"result_on": TODAY + timedelta(days=1)}, "result_on", "pas encore venu"),
        ({"result_on": None}, "won", "supposent un résultat"),
        ({"verdict": Verdict.INADMISSIBLE}, "deposited_on", "non recevable"),
    ],
)
def test_a_history_that_cannot_be_says_where_and_why(changes, where, said):
    spoilt = History(**(vars(WHOLE) | changes))
    found = dict(faults(spoilt, TODAY))
    assert said in found[where]


def test_a_jury_to_come_is_no_fault():
    waiting = History(
        **(vars(WHOLE) | {"hearing_on": date(2027, 4, 2), "result_on": None, "won": ()})
    )
    assert list(faults(waiting, TODAY)) == []
