"""The social security number is asked nowhere, and goes nowhere when somebody writes it all the same."""

import re
from collections.abc import Iterator

import pytest
from django import forms
from django.apps import apps
from django.test import RequestFactory
from django.urls import get_resolver, reverse

from jalon import now as timekeeper
from jalon.demo.scenario import ONE_PAGE, Scenario
from jalon.documents.uploads import UploadRefused, check
from jalon.law.facts import Reason
from jalon.law.vocabulary import Act
from jalon.web.form_actions import submit
from tests.documents.reading import upload
from tests.web.browsers import browser

#: Nobody's: its town does not exist. The key fits.
NIR = "1 85 03 99 999 999"
ASKED = re.compile(r"s[ée]cu(rit[ée])?[ _]sociale|social_security|num[ée]ro_secu|\bnir\b", re.I)


def kinds_of_form(parent: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    """Yield every form of ours, once the pages are known."""
    for kind in parent.__subclasses__():
        if kind.__module__.startswith("jalon."):
            yield kind
        yield from kinds_of_form(kind)


@pytest.mark.rule("R-121")
def test_no_table_has_a_column_for_a_social_security_number() -> None:
    columns = [
        (model.__name__, field.name, str(getattr(field, "verbose_name", "")))
        for model in apps.get_models()
        if model.__module__.startswith("jalon.")
        for field in model._meta.get_fields()
    ]
    assert len(columns) > 300
    assert not [one for one in columns if ASKED.search(f"{one[1]} {one[2]}")]


@pytest.mark.rule("R-121")
def test_no_form_asks_for_a_social_security_number() -> None:
    assert get_resolver().url_patterns
    fields = [
        (kind.__name__, name, f"{field.label} {field.help_text}")
        for kind in set(kinds_of_form())
        for name, field in getattr(kind, "base_fields", {}).items()
    ]
    assert len(fields) > 200
    assert not [one for one in fields if ASKED.search(f"{one[1]} {one[2]}")]


@pytest.mark.rule("R-121")
def test_each_text_of_a_form_refuses_it_beside_its_field_and_nothing_is_written() -> None:
    class Note(forms.Form):
        short = forms.CharField()
        long = forms.CharField(widget=forms.Textarea)
        file = forms.FileField()

    def write() -> None:
        raise AssertionError("nothing is written")

    said = {"short": NIR, "long": f"Je suis le {NIR}.", "file": upload(ONE_PAGE, f"{NIR}.pdf")}
    request = RequestFactory().post("/", said)
    form = Note(request.POST, request.FILES)
    assert submit(request, form, write) is None
    assert set(form.errors) == {"short", "long", "file"}
    assert "Retirez le numéro de sécurité sociale" in form.errors["long"][0]


@pytest.mark.rule("R-121")
def test_a_file_named_after_it_is_renamed_first() -> None:
    with pytest.raises(UploadRefused, match="renommez-le"):
        check(upload(ONE_PAGE, "attestation 1850399999999.pdf"))


@pytest.mark.rule("R-121")
@pytest.mark.django_db
def test_a_page_of_the_feasibility_file_does_not_keep_it(scenario: Scenario) -> None:
    scenario.to_path_accepted()
    timekeeper.travel(scenario.at)
    said = {"goals": f"Évoluer. {NIR}", "prerequisites": "acquired"}
    address = reverse("writing:goals", args=[scenario.journey.pk])
    for person in (scenario.person, scenario.architect):
        answer = browser(person).post(address, said)
        assert "Retirez le numéro de sécurité sociale" in answer.content.decode()
    scenario.journey.feasibility.refresh_from_db()
    assert "99 999" not in scenario.journey.feasibility.goals


@pytest.mark.rule("R-121")
@pytest.mark.django_db
def test_no_act_brings_it_into_the_journal_whoever_does_it(scenario: Scenario) -> None:
    scenario.register().take_charge()
    leaving = Reason(f"Mon numéro : {NIR}")
    scenario.refuses("R-121", Act.LEAVE_ACCOMPANIMENT, scenario.person, leaving)
