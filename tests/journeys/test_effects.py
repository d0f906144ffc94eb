"""What acts write on real rows, beside the stage."""

from datetime import timedelta

import pytest

from jalon import now as clock
from jalon.config.stories import ANSWERS, Walk
from jalon.journeys import drafts
from jalon.journeys.effects import fingerprint
from jalon.law import case as facts
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act

pytestmark = pytest.mark.django_db


@pytest.mark.rule("R-017")
def test_a_file_sent_back_is_confirmed_and_sworn_anew(walk: Walk) -> None:
    walk.to_ready().send_feasibility().wait(5)
    walk.certifier(Act.DECLARE_INCOMPLETE, facts.Missing(items=("Justificatif d’emploi",)))
    file = walk.journey.feasibility
    file.refresh_from_db()
    assert (file.confirmed_at, file.sworn_at, file.sworn_name) == (None, None, "")
    with pytest.raises(Refused) as refused:
        walk.do(Act.SEND_FEASIBILITY, walk.person)
    assert refused.value.rule in ("R-013", "R-017")
    walk.sign(Act.CONFIRM_FEASIBILITY).do(Act.SEND_FEASIBILITY, walk.person)


@pytest.mark.rule("R-017")
def test_writing_in_a_signed_file_undoes_the_signature(walk: Walk) -> None:
    walk.to_ready()
    with clock.at(walk.at):
        drafts.save_feasibility(walk.journey.pk, walk.person, {"goals": "Autre chose."})
    file = walk.journey.feasibility
    file.refresh_from_db()
    assert (file.confirmed_at, file.sworn_at) == (None, None)


@pytest.mark.rule("R-051")
def test_the_text_that_left_is_known_by_its_fingerprint_and_its_moment(walk: Walk) -> None:
    walk.to_validation_sent()
    file = walk.journey.attempt.validation
    assert file.sent_at == walk.at
    assert file.fingerprint == fingerprint(file)
    section = file.sections.first()
    section.result = "Un autre résultat."
    section.save()
    assert file.fingerprint != fingerprint(file)


@pytest.mark.rule("R-051")
def test_a_text_changed_after_its_signature_is_signed_again(walk: Walk) -> None:
    walk.to_admissible().wait(80).write_validation().wait(3).sign(Act.SIGN_ORIGINALITY)
    section = walk.journey.attempt.validation.sections.first()
    with clock.at(walk.at + timedelta(hours=1)):
        drafts.save_section(
            walk.journey.pk, walk.person, section.competence_id, ANSWERS | {"result": "Changé."}
        )
    with pytest.raises(Refused) as refused:
        walk.do(Act.SEND_VALIDATION, walk.person)
    assert refused.value.rule == "R-051"


@pytest.mark.rule("R-029")
def test_no_notice_of_the_gip_belongs_to_a_decision_that_was_taken(walk: Walk) -> None:
    walk.to_admissible()
    notice = facts.DatedNote(on=walk.at.date(), text="Avis reçu")
    with pytest.raises(Refused) as refused:
        walk.do(Act.RECORD_GIP_NOTICE, walk.person, notice)
    assert refused.value.rule == "R-029"
