"""The pages of figures as a head reads them: periods, rules, lists, files, and what is too small to show."""

import csv
import io
import re
from datetime import timedelta
from itertools import chain
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys import tallies
from jalon.journeys.figures import Team, measured
from jalon.journeys.jobs import count_figures, erase
from jalon.journeys.models import Journey, ListRead, Tally, TallyMoment
from jalon.law import facts
from jalon.law.figures import days_chosen
from jalon.law.vocabulary import Act, DropOutReason, Role
from jalon.people.models import Membership
from jalon.web.steering.figures import EVERY, THEMES
from tests.web.browsers import browser

#: The one script of every page of staff: it moves by keyboard.
KEYS = '<script src="/static/jalon/keys.js" defer></script>'

#: What a page says of figures that were counted beforehand.
SAID = re.compile(r'<p class="small soft">Chiffres arrêtés le [^<]*</p>')

pytestmark = pytest.mark.django_db

HOME = reverse("steering:home")


def address(slug: str, name: str = "theme") -> str:
    """Return the address of a theme, or of the list behind a figure."""
    return reverse(f"steering:{name}", args=[slug])


def text(client: Client, where: str) -> str:
    """Return a page as it is read."""
    answer = client.get(where)
    assert answer.status_code == 200
    words = " ".join(answer.content.decode().split())
    return words.replace("> ", ">").replace(" <", "<")


def read(client: Client, where: str) -> str:
    """Return what a page says under its menu, which holds a key of its own at each reading."""
    return text(client, where).split("<main", 1)[1]


def several(demo: DemoPeople, scenario: Scenario, count: int) -> None:
    """Let some people register and be taken on, today being some days later."""
    start = scenario.at
    for days in range(1, count + 1):
        Scenario(demo, scenario.certification, start).register().wait(days).take_charge()
    timekeeper.travel(start + timedelta(days=count + 2))


@pytest.fixture
def head(demo: DemoPeople) -> Client:
    """The browser of who leads the team."""
    return browser(demo.head)


@pytest.mark.parametrize("one", THEMES, ids=lambda one: one.slug)
def test_each_page_says_its_period_and_the_rule_of_each_figure(
    head: Client, scenario: Scenario, one: object
) -> None:
    scenario.to_result()
    timekeeper.travel(scenario.at)
    page = text(head, address(one.slug))  # type: ignore[attr-defined]
    year = timekeeper.today().year
    assert f"Année {year}" in page and f"1er janvier {year - 1}" in page
    for figure in one.figures:  # type: ignore[attr-defined]
        assert figure.title in page
        assert figure.rule.split(";")[0].strip()[:40] in page


def test_the_front_page_leads_to_every_theme(head: Client, scenario: Scenario) -> None:
    scenario.to_result()
    timekeeper.travel(scenario.at)
    page = text(head, HOME)
    for one in THEMES:
        assert address(one.slug) in page


def test_the_menu_of_a_head_leads_to_figures_and_that_of_an_architect_does_not(
    head: Client, demo: DemoPeople
) -> None:
    assert f'href="{HOME}"' in text(head, reverse("architect:today"))
    architect = browser(demo.architects[0])
    assert f'href="{HOME}"' not in text(architect, reverse("architect:today"))
    assert architect.get(HOME).status_code == 404


def test_a_certifier_sees_none_of_it(demo: DemoPeople, scenario: Scenario) -> None:
    scenario.to_result()
    client = browser(demo.officer)
    for where in (HOME, address("delais"), address("entrees", "list")):
        assert client.get(where).status_code == 404


def test_a_chart_has_a_title_a_description_and_its_table_beneath(
    head: Client, demo: DemoPeople, scenario: Scenario
) -> None:
    several(demo, scenario, 6)
    page = text(head, address("delais"))
    drawing, after = page.split("</svg>", 1)[0], page.split("</svg>", 1)[1]
    assert 'role="img"' in drawing and "<title" in drawing and "<desc" in drawing
    assert "La période d’avant" in page and "<table" in after
    page = page.replace(KEYS, "", 1)
    assert " style=" not in page and "<style" not in page and "<script" not in page


def test_the_middle_and_nine_out_of_ten_are_read_with_how_many_they_count(
    head: Client, demo: DemoPeople, scenario: Scenario
) -> None:
    several(demo, scenario, 5)
    page = text(head, address("delais"))
    assert '<td data-of="Délais">5</td>' in page
    assert '<td data-of="Médiane">3 jours</td>' in page
    assert "4,6 jours" in page  # 4 + 0.6 × (5 − 4)


