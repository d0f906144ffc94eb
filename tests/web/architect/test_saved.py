"""The views that people keep of their list: named, counted, shared, opened first, renamed, removed."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.rights import TOLD_BY
from jalon.law.saved_views import MOST
from jalon.people.models import User
from jalon.web import saved_views
from jalon.web.models import SavedView
from tests.conftest import TODAY
from tests.web.browsers import browser
from tests.web.test_statements import copies, statements

pytestmark = pytest.mark.django_db

LIST = "/accompagnement/"
KEEP = "/accompagnement/vues/enregistrer/?filtre=ecriture&tous=1&silence=30&tri=-contact"


@pytest.fixture
def written(demo: DemoPeople, scenario: Scenario) -> Scenario:
    """A file of the team that is being written."""
    return Scenario(demo, scenario.certification, TODAY - timedelta(days=90)).to_admissible()


def kept(person: User, *, shared: bool = False, name: str = "Écriture", **more: str) -> SavedView:
    """Keep a view as its page does, and return it."""
    said = {"name": name} | ({"shared": "on"} if shared else {})
    answer = browser(person).post(KEEP, said)
    assert answer.status_code == 302, answer.context["form"].errors
    return SavedView.objects.get(name=name, author=person)


def seen_by(person: User) -> dict[str, int]:
    """Return the views above the list of somebody, with their counts."""
    page = browser(person).get(f"{LIST}?filtre=en-cours")
    return {one.view.name: one.count for one in page.context["views"]}


def test_a_view_keeps_the_tab_the_choices_and_the_order_and_opens_on_them(
    written: Scenario, demo: DemoPeople
) -> None:
    answer = browser(demo.head).post(KEEP, {"name": "Écriture"}, follow=True)
    address, _ = answer.redirect_chain[-1]
    said = parse_qs(urlsplit(address).query)
    assert said == {"filtre": ["ecriture"], "tous": ["1"], "silence": ["30"], "tri": ["-contact"]}
    page = answer.content.decode()
    assert "La vue «\N{NO-BREAK SPACE}Écriture\N{NO-BREAK SPACE}» est enregistrée." in page
    views = page.split('aria-label="Vues enregistrées"')[1].split("</nav>")[0]
    assert 'aria-current="page"' in views and "Renommer" in views and "Supprimer" in views


def test_the_count_of_a_view_is_that_of_its_list(written: Scenario, demo: DemoPeople) -> None:
    for name, query in {
        "Tous": "filtre=en-cours&tous=1",
        "En retard": "filtre=en-retard&tous=1",
        "Sans nouvelles": "filtre=sans-nouvelles&tous=1",
        "Muets": "filtre=ecriture&tous=1&silence=30",
        "Bientôt": "filtre=en-cours&tous=1&delai=60",
        "Les miens": "filtre=en-cours&tous=0",
    }.items():
        saved_views.keep(demo.head, name, query, shared=False)
    for view in SavedView.objects.all():
        page = browser(demo.head).get(f"{LIST}?{view.query}").context
        shown = next(one for one in page["views"] if one.here)
        assert shown.count == page["page"].paginator.count, view


def test_a_shared_view_is_for_the_team_and_an_own_one_for_oneself(
    written: Scenario, demo: DemoPeople
) -> None:
    kept(demo.architects[0], name="À moi")
    kept(demo.architects[0], name="À tous", shared=True)
    assert set(seen_by(demo.architects[0])) == {"À moi", "À tous"}
    assert set(seen_by(demo.head)) == {"À tous"}
    assert seen_by(demo.stranger) == {}


def test_a_list_opens_on_the_view_that_was_chosen_until_it_no_longer_is(
    written: Scenario, demo: DemoPeople
) -> None:
    view = kept(demo.architects[0], shared=True)
    address = reverse("architect:open_first", args=[view.pk])
    browser(demo.head).post(address)
    assert browser(demo.head).get(LIST)["Location"] == f"{LIST}?{view.query}"
    assert browser(demo.architects[0]).get(LIST).status_code == 200
    browser(demo.head).post(address)
    assert browser(demo.head).get(LIST).status_code == 200


def test_only_one_view_is_opened_first(written: Scenario, demo: DemoPeople) -> None:
    first, second = (kept(demo.head, name=name) for name in ("Une", "Deux"))
    for view in (first, second):
        browser(demo.head).post(reverse("architect:open_first", args=[view.pk]))
    assert saved_views.opened_first(demo.head) == second


def test_a_view_is_renamed_and_removed_after_a_confirmation(
    written: Scenario, demo: DemoPeople
) -> None:
    view = kept(demo.head, shared=True)
    browser(demo.head).post(reverse("architect:rename_view", args=[view.pk]), {"name": "Relire"})
    assert "Relire" in seen_by(demo.head)
    address = reverse("architect:remove_view", args=[view.pk])
    asked = browser(demo.head).get(address).content.decode()
    assert "Plus personne de l’équipe ne la verra." in asked and "Relire" in seen_by(demo.head)
    browser(demo.head).post(address)
    assert seen_by(demo.head) == {}


def test_a_colleague_changes_no_view_that_is_not_theirs(
    written: Scenario, demo: DemoPeople
) -> None:
    view = kept(demo.architects[0], shared=True)
    for name, said in (("rename_view", {"name": "Autre"}), ("remove_view", {})):
        address = reverse(f"architect:{name}", args=[view.pk])
        answer = browser(demo.architects[1]).post(address, said)
        assert answer.status_code == 409 and "demandez-le" in answer.content.decode()
    browser(demo.head).post(reverse("architect:rename_view", args=[view.pk]), {"name": "Autre"})
    view.refresh_from_db()
    assert view.name == "Autre"


def test_two_views_of_the_same_people_are_named_apart(written: Scenario, demo: DemoPeople) -> None:
    kept(demo.head)
    answer = browser(demo.head).post(KEEP, {"name": "écriture"})
    assert answer.status_code == 409 and "donnez un autre nom" in answer.content.decode()
    kept(demo.architects[0])


def test_too_many_views_are_refused_with_what_to_do(written: Scenario, demo: DemoPeople) -> None:
    for number in range(MOST):
        kept(demo.head, name=f"Vue {number}")
    answer = browser(demo.head).post(KEEP, {"name": "Une de trop"})
    assert answer.status_code == 409 and "supprimez-en une" in answer.content.decode()
    kept(demo.head, name="Partagée", shared=True)


def test_a_view_whose_choice_is_none_any_more_breaks_no_list(
    written: Scenario, demo: DemoPeople
) -> None:
    saved_views.keep(demo.head, "Ancienne", "filtre=disparu&etape=nulle", shared=False)
    assert seen_by(demo.head) == {"Ancienne": 0}


def test_views_cost_two_statements_however_many_they_are(
    written: Scenario, demo: DemoPeople
) -> None:
    address = f"{LIST}?filtre=en-cours&tous=1"
    saved_views.keep(demo.head, "Une", "filtre=ecriture&tous=1", shared=False)
    one = statements(demo.head, address)
    for number in range(MOST - 1):
        saved_views.keep(demo.head, f"Vue {number}", f"filtre=jury&tous=1&delai={7}", shared=True)
    copies(written.journey, 20)
    assert statements(demo.head, address) == one


def test_the_copy_of_ones_data_holds_the_views_one_named_and_not_those_of_others(
    demo: DemoPeople,
) -> None:
    head, colleague = demo.head, demo.architects[0]
    mine = kept(head, name="À moi", shared=True)
    kept(colleague, name="À un autre")
    saved_views.open_first(head, mine)
    (told,) = TOLD_BY["vues_enregistrees"](head)
    assert (told["name"], told["opened_first"]) == ("À moi", True)
    assert told["team"] == str(demo.accompanist)
