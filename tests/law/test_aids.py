"""Who names an aid to writing, for how long, and when its link serves no more."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import SimpleTestCase

from jalon.law.aids import (
    LONGEST,
    MOST,
    MOST_A_DAY,
    MOST_LINKS_A_DAY,
    Link,
    Naming,
    may_name,
    may_open,
    may_send_again,
    may_type,
    may_withdraw,
)
from jalon.law.rulebook import Refusal
from jalon.law.vocabulary import Role, Stage

TODAY = date(2027, 3, 12)
ASKED = Naming(
    stage=Stage.ADMISSIBLE,
    able=frozenset({Role.CANDIDATE}),
    own=False,
    held=frozenset({Role.CANDIDATE}),
    helping=0,
    named_today=0,
    again=False,
    until=TODAY + timedelta(days=30),
    today=TODAY,
)

GIVEN = Link(
    until=TODAY,
    withdrawn=False,
    left_since=False,
    account_open=True,
    stage=Stage.ADMISSIBLE,
    today=TODAY,
)


def why(refusal: Refusal | None) -> str:
    """Return the words of a refusal, "" for none."""
    return refusal.why if refusal else ""


def opened(**how: object) -> str:
    """Return why a link does not open."""
    return why(may_open(replace(GIVEN, **how)))  # type: ignore[arg-type]


class TestAids(SimpleTestCase):
    """The law of an aid to writing."""

    @pytest.mark.rule("R-051")
    def test_the_candidate_alone_names_three_people_for_six_months_at_most(self) -> None:
        self.assertIsNone(may_name(ASKED))
        self.assertIsNone(may_name(replace(ASKED, until=TODAY + LONGEST)))
        wrong = {
            "Seul le candidat choisit": {"able": frozenset({Role.ARCHITECT})},
            "n’est plus en cours d’écriture": {"stage": Stage.VALIDATION_SENT},
            "vous aide déjà": {"again": True},
            "retirez-en une avant": {"helping": MOST},
            "nommez la suivante demain": {"named_today": MOST_A_DAY},
            "entre aujourd’hui et le 12 septembre 2027": {"until": TODAY + LONGEST + timedelta(1)},
            "Choisissez un jour": {"until": TODAY - timedelta(1)},
        }
        for said, how in wrong.items():
            self.assertIn(said, why(may_name(replace(ASKED, **how))))

    @pytest.mark.rule("R-064")
    def test_nobody_names_themselves_nor_whoever_judges_or_decides(self) -> None:
        self.assertIn("C’est votre adresse", why(may_name(replace(ASKED, own=True))))
        for role in (Role.JUROR, Role.CERTIFIER):
            said = may_name(replace(ASKED, held=frozenset({role})))
            self.assertIn("ne peut pas vous aider", why(said))
            assert said
            self.assertNotIn("jug", said.cited, "what somebody does here is nobody's to try out")
        self.assertIsNone(may_name(replace(ASKED, held=frozenset({Role.ARCHITECT}))))

    def test_a_link_that_serves_no_more_says_why(self) -> None:
        self.assertEqual(opened(), "")
        self.assertIn("a retiré ce lien", opened(withdrawn=True))
        self.assertIn("n’est plus en cours d’écriture", opened(stage=Stage.VALIDATION_SENT))
        self.assertIn("jusqu’à l’envoi du dossier", opened(left_since=True))
        self.assertIn("n’est plus en cours", opened(stage=Stage.VALIDATION_SENT, left_since=True))
        self.assertIn("Ce dossier est fermé", opened(account_open=False))
        self.assertIn("servait jusqu’au 11 mars 2027", opened(until=TODAY - timedelta(1)))

    def test_nobody_types_where_no_help_is_asked_nor_is_taken_away_twice(self) -> None:
        self.assertIn("n’est pas demandée pour cette compétence", why(may_type(asked=False)))
        self.assertIn("ne vous aide plus", why(may_withdraw(helping=False)))
        self.assertEqual((may_type(asked=True), may_withdraw(helping=True)), (None, None))

    def test_a_link_is_sent_again_while_it_serves_and_not_too_often(self) -> None:
        often = MOST_LINKS_A_DAY
        self.assertIsNone(may_send_again(helping=True, sent_today=often - 1))
        self.assertIn("indésirables", why(may_send_again(helping=True, sent_today=often)))
        self.assertIn("Nommez-la de nouveau", why(may_send_again(helping=False, sent_today=0)))
