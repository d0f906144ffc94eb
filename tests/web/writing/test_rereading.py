"""Following a file as it is written: marks, blocs that are ready, the list before it leaves, versions."""

from datetime import timedelta

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.rights import TOLD_BY
from jalon.law.facts import SentUnfinished
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, Event, ReadThrough, RemarkKind, Stage
from jalon.writing import drafts, remarks, rereading
from jalon.writing.models import ReadyBloc, Section, TickedPoint
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(scenario: Scenario) -> Section:
    """The first text of a file that its candidate wrote whole."""
    scenario.to_admissible().wait(20).write_validation().wait(1)
    timekeeper.travel(scenario.at)
    sections = Section.objects.filter(file__attempt__journey=scenario.journey)
    return sections.select_related("competence__bloc").first() or sections.get()


def write(scenario: Scenario, section: Section, text: str, *, after: int = 20) -> None:
    """Let the candidate write what they did, some minutes later."""
    timekeeper.travel(timekeeper.now() + timedelta(minutes=after))
    own = (scenario.journey.pk, scenario.person, section.competence_id)
    drafts.save_section(*own, {"actions": text})
    section.refresh_from_db()


def page(scenario: Scenario, name: str, *numbers: int) -> str:
    """Return the address of a page about the writing of a file."""
    return reverse(f"writing:{name}", args=[scenario.journey.pk, *numbers])


def shown(person: object, address: str) -> str:
    """Return what somebody reads on a page."""
    answer = browser(person).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def fingerprint(section: Section) -> str:
    """Return the fingerprint of the bloc of a text, as its page carries it."""
    return rereading.fingerprint_of(rereading.sections_of(section.file, section.competence.bloc_id))


def mark(scenario: Scenario, section: Section, seen: str = "", act: str = "") -> str:
    """Let the architect press the button of a bloc, and return the page they come to."""
    address = page(scenario, "ready", section.competence.bloc_id)
    sent = {"seen": seen or fingerprint(section), "act": act}
    return browser(scenario.architect).post(address, sent, follow=True).content.decode()


def test_both_sides_read_what_each_text_has_with_its_reason(
    scenario: Scenario, section: Section
) -> None:
    write(scenario, section, "On a réglé la machine.")
    for person in (scenario.person, scenario.architect):
        read = shown(person, page(scenario, "follow"))
        assert "Aucun «\xa0je\xa0» dans les actions" in read and "Aucune preuve jointe" in read
        assert "mots écrits, dont" in read and "Derniers mots écrits le" in read


def test_nobody_else_follows_the_writing(
    scenario: Scenario, section: Section, demo: DemoPeople
) -> None:
    for person in (demo.officer, demo.stranger, demo.administrator, demo.jurors[0].user):
        for address in (
            page(scenario, "follow"),
            page(scenario, "before_sending"),
            page(scenario, "versions", section.competence_id),
            page(scenario, "compare", section.competence_id),
        ):
            assert browser(person).get(address).status_code == 404


def test_a_bloc_found_ready_is_told_to_the_candidate(scenario: Scenario, section: Section) -> None:
    said = mark(scenario, section)
    assert "est marqué comme relu et prêt" in said
    read = shown(scenario.person, page(scenario, "follow"))
    assert "Relu et prêt" in read and scenario.architect.get_full_name() in read
    assert "Marquer ce bloc" not in read


def test_a_bloc_is_no_longer_ready_when_a_text_of_it_changes_and_says_since_when(
    scenario: Scenario, section: Section
) -> None:
    mark(scenario, section)
    before = section.actions
    write(scenario, section, "J’ai tourné.")
    kept = ReadyBloc.objects.get()
    assert kept.fallen_at == timekeeper.now()
    write(scenario, section, "J’ai tourné puis contrôlé.")
    assert ReadyBloc.objects.get().fallen_at == kept.fallen_at
    read = shown(scenario.person, page(scenario, "follow"))
    assert "À relire" in read and "Relu et prêt</span>" not in read
    write(scenario, section, before)
    assert ReadyBloc.objects.get().stands


def test_a_text_of_another_bloc_leaves_the_mark(scenario: Scenario, section: Section) -> None:
    mark(scenario, section)
    other = section.file.sections.exclude(competence__bloc=section.competence.bloc).first()
    assert other
    write(scenario, other, "Autre chose.")
    assert ReadyBloc.objects.get().stands


def test_a_bloc_that_changed_since_it_was_read_is_to_be_read_again(
    scenario: Scenario, section: Section
) -> None:
    seen = fingerprint(section)
    write(scenario, section, "J’ai tourné.")
    assert "Ce bloc a changé depuis que vous l’avez lu" in mark(scenario, section, seen)
    assert not ReadyBloc.objects.exists()


def test_a_bloc_that_is_not_written_is_not_ready(scenario: Scenario, section: Section) -> None:
    write(scenario, section, "")
    assert "Ce bloc n’est pas encore écrit" in mark(scenario, section)
    assert not ReadyBloc.objects.exists()


