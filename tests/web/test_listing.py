"""The lists people work from: the nearest deadline first, and a file for the spreadsheet."""

import csv
import io
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.models import Journey
from jalon.journeys.searching import MOST_WORDS
from jalon.law.clocks import french
from jalon.law.facts import Deposit
from jalon.law.stages import ARCHITECT_FILTERS, CERTIFIER_FILTERS, StageFilter
from jalon.law.vocabulary import Accompaniment, Act, ClockKind, Stage
from jalon.people.models import User
from jalon.web.listing import ROWS
from jalon.web.spreadsheets import inert
from tests.conftest import TODAY
from tests.web.browsers import browser
from tests.web.reading import read
from tests.web.test_statements import copies

pytestmark = pytest.mark.django_db


def opened(viewer: User, address: str) -> HttpResponse:
    """Return a page as somebody sees it."""
    answer = browser(viewer).get(address)
    assert answer.status_code == 200
    return answer


def rows(answer: HttpResponse) -> list[list[str]]:
    """Return the rows of a spreadsheet, its titles first."""
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


@pytest.fixture
def two(demo: DemoPeople, scenario: Scenario) -> tuple[Scenario, Scenario]:
    """A file that came first and is due first, and one that came later."""
    earlier = Scenario(demo, scenario.certification, TODAY - timedelta(days=90))
    earlier.to_ready().send_feasibility()
    later = Scenario(demo, scenario.certification, TODAY - timedelta(days=60))
    later.to_complete()
    return earlier, later


def test_the_nearest_deadline_comes_first(two: tuple[Scenario, Scenario], demo: DemoPeople) -> None:
    earlier, later = two
    text = opened(demo.officer, "/certificateur/").content.decode()
    assert text.index(earlier.journey.reference) < text.index(later.journey.reference)


@pytest.fixture
def missed(demo: DemoPeople, scenario: Scenario) -> Scenario:
    """A file whose result was not notified in time."""
    late = Scenario(demo, scenario.certification, TODAY - timedelta(days=300), runs_clocks=True)
    late.to_scheduled().deliberate().until(TODAY)
    return late


@pytest.mark.parametrize("space", ["certificateur", "accompagnement"])
def test_what_is_late_is_red_first_and_counted(
    two: tuple[Scenario, Scenario], missed: Scenario, demo: DemoPeople, space: str
) -> None:
    viewer = demo.officer if space == "certificateur" else demo.head
    text = " ".join(opened(viewer, f"/{space}/?tous=1").content.decode().split())
    late = missed.journey.clocks.get(kind=ClockKind.RESULT).limit_on
    said = f"en retard de {(TODAY.date() - late).days} jours"
    assert f'class="tag late" title="{french(late)}">{said}<' in text
    assert f">{ClockKind.RESULT.label}<" in text and f">, {french(late)}</span>" in text
    others = [one.journey.reference for one in two if one.journey.reference in text]
    assert others
    assert all(text.index(missed.journey.reference) < text.index(one) for one in others)
    tab = text.split("filtre=en-retard")[1].split("</a>")[0]
    assert "<strong>1</strong>" in tab
    only = opened(viewer, f"/{space}/?filtre=en-retard&tous=1").content.decode()
    assert missed.journey.reference in only
    assert not any(one in only for one in others)


def test_what_waits_for_me_comes_before_what_waits_for_others(
    demo: DemoPeople, scenario: Scenario
) -> None:
    theirs = Scenario(demo, scenario.certification, TODAY - timedelta(days=60)).to_complete()
    mine = Scenario(demo, scenario.certification, TODAY - timedelta(days=2)).register()
    text = opened(demo.head, "/accompagnement/?tous=1").content.decode()
    assert text.index(mine.journey.reference) < text.index(theirs.journey.reference)
    new = text.split(mine.journey.reference)[-1].split("</tr>")[0]
    assert ClockKind.ANSWER.label in new


def whose(page: str, scenario: Scenario) -> str:
    """Return the cell that says whose turn it is on a file."""
    row = page.rsplit(scenario.journey.reference, maxsplit=1)[-1].split("</tr>", maxsplit=1)[0]
    return row.split('class="turn')[1].split("</td>")[0]


