"""A text saved as it is typed: once however often it is sent, and beside what others write meanwhile."""

from uuid import uuid4

import pytest

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.journeys.rights import TOLD_BY
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, ClaimLevel
from jalon.law.writing import LONGEST
from jalon.people.models import User
from jalon.writing import autosave, drafts
from jalon.writing.autosave import Kept, Typed
from jalon.writing.homes import MOST_DRAFTS, NoSuchText, Place, own_drafts
from jalon.writing.models import Draft, Pen, Section

pytestmark = pytest.mark.django_db


class Page:
    """A page left open on a field, as the script of the pages keeps it."""

    def __init__(self, scenario: Scenario, subject: str, field: str, base: str = "") -> None:
        self.scenario, self.subject, self.field = scenario, subject, field
        self.pen, self.number, self.after, self.base = uuid4(), 0, 0, base

    def send(self, text: str, by: User | None = None, *, number: int = 0) -> Kept:
        """Send a text, and let the answer be lost."""
        self.number = number or self.number + 1
        typed = Typed(self.pen, self.number, self.after, self.base, text)
        who = by or self.scenario.person
        return autosave.save(self.scenario.journey.pk, who, self.subject, self.field, typed)

    def save(self, text: str, by: User | None = None) -> Kept:
        """Send a text, and read the answer."""
        kept = self.send(text, by)
        self.after, self.base = self.number, kept.text
        return kept


@pytest.fixture
def section(scenario: Scenario) -> Section:
    """A text that the candidate may write."""
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    return Section.objects.filter(file__attempt__journey=scenario.journey).earliest("pk")


@pytest.fixture
def page(scenario: Scenario, section: Section) -> Page:
    """A page open on what the candidate did."""
    return Page(scenario, f"section/{section.competence_id}", "actions")


def actions(section: Section) -> str:
    """Return what stands."""
    section.refresh_from_db()
    return section.actions


def test_what_is_typed_is_saved_and_its_second_told(page: Page, section: Section) -> None:
    first = page.save("Je règle ")
    second = page.save("Je règle le tour.")
    assert actions(section) == "Je règle le tour."
    assert (first.before, first.version, second.version) == (0, 1, 2)
    assert second.at == timekeeper.now() and first.revision != second.revision


def test_a_request_that_the_network_repeats_saves_once(page: Page, section: Section) -> None:
    page.save("Je règle")
    page.save("Je règle le tour.")
    assert page.send("Je règle", number=1).text == "Je règle le tour."
    assert page.send("Je règle le tour.", number=2).version == 2
    assert actions(section) == "Je règle le tour."


def test_what_follows_an_answer_that_was_lost_is_not_written_twice(
    page: Page, section: Section
) -> None:
    page.send("Je règle")
    assert not page.save("Je règle le tour.").theirs
    page.send("Je règle le tour. Puis")
    page.send("Je")
    assert page.save("Je mesure.").text == "Je mesure."
    assert actions(section) == "Je mesure."


def test_two_pages_that_write_in_two_places_are_put_together(
    scenario: Scenario, page: Page, section: Section
) -> None:
    page.save("Je règle le tour. Je mesure.")
    other = Page(scenario, page.subject, page.field, page.base)
    page.save("Je règle seul le tour. Je mesure.")
    kept = other.save("Je règle le tour. Je mesure. Je range.")
    assert kept.text == actions(section) == "Je règle seul le tour. Je mesure. Je range."
    assert not kept.theirs


def test_two_pages_that_write_the_same_passage_lose_nothing_and_are_both_told(
    scenario: Scenario, page: Page, section: Section
) -> None:
    other = Page(scenario, page.subject, page.field)
    page.save("Écrit sur le téléphone.")
    kept = other.send("Écrit sur l’ordinateur.")
    assert kept.theirs == "Écrit sur le téléphone."
    assert "téléphone" in actions(section) and "ordinateur" in actions(section)
    assert other.send("Écrit sur l’ordinateur.", number=1).theirs == kept.theirs, "told again"
    versions = {one.answers["actions"] for one in section.versions.all()}
    assert versions == {"Écrit sur le téléphone.", "Écrit sur l’ordinateur."}