@pytest.mark.rule("R-116")
def test_with_four_people_neither_rate_nor_delay_is_shown(
    head: Client, demo: DemoPeople, scenario: Scenario
) -> None:
    several(demo, scenario, 4)
    delays = text(head, address("delais"))
    assert "non montré" in delays and "2,5" not in delays
    load = text(head, address("equipe")).split('id="retards"')[1].split("</section>")[0]
    assert "moins de 5 personnes" in load and "non montré" in load and "sur 4" not in load
    assert "ne publiez pas un taux refait" in delays


@pytest.mark.rule("R-116")
def test_a_rate_is_shown_with_both_its_numbers(
    head: Client, demo: DemoPeople, scenario: Scenario
) -> None:
    several(demo, scenario, 5)
    assert "0 sur 5 · 0 %" in text(head, address("equipe"))


@pytest.mark.rule("R-116")
def test_a_single_small_line_takes_another_with_it(
    head: Client, demo: DemoPeople, scenario: Scenario
) -> None:
    several(demo, scenario, 12)
    architects = demo.architects
    Journey.objects.update(architect=architects[0])
    few = list(Journey.objects.values_list("pk", flat=True)[:1])
    Journey.objects.filter(pk__in=few).update(architect=architects[1])
    page = text(head, address("equipe"))
    load = page.split('id="retards"')[1].split("</section>")[0]
    assert "0 sur 12" in load
    assert "0 sur 11" not in load, "11 from 12 would tell the last one"


@pytest.mark.rule("R-116")
def test_when_few_people_were_heard_by_juries_no_part_is_shown(
    head: Client, scenario: Scenario
) -> None:
    scenario.to_result()
    timekeeper.travel(scenario.at)
    page = text(head, address("jurys")).split('id="passages"')[1]
    assert "sur 1" not in page and "100 %" not in page
    assert "non montré" in page
    assert "non montré" in text(head, HOME)


def test_the_list_behind_a_line_names_who_is_counted(
    head: Client, demo: DemoPeople, scenario: Scenario
) -> None:
    several(demo, scenario, 3)
    where = f"{address('entrees', 'list')}?periode={timekeeper.today().year}&ligne=taken_on"
    page = text(head, where)
    assert "Pris en charge" in page and ": 3 arrivées" in page
    for one in Journey.objects.all():
        assert one.candidate.last_name in page
    assert ListRead.objects.filter(what__contains="Entrées par étape", rows=3).exists()


def test_behind_each_line_that_is_shown_its_list_opens_and_both_files(
    head: Client, scenario: Scenario
) -> None:
    scenario.to_ready().send_feasibility().wait(2)
    asked = facts.Missing(("Attestation d’employeur",))
    scenario.certifier(Act.DECLARE_INCOMPLETE, asked).wait(2)
    scenario.sign(Act.CONFIRM_FEASIBILITY).send_feasibility().wait(6)
    scenario.certifier(Act.DECLARE_COMPLETE).wait(20).admissible()
    scenario.wait(80).write_validation().wait(3).send_validation().wait(5)
    scenario.certifier(Act.ACCEPT_VALIDATION).wait(4).convene().deliberate().wait(6).notify()
    timekeeper.travel(scenario.at)
    today = timekeeper.today()
    period = f"periode=dates&du={today - timedelta(days=600)}&au={today}"
    for figure in EVERY.values():
        compared = days_chosen(today - timedelta(days=600), today)
        for line in measured(figure.of(Team(None), compared), compared).lines:
            where = f"{address(figure.slug, 'list')}?{period}&{urlencode({'ligne': line.key})}"
            if line.now.count:
                assert scenario.journey.reference in text(head, where), where
            for kind in ("csv", "xlsx"):
                assert head.get(f"{where}&quand=avant&format={kind}").status_code == 200


def test_a_list_is_paged_and_keeps_its_period(
    head: Client, demo: DemoPeople, scenario: Scenario
) -> None:
    several(demo, scenario, 14)
    where = f"{address('entrees', 'list')}?periode={timekeeper.today().year}"
    assert "Page 1 sur 2" in text(head, where)
    assert f"?periode={timekeeper.today().year}&amp;page=2" in text(head, where)
    assert "Page 2 sur 2" in text(head, f"{where}&page=2")


