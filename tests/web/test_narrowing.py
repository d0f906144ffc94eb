"""A list narrowed and put in order by its address: what is shown, what is counted, what is refused."""

import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from openpyxl import load_workbook

from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys import narrowing
from jalon.journeys.models import Journey, ListRead
from jalon.law.clocks import french, french_hour
from jalon.law.vocabulary import Attendance, MeetingKind, MeetingMode, Stage, Territory
from jalon.people.models import User
from jalon.support.models import Booking, Site
from tests.conftest import TODAY
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db

TEAM = "/accompagnement/?tous=1"


def opened(viewer: User, address: str) -> HttpResponse:
    """Return a page as somebody sees it."""
    answer = browser(viewer).get(address)
    assert answer.status_code == 200
    return answer


def references(viewer: User, address: str) -> list[str]:
    """Return the references of a list, from the top."""
    return [row.journey.reference for row in opened(viewer, address).context["rows"]]


def counted(viewer: User, address: str, slug: str) -> dict[str, int]:
    """Return the options of a facet, as they are read, with their counts."""
    found = opened(viewer, address).context["facets"]
    chosen = next((one for one in found if one.facet.slug == slug), None)
    return {one.label: one.count for one in chosen.offer.options} if chosen else {}


@pytest.fixture
def three(demo: DemoPeople, scenario: Scenario) -> list[Journey]:
    """Three files of the team: Amar, Brun and Côté, at three stages, of two architects and nobody's."""
    files = []
    for name, days, go in (
        ("Brun", 30, "to_admissible"),
        ("Amar", 60, "to_complete"),
        ("Côté", 2, "register"),
    ):
        one = Scenario(demo, scenario.certification, TODAY - timedelta(days=days))
        getattr(one, go)()
        User.objects.filter(pk=one.person.pk).update(last_name=name)
        files.append(one.journey)
    brun, amar, cote = files
    seen = {amar: 40, brun: 10, cote: 2}
    for one, ago in seen.items():
        Journey.objects.filter(pk=one.pk).update(candidate_seen_at=TODAY - timedelta(days=ago))
    return [amar, brun, cote]


def met(journey: Journey, site: Site | None, starts_at: datetime, **more: Any) -> Booking:
    """Book a meeting of a file."""
    return Booking.objects.create(
        journey=journey,
        architect=journey.architect,
        kind=MeetingKind.FOLLOW_UP,
        mode=MeetingMode.ON_SITE if site else MeetingMode.PHONE,
        site=site,
        territory=Territory.METROPOLE,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        **more,
    )


ORDERS = {
    "candidat": "abc",
    "-candidat": "cba",
    "contact": "abc",
    "-contact": "cba",
    "etape": "cab",
    "-etape": "bac",
}


@pytest.mark.parametrize("order", ORDERS)
def test_a_list_is_put_in_the_order_of_a_column_and_in_its_reverse(
    three: list[Journey], demo: DemoPeople, order: str
) -> None:
    named = dict(zip("abc", (one.reference for one in three), strict=True))
    expected = [named[letter] for letter in ORDERS[order]]
    assert references(demo.head, f"{TEAM}&tri={order}") == expected


def test_the_heading_of_a_column_says_how_the_list_is_sorted_and_leads_to_the_reverse(
    three: list[Journey], demo: DemoPeople
) -> None:
    page = opened(demo.head, f"{TEAM}&tri=candidat").content.decode()
    assert page.count("aria-sort=") == 1
    heading = page.split('aria-sort="ascending"')[1].split("</th>")[0]
    assert "tri=-candidat" in heading and "Candidat" in heading
    assert (
        "tri=candidat&"
        in opened(demo.head, f"{TEAM}&tri=-candidat").context["columns"][0].query + "&"
    )


@pytest.mark.parametrize(
    "column",
    [
        "candidat",
        "qui",
        "echeance",
        "etape",
        "contact",
        "rendez-vous",
        "certification",
        "architecte",
    ],
)
def test_every_column_sorts_and_keeps_every_file(
    three: list[Journey], demo: DemoPeople, column: str
) -> None:
    for order in (column, f"-{column}"):
        assert set(references(demo.head, f"{TEAM}&tri={order}")) == {one.reference for one in three}


def test_who_must_act_comes_together(three: list[Journey], demo: DemoPeople) -> None:
    amar, brun, cote = (one.reference for one in three)
    assert references(demo.head, f"{TEAM}&tri=qui") == [brun, cote, amar]


