"""The fields that forms share."""

from datetime import timedelta

import pytest
from django import forms

from jalon.now import today
from jalon.web.certifier.forms import JurorForm
from jalon.web.fields import (
    Impersonal,
    LongText,
    YesNoField,
    drop_empty_choice,
    field,
    group,
    mark_asked_by_law,
    name_empty_choices,
    validate_not_to_come,
)
from jalon.web.office.forms import OrganisationForm
from jalon.web.writing.forms import ExperienceForm

CHOICES = [("", "---------"), ("a", "A"), ("b", "B")]


class TradeForm(forms.Form):
    """A field of each kind."""

    opened = forms.ChoiceField(choices=CHOICES)
    shown = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    why = LongText(label="Pourquoi ?", required=False)
    known = YesNoField(label="Connu ?", no="Pas encore")


def test_lists_say_what_to_do_instead_of_dashes() -> None:
    form = TradeForm()
    name_empty_choices(form)
    drop_empty_choice(form, "shown")
    assert field(form, "opened").choices[0] == ("", "Choisissez")
    assert field(form, "shown").choices == CHOICES[1:]


def test_what_the_law_asks_is_not_called_optional() -> None:
    form = TradeForm()
    assert "facultatif" in str(form["why"].as_field_group())
    mark_asked_by_law(form, "why")
    assert "facultatif" not in str(form["why"].as_field_group())


def test_a_heading_is_heard_with_each_label() -> None:
    form = TradeForm()
    group(form, "Bloc 1", "why")
    assert "Bloc 1" in str(form["why"].as_field_group())


@pytest.mark.rule("R-126")
def test_a_long_text_reminds_of_what_not_to_write() -> None:
    assert "Pas de santé" in field(TradeForm(), "why").help_text


class SheetForm(forms.Form):
    """A text about no person."""

    criteria = forms.CharField(widget=Impersonal)


class HelpedForm(forms.Form):
    """A free text with a help of its own."""

    why = LongText(label="Pourquoi ?", help_text="En une phrase.")


@pytest.mark.rule("R-126")
def test_a_page_with_free_texts_reminds_once_of_what_not_to_write() -> None:
    assert str(HelpedForm()).count("Pas de santé") == 1
    assert str(TradeForm()).count("Pas de santé") == 1
    assert "Pas de santé" not in str(NoTextForm())
    assert "Pas de santé" not in str(SheetForm()) + str(OrganisationForm())


def test_letters_that_nobody_sees_are_no_answer() -> None:
    for said in ("\u200b", " \u2060\ufeff", "\u00ad"):
        assert HelpedForm({"why": said}).errors["why"]
    assert HelpedForm({"why": "👍\u200b"}).is_valid()


class NoTextForm(forms.Form):
    """Nothing to write freely."""

    known = YesNoField(label="Connu ?")


@pytest.mark.parametrize(("said", "value"), [("oui", True), ("non", False)])
def test_a_yes_or_no_is_a_boolean(said: str, value: bool) -> None:
    form = TradeForm({"opened": "a", "shown": "a", "known": said})
    assert form.is_valid()
    assert form.cleaned_data["known"] is value
    assert ("non", "Pas encore") in field(form, "known").choices


def test_a_yes_or_no_left_empty_is_asked_again() -> None:
    assert "known" in TradeForm({"opened": "a", "shown": "a"}).errors


def test_a_day_to_come_is_refused_and_today_is_not() -> None:
    validate_not_to_come(today())
    with pytest.raises(forms.ValidationError):
        validate_not_to_come(today() + timedelta(days=1))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "name", "written"),
    [
        (ExperienceForm, "employer_siren", "123 456 789"),
        (JurorForm, "employer_siren", "123.456.789"),
        (OrganisationForm, "siret", "123 456 789\N{NO-BREAK SPACE}00012"),
    ],
)
def test_a_company_number_is_taken_as_people_write_it_in_groups(
    asked: type[forms.BaseForm], name: str, written: str
) -> None:
    given = field(asked(), name)
    digits = "".join(one for one in written if one.isdigit())
    assert given.clean(written) == digits
    for wrong in (digits[:-1], f"{digits}1", "a" * len(digits)):
        with pytest.raises(forms.ValidationError):
            given.clean(wrong)
