"""Reading a file whole: the page says what the paper says."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.documents.generated.feasibility import sections_of
from jalon.law.vocabulary import Route
from tests.conftest import TODAY
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("route", list(Route))
def test_the_page_read_before_signing_says_what_the_paper_sent_says_in_the_same_order(
    demo: DemoPeople, route: Route
) -> None:
    code = {Route.FRANCE_VAE: "RNCP38901", Route.LAW_2002: "RNCP41814"}[route]
    scenario = Scenario(demo, Certification.objects.get(code=code), TODAY, route=route).to_ready()
    file = scenario.journey.feasibility
    file.candidate_remark = "Je peux venir le soir."
    file.save()
    timekeeper.travel(scenario.at)
    address = reverse("writing:review", args=[scenario.journey.pk])
    page = unescape(strip_tags(browser(scenario.person).get(address).content.decode()))
    read = " ".join(page.split())
    place = 0
    for section in sections_of(scenario.journey):
        place = read.index(section.title, place)
        for block in section.blocks:
            values = [block.text, *(cell for row in block.rows for cell in row if len(cell) > 1)]
            for value in () if block.kind == "blanks" else values:
                for words in re.split(" [:·] ", value):
                    assert " ".join(words.split()) in read, (section.title, value)
