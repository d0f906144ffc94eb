"""The certifier's pool of jurors: enrolled, changed, retired, and nobody else's."""

import pytest
from django.urls import reverse

from jalon.demo.scenario import DemoPeople, Scenario
from jalon.juries.models import Juror
from jalon.juries.queries import jurors
from jalon.law.vocabulary import OrganisationKind, Role
from jalon.people.actions import account, admit
from jalon.people.models import Membership, Organisation
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