def test_a_list_is_taken_away_as_csv_and_as_a_workbook(
    head: Client, demo: DemoPeople, scenario: Scenario
) -> None:
    several(demo, scenario, 3)
    where = f"{address('entre-etapes', 'list')}?periode={timekeeper.today().year}"
    sheet = head.get(f"{where}&format=csv").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(sheet), delimiter=";"))
    assert lines[0][0] == "Référence" and len(lines) == 4
    lasted = {line[-1].replace("\N{NO-BREAK SPACE}", " ") for line in lines[1:]}
    assert lasted == {"1 jour", "2 jours", "3 jours"}
    book = head.get(f"{where}&format=xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0)
    assert [row[0] for row in rows.to_python()] == [line[0] for line in lines]
    assert ListRead.objects.filter(exported=True, rows=3).count() == 2


@pytest.mark.rule("R-122")
def test_nobody_is_named_whose_data_were_erased(head: Client, scenario: Scenario) -> None:
    scenario.register()
    begun, name = scenario.at.date(), scenario.person.last_name
    scenario.do(Act.DROP_OUT, scenario.person, facts.Leaving(DropOutReason.TIME))
    for days in (340, 40):
        scenario.at += timedelta(days=days)
        timekeeper.travel(scenario.at)
        erase()
    scenario.journey.refresh_from_db()
    assert scenario.journey.purged_at
    period = f"periode=dates&du={begun}&au={begun}&ligne=registered"
    where = f"{address('entrees', 'list')}?{period}"
    page, sheet = text(head, where), head.get(f"{where}&format=csv").content.decode()
    assert ": 1 arrivée" in page and "Données effacées" in page
    assert scenario.journey.reference in page and name not in page
    assert "(données effacées)" in sheet and name not in sheet


def test_dates_are_chosen_and_compared_with_as_many_days_before(
    head: Client, demo: DemoPeople, scenario: Scenario
) -> None:
    several(demo, scenario, 3)
    today = timekeeper.today()
    first = today - timedelta(days=9)
    page = text(head, f"{HOME}?periode=dates&du={first}&au={today}")
    assert "Dates choisies" in page and "comparé à la période d’avant" in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("periode=dates&du=2027-02-10&au=2027-02-01", "échangez-les"),
        ("periode=dates&du=2027-02-10", "Choisissez le premier et le dernier jour"),
        ("periode=dates&du=1999-10-14&au=2027-02-01", "à partir de 2002"),
        ("periode=dates&du=2031-10-14&au=2031-12-01", "Rien n’est encore arrivé"),
    ],
)
def test_a_period_that_makes_no_sense_says_what_to_do(head: Client, asked: str, said: str) -> None:
    page = text(head, f"{HOME}?{asked}")
    assert said in page and f"Année {timekeeper.today().year}" in page


@pytest.mark.parametrize("where", ["n-existe-pas/", "n-existe-pas/liste/", "entrees/"])
def test_what_is_not_a_figure_does_not_exist(head: Client, where: str) -> None:
    assert head.get(f"{HOME}{where}").status_code == 404


@pytest.mark.parametrize("asked", ["periode=toujours", "periode=dates&du=x&au=y", "equipe=999999"])
def test_a_list_of_no_period_does_not_exist(head: Client, asked: str) -> None:
    answer = head.get(f"{address('entrees', 'list')}?{asked}")
    assert answer.status_code == (404 if "periode" in asked else 200)


def test_a_head_counts_nothing_of_another_team(
    demo: DemoPeople, scenario: Scenario, head: Client
) -> None:
    several(demo, scenario, 5)
    Journey.objects.update(organisation=demo.neighbour)
    assert "Rien à compter" in text(head, address("delais"))
    where = f"{address('entrees', 'list')}?periode={timekeeper.today().year}"
    assert "Rien n’est compté" in text(head, where)
    every = text(browser(demo.administrator), address("delais"))
    assert '<td data-of="Délais">5</td>' in every


def test_an_administrator_chooses_a_team(demo: DemoPeople, scenario: Scenario) -> None:
    several(demo, scenario, 5)
    client = browser(demo.administrator)
    where = address("delais")
    year = timekeeper.today().year
    assert "Rien à compter" in text(client, f"{where}?periode={year}&equipe={demo.neighbour.pk}")
    own = text(client, f"{where}?periode={year}&equipe={demo.accompanist.pk}")
    assert '<td data-of="Délais">5</td>' in own