def test_a_mark_is_taken_back(scenario: Scenario, section: Section) -> None:
    mark(scenario, section)
    assert "n’est plus marqué comme prêt" in mark(scenario, section, act="back")
    assert not ReadyBloc.objects.exists()


def test_only_who_accompanies_says_that_a_bloc_is_ready(
    scenario: Scenario, section: Section, demo: DemoPeople
) -> None:
    address = page(scenario, "ready", section.competence.bloc_id)
    for person in (scenario.person, demo.officer, demo.stranger):
        assert browser(person).post(address, {"seen": fingerprint(section)}).status_code == 404
    with pytest.raises(Refused, match="Seule la personne qui accompagne"):
        rereading.tick(scenario.journey.pk, scenario.person, set())


def test_the_list_before_sending_says_what_is_missing_and_keeps_what_is_ticked(
    scenario: Scenario, section: Section
) -> None:
    address = page(scenario, "before_sending")
    read = shown(scenario.architect, address)
    assert "Aucune preuve n’est jointe pour" in read and "n’est pas signé" in read
    architect = browser(scenario.architect)
    architect.post(address, {"points": ["names", "aloud"]})
    architect.post(address, {"points": ["aloud", "readable"]})
    assert set(TickedPoint.objects.values_list("point", flat=True)) == {
        ReadThrough.ALOUD,
        ReadThrough.READABLE,
    }
    read = shown(scenario.person, address)
    assert "Vous n’avez rien à cocher" in read and "← Mon dossier de validation" in read
    assert read.count("pas encore coché") == 2 and "Enregistrer les points cochés" not in read


def test_the_candidate_ticks_nothing(scenario: Scenario, section: Section) -> None:
    address = page(scenario, "before_sending")
    answer = browser(scenario.person).post(address, {"points": ["names"]})
    assert answer.status_code == 409
    assert "Seule la personne qui accompagne" in answer.content.decode()
    assert not TickedPoint.objects.exists()


def test_a_file_leaves_all_the_same_and_its_journal_keeps_what_was_missing(
    scenario: Scenario, section: Section, demo: DemoPeople
) -> None:
    said = remarks.Said(
        "result", 0, section.result, section.result, RemarkKind.QUESTION, "Combien ?"
    )
    remarks.say(scenario.journey.pk, scenario.architect, section.competence_id, said)
    scenario.sign(Act.SIGN_ORIGINALITY)
    timekeeper.travel(scenario.at)
    sending = reverse("dossiers:act", args=[scenario.journey.pk, "send_validation"])
    told = shown(scenario.person, sending)
    assert "1 remarque à traiter" in told and "n’a pas fini de relire" in told
    assert "Pas encore coché" not in told
    scenario.send_validation()
    scenario.journey.refresh_from_db()
    assert scenario.journey.stage == Stage.VALIDATION_SENT
    kept = scenario.journey.journal.get(event=Event.SENT_UNFINISHED)
    assert "1 remarque à traiter." in kept.facts_as(SentUnfinished).points
    timekeeper.travel(scenario.at)
    journal = reverse("dossiers:journal", args=[scenario.journey.pk])
    assert "1 remarque à traiter." in shown(scenario.architect, journal)
    assert "Points laissés ouverts" not in shown(demo.officer, journal)


def test_two_versions_are_compared_word_by_word(scenario: Scenario, section: Section) -> None:
    write(scenario, section, "On a réglé la machine.")
    write(scenario, section, "J’ai réglé la machine.")
    first, second = section.versions.order_by("pk")
    listing = shown(scenario.architect, page(scenario, "versions", section.competence_id))
    address = page(scenario, "compare", section.competence_id)
    assert f"{address}?avant={first.pk}&amp;apres={second.pk}" in listing
    for person in (scenario.person, scenario.architect):
        read = shown(person, f"{address}?avant={second.pk}")
        assert '<del><span class="unseen">[supprimé\xa0: </span>On a<span' in read
        assert '<ins><span class="unseen">[ajouté\xa0: </span>J’ai<span' in read


def test_an_address_names_no_version_of_another_text(scenario: Scenario, section: Section) -> None:
    other = section.file.sections.exclude(pk=section.pk).first()
    assert other
    write(scenario, other, "Autre chose.")
    foreign = other.versions.get().pk
    address = page(scenario, "compare", section.competence_id)
    for said in (str(foreign), "abc", "-1", "9" * 30):
        assert browser(scenario.person).get(f"{address}?avant={said}").status_code == 404


def test_what_was_read_again_is_in_the_copy_of_a_persons_data(
    scenario: Scenario, section: Section
) -> None:
    mark(scenario, section)
    rereading.tick(scenario.journey.pk, scenario.architect, {ReadThrough.NAMES})
    told = TOLD_BY["blocs_relus_et_points_releves"](scenario.person)
    assert [one["bloc"] for one in told["blocs"]] == [str(section.competence.bloc)]
    assert [one["point"] for one in told["points"]] == ["names"]
