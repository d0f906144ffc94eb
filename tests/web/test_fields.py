"""The fields that forms share."""

from datetime import timedelta

import pytest
from django import forms

from jalon.now import today
from jalon.web.fields import (
    LongText,
    YesNoField,
    drop_empty_choice,
    field,
    group,
    mark_asked_by_law,
    name_empty_choices,
    validate_not_to_come,
    validate_siren,
    validate_siret,
)

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
    assert "pas de santé" in field(TradeForm(), "why").help_text


class HelpedForm(forms.Form):
    """A free text with a help of its own."""

    why = LongText(label="Pourquoi ?", help_text="En une phrase.")


@pytest.mark.rule("R-126")
def test_a_page_with_free_texts_reminds_once_of_what_not_to_write() -> None:
    assert str(HelpedForm()).count("pas de santé") == 1
    assert str(TradeForm()).count("pas de santé") == 1
    assert "pas de santé" not in str(NoTextForm())


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


@pytest.mark.parametrize(("check", "right"), [(validate_siren, 9), (validate_siret, 14)])
def test_a_company_number_has_its_digits_and_no_space(check: object, right: int) -> None:
    check("1" * right)  # type: ignore[operator]
    for wrong in ("1" * (right - 1), "1" * (right + 1), "1" * (right - 1) + " "):
        with pytest.raises(forms.ValidationError):
            check(wrong)  # type: ignore[operator]