@pytest.mark.rule("R-121")
@pytest.mark.parametrize(
    ("text", "why"), [("a" * (LONGEST + 1), "trop long"), ("1 85 05 78 006 084 91", "sécurité")]
)
def test_a_text_that_is_not_kept_is_refused_in_words(
    page: Page, section: Section, text: str, why: str
) -> None:
    page.save("Je règle.")
    with pytest.raises(Refused, match=why):
        page.send(text)
    assert actions(section) == "Je règle."


@pytest.mark.rule("R-017")
def test_a_file_that_left_meanwhile_is_not_changed(scenario: Scenario) -> None:
    scenario.to_validation_sent()
    written = Section.objects.filter(file__attempt__journey=scenario.journey).earliest("pk")
    late = Page(scenario, f"section/{written.competence_id}", "actions", written.actions)
    with pytest.raises(Refused, match="ne se modifie plus"):
        late.send(written.actions + " Encore.")
    assert late.send(written.actions).text == written.actions, "nothing new is no change"


@pytest.mark.rule("R-051")
def test_nobody_but_the_candidate_writes_for_the_jury(scenario: Scenario, page: Page) -> None:
    with pytest.raises(NoSuchText):
        page.send("Je règle.", scenario.architect)


def test_a_page_of_a_field_writes_in_no_other(scenario: Scenario, page: Page) -> None:
    page.save("Je règle.")
    page.field = "result"
    with pytest.raises(NoSuchText):
        page.send("Je règle le tour.")


@pytest.mark.parametrize(
    ("subject", "field"),
    [
        ("section/999999", "actions"),
        ("section", "actions"),
        ("goals", "opinion_comment"),
        ("bloc/1", "example_9999999"),
        ("experience/999999", "activities"),
        ("act/none", "reason"),
        ("profile", "phone"),
        ("presentation", "originality_name"),
    ],
)
def test_what_is_no_text_of_these_pages_is_not_written(
    scenario: Scenario, section: Section, subject: str, field: str
) -> None:
    with pytest.raises(NoSuchText):
        Page(scenario, subject, field).send("Je règle.")


@pytest.fixture
def filling(scenario: Scenario) -> Scenario:
    """A journey whose feasibility file is ready to be signed."""
    scenario.to_ready()
    timekeeper.travel(scenario.at)
    return scenario


@pytest.mark.rule("R-017")
def test_each_text_of_the_feasibility_file_is_saved_where_it_stands(filling: Scenario) -> None:
    journey = filling.journey
    bloc = journey.targeted.earliest("position")
    claim = journey.feasibility.competences.filter(competence__bloc=bloc).earliest("pk")
    experience = journey.experiences.earliest("pk")
    for subject, field in (
        ("goals", "goals"),
        (f"experience/{experience.pk}", "activities"),
        (f"bloc/{bloc.pk}", "text"),
        (f"bloc/{bloc.pk}", f"example_{claim.competence_id}"),
    ):
        page = Page(filling, subject, field)
        page.base = page.send("").text
        page.save(f"Bien. {subject}")
    for one in (journey.feasibility, experience, claim):
        one.refresh_from_db()
    described = journey.feasibility.blocs.get(bloc=bloc)
    assert journey.feasibility.goals.endswith("Bien. goals")
    assert (
        "Bien." in experience.activities and "Bien." in claim.example and "Bien." in described.text
    )
    assert described.done


def test_the_architect_and_the_candidate_write_one_text_together(filling: Scenario) -> None:
    mine = Page(filling, "goals", "candidate_remark")
    theirs = Page(filling, "goals", "candidate_remark")
    mine.save("Je veux apprendre.")
    theirs.base = mine.base
    theirs.save("Je veux apprendre. Et transmettre.", filling.architect)
    assert mine.save("Oui, je veux apprendre.").text == "Oui, je veux apprendre. Et transmettre."