def test_the_next_meeting_is_shown_and_sorts_the_list(
    three: list[Journey], demo: DemoPeople
) -> None:
    amar, brun, _ = three
    met(brun, None, TODAY + timedelta(days=3))
    met(amar, None, TODAY + timedelta(days=9))
    met(amar, None, TODAY + timedelta(days=1), attendance=Attendance.CANCELLED)
    met(amar, None, TODAY - timedelta(days=5), attendance=Attendance.HELD)
    assert references(demo.head, f"{TEAM}&tri=rendez-vous")[:2] == [brun.reference, amar.reference]
    page = opened(demo.head, TEAM).content.decode()
    row = page.split(amar.reference)[-1].split("</tr>")[0]
    cell = row.split('class="meeting"')[1].split("</td>")[0]
    shown = Booking.objects.get(starts_at=TODAY + timedelta(days=9))
    assert french(shown.on) in cell and f">{french_hour(shown.starts.time())}," in cell


def test_a_row_tells_when_each_side_gave_its_last_sign(
    three: list[Journey], demo: DemoPeople
) -> None:
    page = opened(demo.head, TEAM).content.decode()
    row = page.split(three[0].reference)[-1].split("</tr>")[0]
    assert "Candidat il y a 40\N{NO-BREAK SPACE}jours" in row and "Équipe il y a" in row


