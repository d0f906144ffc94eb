"""The messages of a journey: written and answered, read by whom, told by which e-mail, gone with the journey."""

import re
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.models import JournalEntry
from jalon.journeys.rights import ERASED_BY, TOLD_BY, Erasing
from jalon.law import thread as law
from jalon.law.clocks import french, french_hour
from jalon.law.facts import Leaving, ReassignmentRequest
from jalon.law.vocabulary import Act, DropOutReason, Event
from jalon.mailbox.jobs import notify, remind
from jalon.mailbox.models import Notice, NoticeState
from jalon.now import PARIS
from jalon.people.models import User
from jalon.support.models import JoinedFile, ThreadMessage
from jalon.writing.homes import Place, read, write
from tests.journeys.test_door import at_once
from tests.support.covers import again, replacement
from tests.support.messages import ANSWERED, ASKED, a_file, a_message
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def followed(scenario: Scenario) -> Scenario:
    """A journey that somebody accompanies, on the day it has come to."""
    scenario.to_path_accepted()
    timekeeper.travel(scenario.at)
    return scenario


def address(one: Scenario, name: str = "thread", *args: Any) -> str:
    return reverse(f"dossiers:{name}", args=[one.journey.pk, *args])


def page(viewer: User, where: str) -> str:
    """Return a page, on one line."""
    return " ".join(browser(viewer).get(where).content.decode().split())


def sent(one: Scenario, by: User, text: str = ASKED, **brought: Any) -> Any:
    """Send the form of the messages; return what it answers."""
    return browser(by).post(address(one), {"text": text, **brought})


def told() -> list[Notice]:
    """Tell what the last message is told to, and return the notices of messages, the oldest first."""
    notify(entry_id=JournalEntry.objects.filter(event=Event.MESSAGE_SENT).latest("pk").pk)
    return list(Notice.objects.filter(message__startswith="message_to").order_by("pk"))


def colleague(demo: DemoPeople, one: Scenario) -> User:
    """Return another architect of the team."""
    return next(each for each in demo.architects if each != one.architect)


def test_a_candidate_writes_the_architect_answers_and_each_sees_when_it_was_read(
    followed: Scenario,
) -> None:
    assert "Mes messages" in page(followed.person, "/candidat/")
    assert sent(followed, followed.person).status_code == 302
    assert "pas encore lu" in page(followed.person, address(followed))
    timekeeper.travel(followed.at + timedelta(hours=2))
    at = timekeeper.now().astimezone(PARIS)
    assert ASKED in page(followed.architect, address(followed, "exchanges"))
    read_at = f"lu le {french(at.date())} à {french_hour(at.time())}".replace("\xa0", " ")
    assert read_at in page(followed.person, address(followed))
    sent(followed, followed.architect, ANSWERED)
    assert "1 message à lire" in page(followed.person, "/candidat/")
    assert ANSWERED in page(followed.person, address(followed))
    assert "à lire" not in page(followed.person, "/candidat/")
    assert read_at in page(followed.architect, address(followed))


def test_a_message_waits_in_the_day_of_the_architect_until_it_is_answered(
    followed: Scenario,
) -> None:
    a_message(followed)
    day, since = "/accompagnement/aujourdhui/", timekeeper.now().astimezone(PARIS)
    timekeeper.travel(followed.at + timedelta(days=2))
    shown = page(followed.architect, day)
    assert "Messages qui attendent une réponse" in shown
    assert f"depuis le {french(since.date())}" in shown and f'href="{address(followed)}"' in shown
    said = page(followed.architect, address(followed, "exchanges"))
    assert "réponse attendue" in said and "Répondre<" in said
    a_message(followed, followed.architect, ANSWERED)
    assert "Messages qui attendent" not in page(followed.architect, day)


def test_who_accompanies_says_that_a_message_asks_for_no_answer(followed: Scenario) -> None:
    a_message(followed, text="Merci !")
    asked = page(followed.architect, address(followed))
    assert "aucune réponse à donner" in asked
    browser(followed.architect).post(address(followed, "settle_messages"))
    assert "Messages qui attendent" not in page(followed.architect, "/accompagnement/aujourdhui/")
    assert "aucune réponse à donner" not in page(followed.architect, address(followed))


@pytest.mark.parametrize("said", [{"text": ANSWERED}, None], ids=["answered", "nothing to answer"])
def test_a_message_that_came_after_the_page_was_shown_still_waits_for_its_answer(
    followed: Scenario, said: dict[str, str] | None
) -> None:
    a_message(followed, text="Merci !")
    architect = browser(followed.architect)
    shown = re.findall(r'name="seen" value="(\d+)"', page(followed.architect, address(followed)))
    later = a_message(followed, text="Au fait, je change de poste.")
    where = address(followed, "thread" if said else "settle_messages")
    assert architect.post(where, {"seen": shown[0], **(said or {})}).status_code == 302
    assert list(ThreadMessage.objects.waiting()) == [later]