def test_what_no_file_holds_yet_is_a_draft_until_its_form_is_sent(filling: Scenario) -> None:
    journey, person = filling.journey, filling.person
    Page(filling, "experience", "activities").save("Je soude.")
    bloc = journey.targeted.earliest("position")
    claim = journey.feasibility.competences.filter(competence__bloc=bloc).earliest("pk")
    competence = claim.competence
    claim.delete()
    Page(filling, f"bloc/{bloc.pk}", f"example_{competence.pk}").save("Un bâti.")
    Page(filling, "act/drop_out", "reason").save("Je déménage.")
    assert Draft.objects.count() == 3
    kept = journey.experiences.earliest("pk")
    values = {name: getattr(kept, name) for name in ("kind", "title", "started_on")}
    drafts.save_experience(journey.pk, person, values | {"activities": "Je soude."})
    said = {competence: (ClaimLevel.choices()[0][0], "Un bâti.")}
    drafts.save_bloc(journey.pk, person, bloc, text="Tout.", claims=said)  # type: ignore[arg-type]
    assert own_drafts(Place(journey, person, "act/drop_out", "")) == {"reason": "Je déménage."}
    assert Draft.objects.count() == 1


def test_nobody_fills_the_database_with_drafts(filling: Scenario) -> None:
    Draft.objects.bulk_create(
        Draft(journey=filling.journey, author=filling.person, subject="act/x", field=f"f{number}")
        for number in range(MOST_DRAFTS)
    )
    with pytest.raises(NoSuchText):
        Page(filling, "act/drop_out", "reason").send("Je déménage.")


def test_pages_that_closed_long_ago_are_forgotten(
    scenario: Scenario, page: Page, section: Section, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "MOST_PENS", 2)
    for number in range(4):
        Page(scenario, page.subject, page.field, actions(section)).save(f"Texte {number}")
    assert Pen.objects.count() == 2


def test_nobody_fills_the_database_with_pages_of_fields_that_no_form_has(
    filling: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "MOST_PAGES", 3)
    for number in range(5):
        text = "a" * LONGEST
        page = Page(filling, "act/drop_out", f"no_field_{number}", text)
        page.send(text)
    assert Pen.objects.count() == 3


def test_a_text_too_long_is_refused_by_the_button_as_well(
    scenario: Scenario, section: Section
) -> None:
    at, who = scenario.journey.pk, scenario.person
    with pytest.raises(Refused, match="raccourcissez-le d’une lettre"):
        drafts.save_section(at, who, section.competence_id, {"actions": "a" * (LONGEST + 1)})
    with pytest.raises(Refused, match="trop long"):
        drafts.save_presentation(at, who, "a" * (LONGEST + 1))
    assert actions(section) == ""


def test_two_texts_that_are_too_long_together_are_not_put_together(
    scenario: Scenario, page: Page, section: Section
) -> None:
    other = Page(scenario, page.subject, page.field)
    page.save("a" * LONGEST)
    with pytest.raises(Refused, match="ensemble sont trop longs"):
        other.save("b" * LONGEST)
    assert actions(section) == "a" * LONGEST


@pytest.mark.rule("R-121")
def test_a_social_security_number_written_by_halves_on_two_pages_is_refused(
    scenario: Scenario, page: Page, section: Section
) -> None:
    page.save("N° 1 85 05 , puis 91")
    other = Page(scenario, page.subject, page.field, page.base)
    page.save("N° 1 85 05 78 006 , puis 91")
    with pytest.raises(Refused, match="sécurité"):
        other.save("N° 1 85 05 084 91")
    assert "084" not in actions(section)


def test_a_page_is_not_written_from_more_than_any_page_shows(page: Page, section: Section) -> None:
    page.base = "a" * (LONGEST + 1)
    with pytest.raises(Refused, match="rechargez"):
        page.save("Je règle.")
    assert actions(section) == ""


@pytest.mark.rule("R-122")
def test_what_was_typed_is_in_the_copy_and_goes_with_the_journey(
    scenario: Scenario, page: Page
) -> None:
    page.save("Je règle le tour.")
    Page(scenario, "act/drop_out", "reason").save("Je déménage.")
    told = TOLD_BY["textes_en_cours_de_frappe"](scenario.person)
    assert "Je déménage." in str(told["formulaires"]) and "Je règle" in str(told["envois"])


def test_a_signed_file_is_unsigned_by_a_new_word_only(filling: Scenario) -> None:
    file = filling.journey.feasibility
    page = Page(filling, "goals", "goals", file.goals)
    filling.sign(Act.CONFIRM_FEASIBILITY)
    page.save(file.goals)
    file.refresh_from_db()
    assert file.confirmed_at
    page.save(file.goals + " Encore.")
    file.refresh_from_db()
    assert file.confirmed_at is None
