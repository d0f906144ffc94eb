"""The demonstration shows a group of four people of a company, of whom two let it read something."""

import pytest
from django.core import mail

from jalon import now as timekeeper
from jalon.demo import companies
from jalon.demo.scenario import DemoPeople, Scenario, moment_before
from jalon.support import employers
from jalon.support.models import CompanyGroup


@pytest.mark.django_db
def test_a_company_reads_of_two_of_the_four_people_of_its_group(
    demo: DemoPeople, scenario: Scenario
) -> None:
    timekeeper.travel(moment_before(0))
    for number in range(3, 3 * (companies.PEOPLE + 1), 3):
        Scenario(
            demo, scenario.certification, moment_before(40), number=number
        ).register().take_charge()
    companies.gather_a_group(demo)
    group = CompanyGroup.objects.get()
    assert group.members.living().count() == companies.PEOPLE
    named, others = employers.shown_of(group)
    assert (len(named), others) == (2, 0)
    assert mail.outbox[-1].to == ["ressources@exemple.fr"]
