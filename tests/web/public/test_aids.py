"""Somebody whom a candidate names helps to write by a link, in what is asked, until the candidate says no more."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.documents.actions import store_voice
from jalon.documents.generated.validation import aided
from jalon.law import aids as law
from jalon.law import facts
from jalon.law.aids import MOST_A_DAY, MOST_LINKS_A_DAY
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, AdjustedStep, AdjustmentKind, AidDeed, Event
from jalon.mailbox.models import AccountMail, Notice
from jalon.people.models import User
from jalon.web.acts.forms.validation import OriginalityForm
from jalon.writing import aids, rights
from jalon.writing.models import Draft, HelpedText, Pen, WritingAid
from tests.documents import sounds
from tests.documents.reading import upload
from tests.web.browsers import browser
from tests.web.reading import read
from tests.writing.aiding import EMAIL, NAME, an_aid
from tests.writing.helped import WORDS, first_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def writing(scenario: Scenario) -> Scenario:
    """Somebody who writes their validation file."""
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    return scenario


def pages(aid: WritingAid, competence: int) -> tuple[str, str]:
    """Return the list of somebody who helps, and the page of a competence."""
    token = aids.token_of(aid)
    return (
        reverse("public:aid", args=[token]),
        reverse("public:aid_text", args=[token, competence]),
    )


def refused(address: str, status: int = 410) -> str:
    """Return what a link that does not serve says."""
    answer: Any = Client().get(address)
    assert answer.status_code == status
    return read(answer)


@pytest.mark.rule("R-051")
def test_a_candidate_names_somebody_who_writes_by_a_link_and_approves_what_they_wrote(
    writing: Scenario,
) -> None:
    section, own = first_section(writing), reverse("writing:aids", args=[writing.journey.pk])
    candidate, number = browser(writing.person), section.competence_id
    said = {"name": NAME, "email": EMAIL, "why": "Elle écrit ce que je dicte."}
    until = timekeeper.today() + timedelta(days=30)
    late = said | {"until": until + timedelta(days=300), "competences": [number]}
    assert "Choisissez un jour entre aujourd’hui" in read(candidate.post(own, late))
    assert candidate.post(own, said | {"until": until, "competences": [number]}).status_code == 302
    aid, mail = WritingAid.objects.get(), AccountMail.objects.get()
    listed, page = pages(aid, number)
    assert mail.to == EMAIL and listed in mail.text
    assert f"- {section.competence.title}\n" in mail.text
    assert "Elle écrit ce que je dicte." in mail.text and "l’envoi du dossier" in mail.text
    helper = Client()
    assert page in helper.get(listed).content.decode()
    seen = helper.get(page).context["form"]["seen"].value()
    assert helper.post(page, {"seen": seen, "actions": WORDS}).status_code == 302
    assert "À relire par" in read(helper.get(listed))
    assert "Proposer ce texte" not in read(helper.get(page)), "one waits already"
    assert {helper.options(one).status_code for one in (listed, page)} == {405}
    section.refresh_from_db()
    one = HelpedText.objects.get()
    assert (section.actions, one.writer, one.aid) == ("", NAME, aid)
    writing.run_pending_jobs()
    assert Notice.objects.filter(message="text_proposed", person=writing.person).count() == 1
    told = read(candidate.get(own))
    for deed in ("a ouvert sa liste", "a lu un texte", "a proposé un texte"):
        assert f"{NAME} {deed}" in told
    assert aided(writing.journey) == []
    helped = reverse("writing:helped", args=[writing.journey.pk, one.pk])
    candidate.post(helped, {"seen": 0, "actions": WORDS})
    section.refresh_from_db()
    assert section.actions == WORDS
    settled = f"vous avez approuvé le texte de {NAME} (« {section.competence.title} »)"
    assert settled in read(candidate.get(own))
    assert f"Avec l’aide à l’écriture de {NAME}" in str(aided(writing.journey))
    signing = OriginalityForm(journey=writing.journey, viewer=writing.person, mine=True)
    assert f"L’aide de {NAME} pour écrire est permise" in signing.lead
    reading = reverse("writing:reading", args=[writing.journey.pk])
    told = read(browser(writing.architect).get(reading))
    assert f"Avec l’aide à l’écriture de {NAME}" in told
    assert f"Écrit par {NAME}, aide à l’écriture, relu et approuvé" in told
    versions = reverse("writing:versions", args=[writing.journey.pk, number])
    assert f"Écrite par {NAME}." in read(candidate.get(versions))


def kept(aid: WritingAid, competence: int, words: str, **other: Any) -> Any:
    """Send what the page of somebody who helps sends as they type, and return what it is told."""
    address = reverse("public:save_aid_text", args=[aids.token_of(aid), competence])
    said = {"person": f"aide-{aid.pk}", "subject": f"aid/{competence}", "field": "actions"}
    sent = {"pen": str(uuid4()), "number": 1, "after": 0, "base": "", "text": words}
    return Client().post(address, said | sent | other, content_type="application/json")


def test_what_a_helper_types_is_kept_unseen_by_its_candidate_until_it_is_proposed(
    writing: Scenario,
) -> None:
    section, aid = first_section(writing), an_aid(writing)
    number, own = section.competence_id, browser(writing.person)
    page = pages(aid, number)[1]
    assert kept(aid, number, WORDS).json()["said"].startswith("Enregistré à")
    assert WORDS in read(Client().get(page))
    assert WORDS not in read(own.get(reverse("writing:section", args=[writing.journey.pk, number])))
    for wrong in ({"person": f"aide-{aid.pk + 1}"}, {"subject": "section/1"}, {"text": 3}):
        assert kept(aid, number, WORDS, **wrong).status_code == 400
    assert kept(aid, number, "a" * 20_001).status_code == 409
    assert kept(aid, number, WORDS, field="version").status_code == 404
    other = section.file.sections.exclude(pk=section.pk).earliest("pk").competence_id
    assert "n’est pas demandée" in kept(aid, other, WORDS, subject=f"aid/{other}").json()["why"]
    assert kept(aid, number, WORDS, all=[]).status_code == 400
    pen = {"pen": str(uuid4()), "number": 1, "after": 0, "base": ""}
    own_page, elsewhere = (
        [pen | {"subject": f"aid/{one}", "field": "context", "text": "Chez elle."}]
        for one in (number, other)
    )
    assert kept(aid, number, WORDS, all=own_page + elsewhere).status_code == 400
    [[status, _]] = kept(aid, number, WORDS, all=own_page).json()["all"]
    assert status == 200 and aids.typed_by(aid, number)["context"] == "Chez elle."
    Client().post(page, {"seen": section.version, "actions": WORDS})
    assert not Draft.objects.filter(aid=aid).exists()
    own.post(
        reverse("writing:helped", args=[writing.journey.pk, HelpedText.objects.get().pk]),
        {"decline": "1"},
    )
    done = read(own.get(reverse("writing:aids", args=[writing.journey.pk])))
    assert f"vous n’avez pas retenu le texte de {NAME}" in done
    assert "Pas retenu le" in read(Client().get(pages(aid, number)[0]))
    said = read(Client().get(page))
    assert "n’a pas retenu votre dernier texte" in said and WORDS in said
    kept(aid, number, WORDS)
    aids.withdraw(writing.journey.pk, writing.person, aid.pk)
    assert not Draft.objects.filter(aid=aid).exists() and not Pen.objects.filter(aid=aid).exists()
    late = kept(aid, number, WORDS)
    assert (late.status_code, late.json()["closed"]) == (410, True)
    answer = Client().post(page, {"seen": 0, "actions": WORDS})
    assert "Ce texte n’est pas parti" in read(answer) and WORDS in read(answer)


def test_a_helper_hears_what_was_said_of_their_competences_and_nothing_else(
    writing: Scenario,
) -> None:
    section, aid = first_section(writing), an_aid(writing)
    other = section.file.sections.exclude(pk=section.pk).earliest("pk")
    mine, not_mine = (
        store_voice(writing.journey, upload(sounds.webm(42), f"{one.pk}.webm"), writing.person, one)
        for one in (section, other)
    )
    number = section.competence_id
    token = aids.token_of(aid)
    page = Client().get(reverse("public:aid_text", args=[token, number]))
    heard = reverse("public:aid_voice", args=[token, number, mine.pk])
    assert heard in page.content.decode() and "D’après" in read(page)
    assert Client().get(heard, headers={"Range": "bytes=0-3"}).status_code == 206
    assert Client().get(heard.replace(str(mine.pk), str(not_mine.pk))).status_code == 404
    elsewhere = [aids.token_of(aid), other.competence_id, not_mine.pk]
    assert Client().get(reverse("public:aid_voice", args=elsewhere)).status_code == 404
    own = reverse("writing:aids", args=[writing.journey.pk])
    assert f"{NAME} a écouté un enregistrement" in read(browser(writing.person).get(own))
    said = {"seen": section.version, "actions": WORDS, "heard": str(mine.pk)}
    assert Client().post(pages(aid, number)[1], said).status_code == 302
    assert HelpedText.objects.get().recording == mine.pk


@pytest.mark.parametrize("sent", [{}, {"seen": 99, "actions": "Rien."}])
def test_a_text_shown_in_answer_to_a_form_is_read_too(
    writing: Scenario, sent: dict[str, Any]
) -> None:
    section, aid = first_section(writing), an_aid(writing)
    for page in pages(aid, section.competence_id):
        Client().post(page, sent)
        Client().head(page)
    deeds = aid.traces.order_by("pk").values_list("deed", "competence")
    read_too = (AidDeed.READ, section.competence_id)
    assert list(deeds) == [(AidDeed.SENT, None), (AidDeed.OPENED, None), read_too]


def test_a_link_is_sent_again_three_times_a_day_at_most(writing: Scenario) -> None:
    aid, own = an_aid(writing), browser(writing.person)
    again = reverse("writing:send_aid_again", args=[writing.journey.pk, aid.pk])
    for _ in range(MOST_LINKS_A_DAY - 1):
        assert f"Un lien part de nouveau vers {EMAIL}" in read(own.post(again, follow=True))
    assert AccountMail.objects.count() == MOST_LINKS_A_DAY - 1
    assert "courriels indésirables" in read(own.post(again, follow=True))
    with timekeeper.at(writing.at + timedelta(days=1)):
        assert "part de nouveau" in read(own.post(again, follow=True))
    with pytest.raises(Refused, match="ne vous aide plus"):
        aids.send_again(writing.journey.pk, writing.architect, aid.pk)


def test_an_address_is_named_once_whatever_its_capitals_are_and_forgets_what_it_typed_before(
    writing: Scenario,
) -> None:
    first = an_aid(writing, email="kim@exemple.fr")
    with pytest.raises(Refused, match="vous aide déjà"):
        an_aid(writing, email="\N{KELVIN SIGN}IM@exemple.fr")
    number = first_section(writing).competence_id
    assert kept(first, number, WORDS).status_code == 200
    with timekeeper.at(writing.at + timedelta(days=40)):
        second = an_aid(writing, email="kim@exemple.fr")
    assert second.pk != first.pk
    assert not Draft.objects.filter(aid=first).exists()


@pytest.mark.rule("R-051")
def test_sending_the_file_ends_the_help_until_its_candidate_asks_anew(writing: Scenario) -> None:
    aid, own = an_aid(writing), browser(writing.person)
    section, page = first_section(writing), reverse("writing:aids", args=[writing.journey.pk])
    writing.wait(1).write_validation().send_validation()
    assert "Votre aide est finie" in refused(pages(aid, section.competence_id)[0])
    assert "a mis fin" not in read(own.get(page)), "nothing is to be done while the file is away"
    writing.certifier(Act.RETURN_VALIDATION, facts.Missing(("Une preuve",))).wait(1)
    timekeeper.travel(writing.at)
    said = refused(pages(aid, section.competence_id)[0])
    assert "a servi jusqu’à l’envoi du dossier" in said
    assert kept(aid, section.competence_id, WORDS).status_code == 410
    told = read(own.get(page))
    assert f"a mis fin à l’aide de {NAME}" in told and "Retirer" not in told
    again = an_aid(writing)
    assert Client().get(pages(again, section.competence_id)[0]).status_code == 200
    assert "a mis fin" not in read(own.get(page))


def test_a_link_opens_no_file_of_an_account_that_is_closed(writing: Scenario) -> None:
    section, aid = first_section(writing), an_aid(writing)
    User.objects.filter(pk=writing.person.pk).update(is_active=False)
    for address in pages(aid, section.competence_id):
        assert "Ce dossier est fermé" in refused(address)
    assert kept(aid, section.competence_id, WORDS).status_code == 410


@pytest.mark.rule("R-064")
def test_a_candidate_names_neither_themselves_nor_a_juror(writing: Scenario) -> None:
    for person, said in (
        (writing.person, "C’est votre adresse"),
        (writing.demo.jurors[0].user, "ne peut pas vous aider"),
        (writing.demo.officer, "ne peut pas vous aider"),
    ):
        with pytest.raises(Refused, match=said):
            an_aid(writing, email=person.email.upper())
    User.objects.filter(pk=writing.person.pk).update(email="kim@exemple.fr")
    with pytest.raises(Refused, match="C’est votre adresse"):
        an_aid(writing, email="\N{KELVIN SIGN}IM@exemple.fr")


@pytest.mark.usefixtures("nothing_counted")
def test_addresses_are_not_tried_one_after_the_other_to_learn_who_judges(
    writing: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(law, "MOST_TRIES_A_DAY", 2)
    own, page = browser(writing.person), reverse("writing:aids", args=[writing.journey.pk])
    said = {"name": NAME, "why": "Elle écrit.", "until": writing.at.date() + timedelta(days=9)}
    said |= {"competences": [first_section(writing).competence_id]}
    judge = {"email": writing.demo.jurors[0].user.email}
    for _ in range(2):
        assert "ne peut pas vous aider" in read(own.post(page, said | judge))
    for email in (judge["email"], EMAIL):
        assert "trop d’adresses" in read(own.post(page, said | {"email": email}))
    with timekeeper.at(writing.at + timedelta(days=1)):
        assert f"Un lien part vers {EMAIL}" in read(
            own.post(page, said | {"email": EMAIL}, follow=True)
        )


def test_a_link_that_serves_no_more_or_not_there_says_why(writing: Scenario) -> None:
    section = first_section(writing)
    other = section.file.sections.exclude(pk=section.pk).first()
    assert other
    aid = an_aid(writing)
    listed, page = pages(aid, section.competence_id)
    said = refused(pages(aid, other.competence_id)[1], 403)
    assert "n’est pas demandée pour cette compétence" in said
    assert "n’est pas entier" in refused(reverse("public:aid", args=["faux"]))
    with timekeeper.at(writing.at + timedelta(days=31)):
        assert "servait jusqu’au" in refused(listed)
    gone = reverse("writing:withdraw_aid", args=[writing.journey.pk, aid.pk])
    listing = browser(writing.person).get(reverse("writing:aids", args=[writing.journey.pk]))
    asked = listing.content.decode().split(f'action="{gone}"')[1].split("</details>")[0]
    assert "Son lien ne servira plus" in asked and f"Oui, retirer {NAME}" in asked
    assert f"Le lien de {NAME} ne sert plus" in read(
        browser(writing.person).post(gone, follow=True)
    )
    assert "a retiré ce lien" in refused(page)
    assert "ne vous aide plus" in read(browser(writing.person).post(gone, follow=True))
    assert Client().post(page, {"seen": 0, "actions": WORDS}).status_code == 410
    assert not HelpedText.objects.exists()
    again = an_aid(writing)
    writing.write_validation().send_validation()
    assert "plus rien ne s’y écrit" in refused(pages(again, section.competence_id)[0])
    events = writing.journey.journal.events().values_list("event", flat=True)
    assert {Event.AID_NAMED, Event.AID_WITHDRAWN} <= set(events)


@pytest.mark.rule("R-123", "R-127")
def test_the_certifier_reads_that_writing_with_somebody_was_granted_and_a_juror_does_not(
    writing: Scenario,
) -> None:
    kinds = [AdjustmentKind.WRITER, AdjustmentKind.MORE_TIME]
    writing.journey.adjustments.create(
        entry=writing.journey.journal.latest("number"),
        number=1,
        step=AdjustedStep.VALIDATION,
        kinds=kinds,
        asked_on=timekeeper.today(),
        outcome="granted",
        answer="Un mois de plus.",
        answered_on=timekeeper.today(),
    )
    [granted] = aids.as_adjustments(writing.demo.officer, writing.journey)
    assert granted.answer == "Un mois de plus."
    assert aids.as_adjustments(writing.person, writing.journey) == [granted]
    for other in (writing.architect, writing.demo.jurors[0].user):
        assert aids.as_adjustments(other, writing.journey) == []


def test_taking_people_away_and_naming_others_sends_no_more_links_than_a_day_has(
    writing: Scenario,
) -> None:
    for number in range(MOST_A_DAY):
        aid = an_aid(writing, email=f"ana{number}@exemple.fr")
        aids.withdraw(writing.journey.pk, writing.person, aid.pk)
    with pytest.raises(Refused, match="nommez la suivante demain"):
        an_aid(writing)
    with timekeeper.at(writing.at + timedelta(days=1)):
        assert an_aid(writing).email == EMAIL


def test_whoever_helped_is_in_the_copy_of_the_candidate(writing: Scenario) -> None:
    an_aid(writing)
    assert [one["name"] for one in rights.aids(writing.person)] == [NAME]