def test_files_come_with_a_message_and_are_downloaded_by_both_sides_only(
    demo: DemoPeople, followed: Scenario
) -> None:
    sent(followed, followed.person, joined=[a_file(), a_file("attestation.pdf")])
    shown = page(followed.architect, address(followed))
    assert "fiche.pdf" in shown and "attestation.pdf" in shown
    one = JoinedFile.objects.first()
    assert one
    where = address(followed, "joined_file", one.document_id)
    for reader in (followed.person, followed.architect):
        answer = browser(reader).get(where)
        assert answer["Content-Disposition"].startswith("attachment")
    assert browser(demo.officer).get(where).status_code == 404
    generic = reverse("dossiers:download", args=[one.document_id])
    for other in (followed.architect, demo.officer, demo.administrator):
        assert browser(other).get(generic).status_code == 404


def test_a_file_of_another_kind_or_one_too_many_is_refused_and_what_was_typed_stays(
    followed: Scenario,
) -> None:
    wrong = sent(
        followed, followed.person, joined=[a_file(), SimpleUploadedFile("a.txt", b"Bonjour")]
    )
    assert "Ce type de fichier n’est pas accepté" in wrong.content.decode()
    assert ASKED in wrong.content.decode()
    many = sent(followed, followed.person, joined=[a_file(f"{n}.pdf") for n in range(6)])
    assert many.status_code == 409 and "second message" in many.content.decode()
    assert not ThreadMessage.objects.exists() and not JoinedFile.objects.exists()


def test_a_message_not_sent_yet_is_found_again_by_its_author_and_forgotten_once_it_left(
    demo: DemoPeople, followed: Scenario
) -> None:
    sides = ((followed.person, "Je voulais dire"), (followed.architect, "Nous en parlerons"))
    for author, typed in sides:
        place = Place(followed.journey, author, "message", "text")
        write(place, typed)
        shown = page(author, address(followed))
        assert 'data-typed="message"' in shown
        assert [words in shown for _, words in sides] == [words == typed for _, words in sides]
        sent(followed, author)
        assert read(place) == ""
    assert "data-typed" not in page(colleague(demo, followed), address(followed))