def test_a_team_that_did_nothing_yet_is_not_said_to_have_been_there(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.register()
    page = opened(demo.head, TEAM).content.decode()
    assert "Candidat aujourd’hui" in page and "Équipe aujourd’hui" not in page
    scenario.at += timedelta(minutes=5)
    scenario.take_charge()
    assert "Équipe aujourd’hui" in opened(demo.head, TEAM).content.decode()


def test_a_certifier_is_told_nothing_of_meetings_and_contacts(
    three: list[Journey], demo: DemoPeople
) -> None:
    page = opened(demo.officer, "/certificateur/").content.decode()
    assert "Dernier contact" not in page and "Rendez-vous</a>" not in page
    assert "Filtrer" not in page
    for order in ("contact", "rendez-vous"):
        assert browser(demo.officer).get(f"/certificateur/?tri={order}").status_code == 404


def test_choices_narrow_a_list_together_and_with_its_tab(
    three: list[Journey], demo: DemoPeople
) -> None:
    amar, brun, cote = three
    silent = f"{TEAM}&silence=30"
    assert references(demo.head, silent) == [amar.reference]
    assert references(demo.head, f"{silent}&etape=admissible") == []
    assert references(demo.head, f"{TEAM}&etape=admissible") == [brun.reference]
    assert references(demo.head, f"{TEAM}&filtre=ecriture&etape=registered") == []
    assert references(demo.head, f"{TEAM}&architecte=0") == [cote.reference]
    of_amar = f"{TEAM}&architecte={amar.architect_id}"
    assert amar.reference in references(demo.head, of_amar)
    assert cote.reference not in references(demo.head, of_amar)


def due(journey: Journey, days: int) -> None:
    """Put the end of the delays of a file some days from now."""
    limit = TODAY.date() + timedelta(days=days)
    journey.clocks.update(target_on=limit, limit_on=limit)


def test_a_deadline_within_some_days_narrows_the_list(
    three: list[Journey], demo: DemoPeople
) -> None:
    cote = three[2]
    due(cote, 6)
    assert references(demo.head, f"{TEAM}&delai=7") == [cote.reference]
    due(cote, 8)
    assert references(demo.head, f"{TEAM}&delai=7") == []
    assert cote.reference in references(demo.head, f"{TEAM}&delai=14")


def test_a_place_of_meetings_narrows_the_list(three: list[Journey], demo: DemoPeople) -> None:
    amar, brun, _ = three
    north, south = (
        Site.objects.create(organisation=demo.accompanist, name=name, address="1, rue du Port")
        for name in ("Nord", "Sud")
    )
    met(amar, north, TODAY - timedelta(days=20))
    met(amar, south, TODAY - timedelta(days=2))
    met(brun, north, TODAY + timedelta(days=2))
    assert references(demo.head, f"{TEAM}&lieu={north.pk}") == [brun.reference]
    assert references(demo.head, f"{TEAM}&lieu={south.pk}") == [amar.reference]
    assert counted(demo.head, TEAM, "lieu") == {"Nord": 1, "Sud": 1}


@pytest.mark.parametrize(
    "beside", ["", "&filtre=ecriture", "&silence=30", "&delai=60&architecte=0"]
)
def test_the_count_of_an_option_is_that_of_the_list_it_leads_to(
    three: list[Journey], demo: DemoPeople, beside: str
) -> None:
    address = f"{TEAM}{beside}"
    choices = {one.facet.slug: one for one in opened(demo.head, address).context["facets"]}
    for slug in ("etape", "delai", "certification", "architecte", "silence"):
        for option in choices[slug].offer.options if slug in choices else ():
            listed = opened(demo.head, f"{address}&{slug}={option.value}").context["page"]
            assert listed.paginator.count == option.count, option


def test_a_long_choice_shows_what_keeps_most_and_how_to_find_the_others(
    three: list[Journey], demo: DemoPeople, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "plus fréquents, sur"
    followed = counted(demo.head, TEAM, "architecte")
    assert len(followed) > 1
    assert told not in opened(demo.head, TEAM).content.decode()
    monkeypatch.setattr(narrowing, "MOST_OPTIONS", 1)
    shown = counted(demo.head, TEAM, "architecte")
    assert len(shown) == 1 and shown.items() <= followed.items()
    assert set(shown.values()) == {max(followed.values())}
    assert told in opened(demo.head, TEAM).content.decode()
    assert list(counted(demo.head, f"{TEAM}&architecte=0", "architecte")) == ["Personne"]
    assert len(counted(demo.head, TEAM, "silence")) > 1


def test_what_is_chosen_is_a_chip_that_one_takes_away(
    three: list[Journey], demo: DemoPeople
) -> None:
    answer = opened(demo.head, f"{TEAM}&silence=30&etape=feasibility_complete&tri=candidat")
    chips = answer.content.decode().split('class="chips"')[1].split("</ul>")[0]
    assert "Sans signe du candidat&nbsp;: depuis 30 jours ou plus" in chips
    assert f"Étape&nbsp;: {Stage.FEASIBILITY_COMPLETE.label}" in chips
    without = next(one.without for one in answer.context["facets"] if one.facet.slug == "silence")
    assert "silence" not in without
    assert "etape=feasibility_complete" in without and "tri=candidat" in without


def test_an_option_that_keeps_nothing_says_so_and_can_be_taken_away(
    three: list[Journey], demo: DemoPeople
) -> None:
    page = opened(demo.head, f"{TEAM}&architecte={demo.officer.pk}").content.decode()
    assert "Architecte&nbsp;: aucun dossier ici" in page and "Retirez un des filtres" in page
    assert demo.officer.last_name not in page


def test_a_tab_counts_what_its_list_holds_once_narrowed(
    three: list[Journey], demo: DemoPeople
) -> None:
    tabs = opened(demo.head, f"{TEAM}&silence=30").context["tabs"]
    told = {tab.filter.slug: tab.count for tab in tabs}
    assert told["certificateur"] == 1 and told["nouveaux"] == told["ecriture"] == 0
    assert all("silence=30" in tab.query for tab in tabs)


@pytest.mark.parametrize(
    "said",
    [
        "tri=inconnu",
        "tri=--candidat",
        "etape=inconnue",
        "delai=8",
        "delai=x",
        "architecte=-1",
        "certification=RNCP",
        "silence=%00",
        "lieu=9999999999999999",
    ],
)
def test_an_address_that_means_nothing_is_not_found(demo: DemoPeople, said: str) -> None:
    assert browser(demo.head).get(f"/accompagnement/?{said}").status_code == 404


def test_a_search_may_be_narrowed(three: list[Journey], demo: DemoPeople) -> None:
    amar = three[0]
    assert references(demo.head, "/accompagnement/?q=amar&silence=30") == [amar.reference]
    assert references(demo.head, "/accompagnement/?q=amar&silence=60") == []


def test_a_workbook_holds_the_list_as_it_is_narrowed_and_sorted_with_dates_that_are_dates(
    three: list[Journey], demo: DemoPeople
) -> None:
    User.objects.filter(pk=three[0].candidate_id).update(last_name="=1+1\x0b")
    answer = opened(demo.head, f"{TEAM}&tri=etape&format=xlsx")
    assert answer["Content-Disposition"].endswith('.xlsx"')
    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    titles, *lines = sheet.values
    assert [line[0] for line in lines] == references(demo.head, f"{TEAM}&tri=etape")
    amar = next(line for line in lines if line[0] == three[0].reference)
    assert amar[1] == "'=1+1"
    reached = amar[titles.index("Depuis le")]
    assert isinstance(reached, datetime) and isinstance(reached.date(), date)
    only = opened(demo.head, f"{TEAM}&silence=30&format=xlsx")
    assert len(list(load_workbook(io.BytesIO(only.getvalue())).active.values)) == 2


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.rule("R-124")
def test_a_list_that_is_taken_away_is_kept_as_such(
    three: list[Journey], demo: DemoPeople, kind: str
) -> None:
    opened(demo.head, f"{TEAM}&format={kind}")
    assert ListRead.objects.filter(exported=True).get().rows == len(three)


def test_an_unknown_kind_of_file_is_not_found(demo: DemoPeople) -> None:
    assert browser(demo.head).get(f"{TEAM}&format=exe").status_code == 404


def test_staff_look_for_a_file_from_every_page(three: list[Journey], demo: DemoPeople) -> None:
    spaces = {
        demo.head: "/accompagnement/",
        demo.officer: "/certificateur/",
        demo.administrator: "/gestion/tous-les-dossiers/",
    }
    for person, space in spaces.items():
        page = opened(person, "/certifications/").content.decode()
        assert f'class="find" action="{space}" role="search"' in page
        assert three[0].reference in references(person, f"{space}?q=amar")
    candidate = opened(three[0].candidate, "/certifications/").content.decode()
    assert "Chercher un dossier" not in candidate