def test_for_every_team_together_the_load_is_told_by_team_and_for_one_by_person(
    demo: DemoPeople, scenario: Scenario
) -> None:
    several(demo, scenario, 2)
    moved = Journey.objects.earliest("reference")
    Journey.objects.filter(pk=moved.pk).update(organisation=demo.neighbour)
    client, year = browser(demo.administrator), timekeeper.today().year
    person = f'<th scope="row">{moved.architect}</th>'
    page = text(client, address("equipe"))
    assert f'<th scope="row">{demo.neighbour.name}</th>' in page and person not in page
    where = f"{address('charge', 'list')}?periode={year}&ligne=equipe-{demo.neighbour.pk}"
    page = text(client, where)
    assert ": 1 parcours" in page and f"{demo.neighbour.name}, du 1er janvier" in page
    own = text(client, f"{address('equipe')}?periode={year}&equipe={demo.neighbour.pk}")
    assert person in own and f'<th scope="row">{demo.neighbour.name}</th>' not in own


def test_a_head_of_two_teams_reads_both_or_one(demo: DemoPeople, scenario: Scenario) -> None:
    several(demo, scenario, 6)
    Membership.objects.create(user=demo.head, organisation=demo.neighbour, role=Role.HEAD)
    moved = list(Journey.objects.values_list("pk", flat=True)[:1])
    Journey.objects.filter(pk__in=moved).update(organisation=demo.neighbour)
    client, year = browser(demo.head), timekeeper.today().year
    where = f"{address('delais')}?periode={year}"
    assert '<td data-of="Délais">6</td>' in text(client, where)
    assert '<td data-of="Délais">5</td>' in text(client, f"{where}&equipe={demo.accompanist.pk}")


def test_what_few_people_were_asked_for_is_told_together(
    head: Client, demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_ready().send_feasibility().wait(2)
    missing = facts.Missing(("Attestation de Monsieur Untel",))
    scenario.certifier(Act.DECLARE_INCOMPLETE, missing)
    timekeeper.travel(scenario.at)
    page = text(head, address("dossiers"))
    assert "Autres demandes, chacune faite à peu de personnes" in page
    assert "Untel" not in page


def test_every_figure_has_its_own_address_and_sentence() -> None:
    assert len(EVERY) == sum(len(one.figures) for one in THEMES)
    assert all(figure.rule.endswith(".") for figure in EVERY.values())


def test_a_large_house_reads_what_was_counted_in_the_hour_and_says_so(
    head: Client, demo: DemoPeople, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(demo, scenario, 5)
    pages = [HOME, *(address(one.slug) for one in THEMES)]
    at_once = [read(head, where) for where in pages]
    monkeypatch.setattr(tallies, "FEW", 0)
    count_figures()
    beforehand = [read(head, where) for where in pages]
    assert [SAID.sub("", page) for page in beforehand] == at_once
    assert all(SAID.search(page) for page in beforehand)
    Scenario(demo, scenario.certification, scenario.at).register().wait(2).take_charge()
    assert '<td data-of="Délais">5</td>' in text(head, address("delais"))
    where = f"{address('entre-etapes', 'list')}?periode={timekeeper.today().year}"
    page = text(head, where)
    assert ": 6 délais" in page and "Cette liste est lue à l’instant" in page
    count_figures()
    assert '<td data-of="Délais">6</td>' in text(head, address("delais"))


def test_who_is_erased_or_corrected_is_counted_anew_within_the_hour(
    head: Client, demo: DemoPeople, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallies, "FEW", 0)
    several(demo, scenario, 6)
    count_figures()
    moved = list(Journey.objects.values_list("pk", flat=True)[:1])
    Journey.objects.filter(pk__in=moved).update(organisation=demo.neighbour)
    count_figures()
    assert '<td data-of="Délais">5</td>' in text(head, address("delais"))


def test_a_house_that_became_small_keeps_nothing(
    demo: DemoPeople, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario.register()
    with monkeypatch.context() as large:
        large.setattr(tallies, "FEW", 0)
        assert count_figures() > 0
    assert count_figures() == Tally.objects.count() == TallyMoment.objects.count() == 0


@pytest.mark.rule("R-116")
def test_what_is_counted_beforehand_names_nobody(
    demo: DemoPeople, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario.to_ready().send_feasibility().wait(2)
    scenario.certifier(Act.DECLARE_INCOMPLETE, facts.Missing(("Attestation de Monsieur Untel",)))
    timekeeper.travel(scenario.at)
    monkeypatch.setattr(tallies, "FEW", 0)
    count_figures()
    kept = Tally.objects.filter(name="reasons")
    assert set(kept.values_list("line", "count")) == {("", 1)}
    before = set(chain(*kept.values_list("people", flat=True)))
    count_figures()
    again = set(chain(*kept.all().values_list("people", flat=True)))
    assert before and again and not before & again, "drawn anew each time"