def test_the_last_messages_of_a_day_are_counted_before_one_more_is_refused_until_the_next_day(
    followed: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(law, "MOST_A_DAY", 6)
    where = address(followed)
    assert "Il vous reste" not in page(followed.person, where)
    for _ in range(5):
        a_message(followed)
    assert "Il vous reste un message pour aujourd’hui" in page(followed.person, where)
    assert "Il vous reste" not in page(followed.architect, where)
    a_message(followed)
    assert "Vous avez envoyé 6 messages aujourd’hui" in page(followed.person, where)
    assert sent(followed, followed.person).status_code == 409
    timekeeper.travel(timekeeper.now() + timedelta(days=1))
    assert sent(followed, again(followed.person)).status_code == 302


def test_one_e_mail_an_hour_says_that_there_are_messages_and_not_what_they_say(
    followed: Scenario,
) -> None:
    a_message(followed)
    (first,) = told()
    first.refresh_from_db()
    assert (first.person, first.state) == (followed.architect, NoticeState.SENT)
    for _ in range(3):
        a_message(followed)
        later = told()
    assert [one.due_at - first.due_at for one in later] == [timedelta(0), timedelta(hours=1)]
    assert ASKED not in first.text and followed.person.last_name not in first.subject
    timekeeper.travel(followed.at + timedelta(hours=1, minutes=5))
    assert remind() == 1


@pytest.mark.django_db(transaction=True)
def test_workers_who_tell_of_one_thread_at_once_write_one_e_mail_now_and_one_for_an_hour_later(
    followed: Scenario,
) -> None:
    for _ in range(6):
        a_message(followed)
    lines = JournalEntry.objects.filter(event=Event.MESSAGE_SENT).values_list("pk", flat=True)
    at_once([partial(notify, entry_id=one) for one in lines])
    notices = Notice.objects.filter(message="message_to_the_team").order_by("due_at")
    first, *later = [one.due_at for one in notices]
    assert [one - first for one in later] == [timedelta(hours=1)]


def test_who_takes_a_file_over_is_told_though_an_e_mail_waits_for_who_had_it(
    demo: DemoPeople, followed: Scenario
) -> None:
    for _ in range(2):
        a_message(followed)
        told()
    other = colleague(demo, followed)
    followed.at = timekeeper.now()
    followed.do(Act.REASSIGN, demo.head, ReassignmentRequest(other.pk))
    a_message(followed)
    assert told()[-1].person == other


def test_an_e_mail_that_waits_for_who_had_the_file_goes_to_who_has_it_unless_it_was_read(
    demo: DemoPeople, followed: Scenario
) -> None:
    for _ in range(2):
        a_message(followed)
        told()
    other = colleague(demo, followed)
    followed.at = timekeeper.now()
    followed.do(Act.REASSIGN, demo.head, ReassignmentRequest(other.pk))
    timekeeper.travel(followed.at + timedelta(hours=1, minutes=5))
    assert remind() == 0
    assert remind() == 1
    about = Notice.objects.filter(message="message_to_the_team").order_by("pk")
    assert [(one.person, one.state) for one in about] == [
        (followed.architect, NoticeState.SENT),
        (followed.architect, NoticeState.DROPPED),
        (other, NoticeState.SENT),
    ]


def test_no_second_e_mail_leaves_about_messages_that_were_read_meanwhile(
    followed: Scenario,
) -> None:
    a_message(followed)
    told()
    a_message(followed)
    told()
    page(followed.architect, address(followed))
    timekeeper.travel(followed.at + timedelta(hours=1, minutes=5))
    assert remind() == 0
    assert Notice.objects.filter(state=NoticeState.DROPPED).count() == 1


def test_who_replaces_the_architect_is_told_reads_and_answers_in_their_name(
    demo: DemoPeople, followed: Scenario
) -> None:
    cover = colleague(demo, followed)
    replacement(followed.architect, cover)
    a_message(followed)
    assert {one.person for one in told()} == {followed.architect, cover}
    standing_in = again(cover)
    assert f"pour {followed.architect}" in page(standing_in, "/accompagnement/aujourdhui/")
    page(standing_in, address(followed))
    assert sent(followed, standing_in, ANSWERED).status_code == 302
    shown = page(followed.person, address(followed))
    assert f"pour {followed.architect.get_full_name()}" in shown
    assert "lu le" in shown


def test_a_colleague_who_looks_leaves_the_message_unread_and_answers_nothing(
    demo: DemoPeople, followed: Scenario
) -> None:
    a_message(followed)
    other = colleague(demo, followed)
    assert ASKED in page(other, address(followed))
    assert sent(followed, other).status_code == 409
    assert ThreadMessage.objects.get().read_at is None


def test_who_certifies_or_judges_reads_nothing_of_it_anywhere(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_scheduled()
    timekeeper.travel(scenario.at)
    a_message(scenario)
    for other in (demo.officer, demo.jurors[0].user, demo.administrator, demo.stranger):
        assert browser(other).get(address(scenario)).status_code == 404
        assert sent(scenario, other).status_code == 404
    for tab in ("exchanges", "journal"):
        shown = page(demo.officer, address(scenario, tab))
        assert ASKED not in shown and Event.MESSAGE_SENT.label not in shown


def test_the_journal_says_that_a_message_was_sent_and_not_its_words(followed: Scenario) -> None:
    a_message(followed)
    shown = page(followed.architect, address(followed, "journal"))
    assert Event.MESSAGE_SENT.label in shown and ASKED not in shown


def test_a_message_is_a_sign_of_life_of_who_wrote_it(followed: Scenario) -> None:
    timekeeper.travel(followed.at + timedelta(days=40))
    a_message(followed)
    followed.journey.refresh_from_db()
    assert followed.journey.candidate_seen_at == timekeeper.now()
    assert followed.journey.team_seen_at < timekeeper.now()


def test_once_the_accompaniment_is_over_the_page_says_whom_to_write_to(
    followed: Scenario,
) -> None:
    a_message(followed)
    followed.do(Act.DROP_OUT, followed.person, Leaving(DropOutReason.OTHER))
    timekeeper.travel(followed.at)
    house = followed.demo.accompanist.name
    shown = page(followed.person, address(followed))
    assert f"Votre accompagnement est terminé : écrivez à {house}" in shown
    assert ASKED in shown and "<textarea" not in shown
    assert sent(followed, followed.person).status_code == 409
    assert "Mes messages" in page(followed.person, "/candidat/")


def test_the_next_organisation_reads_nothing_of_what_was_written_to_the_first(
    followed: Scenario,
) -> None:
    made = a_message(followed, file=True)
    other = followed.demo.certifier
    ThreadMessage.objects.filter(pk=made.pk).update(organisation=other)
    assert ASKED not in page(followed.architect, address(followed))
    assert ASKED not in page(followed.architect, address(followed, "exchanges"))
    where = address(followed, "joined_file", made.joined.get().document_id)
    assert browser(followed.architect).get(where).status_code == 404
    assert ASKED in page(followed.person, address(followed))


@pytest.mark.rule("R-122")
def test_messages_are_in_the_copy_of_the_candidate_and_go_with_the_journey(
    followed: Scenario,
) -> None:
    a_message(followed, file=True)
    (one,) = TOLD_BY["messages"](followed.person)
    assert one["text"] == ASKED and one["pieces_jointes"] == ["fiche.pdf"]
    erasing = Erasing(followed.journey, awarded=True)
    assert ERASED_BY["messages"](erasing) == 1
    assert not ThreadMessage.objects.exists() and not JoinedFile.objects.exists()
