"""What the form of an act is, and the registry by which each act finds its own."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django import forms

from jalon.journeys.models import Journey
from jalon.law.facts import Facts, Nothing
from jalon.law.vocabulary import Act
from jalon.web.fields import mark_asked_by_law


class ActForm(forms.Form):
    """What a person brings to an act; `facts()` gives it in the law's own shape.

    The form checks the shape of the data, the law decides. `asked_by_law` names the fields that the
    law refuses empty: the form lets the law say so, with its rule.
    """

    asked_by_law: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, journey: Journey, **kwargs: Any) -> None:
        self.journey = journey
        super().__init__(*args, **kwargs)
        self.prepare()
        mark_asked_by_law(self, *self.asked_by_law)

    def prepare(self) -> None:
        """Adapt the fields to the journey."""

    def facts(self) -> Facts:
        """Return the facts of the act."""
        return Nothing()


FormOfAct = TypeVar("FormOfAct", bound=type[ActForm])

#: Filled by the decorators below, never by hand.
FORMS_BY_ACT: dict[Act, type[ActForm]] = {}
FORMS_BY_FACTS: dict[type[Facts], type[ActForm]] = {}


def form_for(*acts: Act) -> Callable[[FormOfAct], FormOfAct]:
    """Register the form of some acts."""

    def register(form: FormOfAct) -> FormOfAct:
        for act in acts:
            FORMS_BY_ACT[act] = form
        return form

    return register


def form_for_facts(*kinds: type[Facts]) -> Callable[[FormOfAct], FormOfAct]:
    """Register the form of every act that asks for some facts and has no form of its own."""

    def register(form: FormOfAct) -> FormOfAct:
        for kind in kinds:
            FORMS_BY_FACTS[kind] = form
        return form

    return register


def form_of(act: Act, asked: type[Facts]) -> type[ActForm] | None:
    """Return the form of an act, or None when it is done on a page of its own (the jury's)."""
    return FORMS_BY_ACT.get(act) or FORMS_BY_FACTS.get(asked)
