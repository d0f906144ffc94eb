"""The certifier's pool of jurors: enrolled, changed, retired, and nobody else's."""

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.juries.actions import mark_presence, vote
from jalon.juries.models import Juror
from jalon.juries.queries import jurors
from jalon.law.facts import BlocVote
from jalon.law.vocabulary import OrganisationKind, Role
from jalon.people.actions import account, admit
from jalon.people.models import Membership, Organisation
from jalon.people.queries import offers
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db

JUROR = {
    "first_name": "Irène",
    "last_name": "Lime",
    "email": "irene.lime@exemple.fr",
    "college": "employers",
    "gender": "woman",
    "employer": "Atelier Lime",
    "employer_siren": "123456789",
}


@pytest.mark.rule("R-068")
def test_a_member_of_the_employees_side_names_their_union(demo: DemoPeople) -> None:
    page = browser(demo.officer).post(
        reverse("certifier:new_juror"), JUROR | {"college": "employees"}
    )
    assert "organisation syndicale" in page.content.decode()
    assert not Juror.objects.filter(user__email=JUROR["email"]).exists()


@pytest.mark.rule("R-060")
def test_a_juror_is_enrolled_changed_and_retired(demo: DemoPeople, scenario: Scenario) -> None:
    client = browser(demo.officer)
    client.post(
        reverse("certifier:new_juror"), JUROR | {"qualified_for": [scenario.certification.pk]}
    )
    made = Juror.objects.get(user__email=JUROR["email"])
    assert list(made.qualified_for.all()) == [scenario.certification]
    assert browser(made.user).get(reverse("juror:home")).status_code == 200
    client.post(reverse("certifier:juror", args=[made.pk]), JUROR | {"employer": "Autre atelier"})
    made.refresh_from_db()
    assert (made.employer, list(made.qualified_for.all())) == ("Autre atelier", [])
    client.post(reverse("certifier:retire_juror", args=[made.pk]))
    assert made not in jurors(demo.officer)
    assert browser(made.user).get(reverse("juror:home")).status_code == 404
    client.post(reverse("certifier:new_juror"), JUROR)
    assert made not in jurors(demo.officer)
    page = client.get(reverse("certifier:jurors")).content.decode()
    assert "Accord attendu" in page and made.user.email in page
    offer = offers(made.user).get()
    browser(made.user).post(reverse("public:answer_offer", args=[offer.pk]), {"answer": "accept"})
    assert made in jurors(demo.officer)
    assert Membership.objects.filter(user=made.user, ended_at=None).count() == 1


def test_a_neighbour_sees_and_changes_no_juror_of_another(demo: DemoPeople) -> None:
    elsewhere = Organisation.objects.create(
        kind=OrganisationKind.CERTIFIER, name="Autre certificateur", siret="99999999999999"
    )
    other = account("autre@exemple.fr", "Autre", "Sceau")
    admit(other, Role.CERTIFIER, elsewhere)
    client = browser(other)
    assert list(jurors(other)) == []
    kept = demo.jurors[0]
    for name in ("juror", "retire_juror"):
        address = reverse(f"certifier:{name}", args=[kept.pk])
        assert client.post(address, JUROR).status_code == 404
    taken = JUROR | {"email": kept.user.email}
    page = client.post(reverse("certifier:new_juror"), taken)
    assert "siège déjà pour un autre certificateur" in page.content.decode()
    kept.refresh_from_db()
    assert kept.certifier == demo.certifier


def test_what_a_member_is_qualified_for_is_read_by_its_titles(
    demo: DemoPeople, scenario: Scenario
) -> None:
    first, second = Certification.objects.order_by("title")[:2]
    for juror in demo.jurors:
        juror.qualified_for.clear()
    demo.jurors[0].qualified_for.set([first])
    demo.jurors[1].qualified_for.set([first, second])
    page = browser(demo.officer).get(reverse("certifier:jurors")).content.decode()
    assert page.count(first.title) == 2 and page.count(second.title) == 1
    assert "<summary>2 certifications</summary>" in page


@pytest.mark.rule("R-068")
def test_who_really_sat_is_listed_by_half_year_for_the_attestation(scenario: Scenario) -> None:
    scenario.to_scheduled().until_the_jury_sits().declare_independence().assess_and_vote()
    hearing = scenario.current_hearing()
    absent = hearing.session.panel.get(juror=scenario.demo.jurors[2])
    there = [seat.pk for seat in hearing.session.panel.all() if seat != absent]
    timekeeper.travel(scenario.at)
    president = scenario.president_of(hearing)
    mark_presence(hearing, president, there)
    votes = {bloc: BlocVote(bloc.code, 2, 0) for bloc in hearing.attempt.blocs.all()}
    vote(hearing, president, votes)
    page = reverse("certifier:participations")
    officer = browser(scenario.demo.officer)
    present, away = (scenario.demo.jurors[place].user.get_full_name() for place in (0, 2))
    assert present not in officer.get(page).content.decode()
    scenario.sign_minutes()
    shown = officer.get(page).content.decode()
    assert present in shown and away not in shown
    assert present not in officer.get(f"{page}?jusqu_au=2026-12-31").content.decode()
    assert officer.get(f"{page}?jusqu_au=nimporte").status_code == 200