def test_what_waits_for_me_stands_out_late_or_not(missed: Scenario, demo: DemoPeople) -> None:
    soon = Scenario(demo, missed.certification, TODAY - timedelta(days=2))
    soon.to_ready().send_feasibility()
    mine = opened(demo.officer, "/certificateur/").content.decode()
    assert all(whose(mine, one).startswith(' mine"') for one in (missed, soon))
    theirs = opened(demo.head, "/accompagnement/?tous=1").content.decode()
    assert not any(" mine" in whose(theirs, one) for one in (missed, soon))


def test_a_file_held_by_a_certifier_elsewhere_says_so(demo: DemoPeople, scenario: Scenario) -> None:
    demo.certifier.works_here = False
    demo.certifier.save()
    scenario.to_ready()
    deposited = Deposit(scenario.at.date())
    scenario.do(Act.DEPOSIT_FEASIBILITY, scenario.architect, deposited)
    page = opened(demo.head, "/accompagnement/?tous=1").content.decode()
    assert "Certificateur, hors de Jalon" in whose(page, scenario)


def test_a_jury_of_yesterday_is_no_late_appointment_but_a_result_to_come(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_scheduled()
    timekeeper.travel(scenario.at + timedelta(days=46))
    page = opened(demo.head, "/accompagnement/?tous=1").content.decode()
    row = page.split(scenario.journey.reference)[-1].split("</tr>")[0]
    assert "en retard" not in row and ClockKind.RESULT.label in row
    assert "Certificateur" in whose(page, scenario)
    home = opened(scenario.person, "/candidat/").content.decode()
    assert "a eu lieu" in home
    assert "Mon passage devant le jury" not in home and "en retard" not in home


def test_somebody_alone_is_waited_for_and_no_architect(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.accompaniment = Accompaniment.ALONE
    scenario.register()
    page = opened(demo.administrator, "/gestion/tous-les-dossiers/").content.decode()
    assert "Candidat" in whose(page, scenario)


def test_a_search_looks_everywhere_whatever_the_tab(
    two: tuple[Scenario, Scenario], demo: DemoPeople
) -> None:
    earlier, _ = two
    name, mine = earlier.person.last_name, earlier.architect.last_name
    for words in (name, name.upper(), earlier.journey.reference.lower(), mine):
        query = urlencode({"filtre": "finis", "q": words})
        text = opened(demo.head, f"/accompagnement/?{query}").content.decode()
        assert earlier.journey.reference in text, words


def test_each_word_of_a_search_may_stand_elsewhere_and_every_one_must(
    two: tuple[Scenario, Scenario], demo: DemoPeople
) -> None:
    earlier, later = two
    User.objects.filter(pk=earlier.person.pk).update(last_name="Bézier", first_name="Noëlle")
    title, address = earlier.certification.title, earlier.person.email
    for words in ("noel ezie", f"BEZIER {title}", address.upper(), f"bézier {address[:6]}"):
        text = opened(demo.head, f"/accompagnement/?{urlencode({'q': words})}").content.decode()
        assert earlier.journey.reference in text, words
        assert later.journey.reference not in text, words
    for words in ("noelle zzzzzz", "be_ier", "b%r"):
        text = opened(demo.head, f"/accompagnement/?{urlencode({'q': words})}").content.decode()
        assert "tel quel" in text or "ne ressemble" in text, words


def test_the_first_words_of_a_long_search_are_looked_for_and_said(
    demo: DemoPeople, scenario: Scenario
) -> None:
    person = scenario.register().person
    User.objects.filter(pk=person.pk).update(last_name="Abcdefghijkl")
    first = ["abcdefghijkl"[:length] for length in range(1, MOST_WORDS + 1)]
    words = urlencode({"q": " ".join([*first, "introuvable"])})
    shown = read(opened(demo.head, f"/accompagnement/?{words}"))
    assert scenario.journey.reference in shown
    assert f"Seuls les premiers mots sont cherchés : « {' '.join(first)} »" in shown


def test_a_name_mistyped_brings_the_nearest(demo: DemoPeople, scenario: Scenario) -> None:
    scenario.register()
    User.objects.filter(pk=scenario.person.pk).update(last_name="Bézier")
    for typed in ("Bezier", "Bezzier", "Bésier"):
        text = opened(demo.head, f"/accompagnement/?{urlencode({'q': typed})}").content.decode()
        assert scenario.journey.reference in text, typed


def test_a_tab_that_holds_nothing_is_left_out_on_a_telephone_unless_one_is_there(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_validation_sent()
    for query in ("", "?filtre=caducite"):
        page = opened(demo.officer, f"/certificateur/{query}")
        left_out = [one for one in page.context["tabs"] if not one.count and not one.here]
        assert left_out
        assert page.content.decode().count('<li class="empty">') == len(left_out)


@pytest.mark.parametrize(
    ("space", "filters"),
    [("/certificateur/", CERTIFIER_FILTERS), ("/accompagnement/", ARCHITECT_FILTERS)],
    ids=["certifier", "architect"],
)
def test_the_number_of_each_tab_is_that_of_its_list(
    two: tuple[Scenario, Scenario],
    missed: Scenario,
    demo: DemoPeople,
    space: str,
    filters: Sequence[StageFilter],
) -> None:
    viewer = demo.officer if space == "/certificateur/" else demo.head
    asking, silent = (one.journey for one in two)
    Journey.objects.filter(pk=asking.pk).update(
        documents_requested_at=TODAY, team_adjustments_waiting=1, complaints_waiting=1
    )
    Journey.objects.filter(pk=silent.pk).update(
        stage=Stage.ADMISSIBLE, candidate_seen_at=TODAY - timedelta(days=200)
    )
    for slug in (one.slug for one in filters):
        page = opened(viewer, f"{space}?tous=1&filtre={slug}").context
        told = {tab.filter.slug: tab.count for tab in page["tabs"]}
        assert told[slug] == len(page["rows"]) == page["page"].paginator.count, slug


def test_a_page_past_the_end_of_a_list_is_its_last(demo: DemoPeople, scenario: Scenario) -> None:
    scenario.register()
    for asked in ("2", "999999", "0", "-1", "x", "9" * 30):
        page = opened(demo.head, f"/accompagnement/?tous=1&page={asked}").context
        assert page["page"].number == 1
        assert [row.journey for row in page["rows"]] == [scenario.journey]


def test_pages_follow_one_another_and_hold_every_file_once(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.register()
    copies(scenario.journey, ROWS)
    pages = [
        opened(demo.head, f"/accompagnement/?tous=1&page={number}").context["rows"]
        for number in (1, 2)
    ]
    assert [len(one) for one in pages] == [ROWS, 1]
    assert len({row.journey.pk for one in pages for row in one}) == ROWS + 1


def test_a_search_without_result_says_what_to_do(demo: DemoPeople, scenario: Scenario) -> None:
    scenario.register()
    text = opened(demo.head, "/accompagnement/?q=xyzzy").content.decode()
    assert "Aucun dossier ne ressemble à «&nbsp;xyzzy&nbsp;»" in text
    assert "Essayez le nom" in text
    empty = opened(demo.head, "/accompagnement/?filtre=finis&tous=0").content.decode()
    assert "ceux de toute l’équipe" in empty


@pytest.mark.parametrize("typed", ["a%00b", "%00", "a" * 5000, "%25_%27", "((("])
def test_no_words_break_a_search(demo: DemoPeople, typed: str) -> None:
    assert opened(demo.head, f"/accompagnement/?q={typed}")


def test_a_list_is_taken_away_as_it_is_shown(
    two: tuple[Scenario, Scenario], demo: DemoPeople
) -> None:
    earlier, later = two
    titles, *lines = rows(opened(demo.officer, "/certificateur/?format=csv"))
    assert [line[0] for line in lines] == [earlier.journey.reference, later.journey.reference]
    assert lines[1][titles.index("Échéance")] == "2027-04-02"
    only = rows(opened(demo.officer, "/certificateur/?filtre=a-decider&format=csv"))
    assert [line[0] for line in only[1:]] == [later.journey.reference]


def test_nobody_takes_away_what_they_do_not_see(
    two: tuple[Scenario, Scenario], demo: DemoPeople
) -> None:
    assert len(rows(opened(demo.stranger, "/accompagnement/?tous=1&format=csv"))) == 1


def test_a_name_is_never_a_formula(demo: DemoPeople, scenario: Scenario) -> None:
    scenario.register()
    User.objects.filter(pk=scenario.journey.candidate_id).update(last_name='=HYPERLINK("x")')
    lines = rows(opened(demo.head, "/accompagnement/?tous=1&format=csv"))
    assert lines[1][1] == '\'=HYPERLINK("x")'
    assert inert("Exemple") == "Exemple"


@pytest.mark.parametrize(
    "cell", [" =1", "\n=1", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠a", "@a", "-1"]
)
def test_a_cell_that_a_spreadsheet_would_compute_is_kept_as_words(cell: str) -> None:
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize("address", ["/certificateur/", "/accompagnement/"])
def test_an_unknown_filter_is_an_error_not_another_list(demo: DemoPeople, address: str) -> None:
    viewer = demo.officer if "certificateur" in address else demo.head
    assert browser(viewer).get(address).status_code == 200
    answer = browser(viewer).get(f"{address}?filtre=inconnu")
    assert answer.status_code == 404
    assert "errors/404.html" in [template.name for template in answer.templates]


@pytest.mark.rule("R-080")
def test_documents_that_are_awaited_are_a_task_of_their_own(scenario: Scenario) -> None:
    scenario.to_result().do(Act.REQUEST_DOCUMENTS, scenario.person)
    address = "/certificateur/?filtre=a-delivrer"
    name = scenario.person.last_name
    assert name in opened(scenario.demo.officer, address).content.decode()
    assert name in opened(scenario.demo.officer, "/certificateur/").content.decode()
    scenario.certifier(Act.ISSUE_DOCUMENTS)
    assert name not in opened(scenario.demo.officer, address).content.decode()


def test_a_head_sees_what_is_late_in_the_whole_team_first(
    missed: Scenario, demo: DemoPeople
) -> None:
    page = opened(demo.head, "/accompagnement/").content.decode()
    assert "<h1>Dossiers de l’équipe" in page and missed.journey.reference in page
    assert "<strong>1</strong>" in page.split("filtre=en-retard")[1].split("</a>")[0]
    own = opened(demo.head, "/accompagnement/?tous=0").content.decode()
    assert missed.journey.reference not in own


def test_a_certifier_reads_one_number_of_late_files_and_a_result_never_noted_is_to_notify(
    two: tuple[Scenario, Scenario], demo: DemoPeople
) -> None:
    silent = Scenario(demo, two[0].certification, TODAY - timedelta(days=300), runs_clocks=True)
    silent.to_scheduled().until(TODAY)
    assert silent.journey.stage == Stage.JURY_SCHEDULED
    page = opened(demo.officer, "/certificateur/").content.decode()
    tabs = {
        slug: page.split(f"filtre={slug}")[1].split("</a>")[0]
        for slug in ("tout", "en-retard", "a-notifier")
    }
    assert "dont 1 en retard" in tabs["tout"] and "<strong>1</strong>" in tabs["en-retard"]
    assert "<strong>1</strong>" in tabs["a-notifier"]
    for slug in tabs:
        listed = opened(demo.officer, f"/certificateur/?filtre={slug}").content.decode()
        assert silent.journey.reference in listed


def test_a_head_opens_the_files_of_the_team_and_an_architect_their_own(demo: DemoPeople) -> None:
    def menu(person: User) -> str:
        page = browser(person).get("/certifications/").content.decode()
        return page.split('aria-label="Menu principal"')[1].split("</nav>")[0]

    assert "Dossiers de l’équipe" in menu(demo.head) and "Mes dossiers" not in menu(demo.head)
    assert "Mes dossiers" in menu(demo.architects[0])
