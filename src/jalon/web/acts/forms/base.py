"""What the form of an act is, and the registry by which each act finds its own."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django import forms

from jalon.journeys.models import Journey
from jalon.law.facts import Facts, Nothing
from jalon.law.vocabulary import Act, Channel, DocumentKind
from jalon.people.models import User
from jalon.web.fields import DateField, mark_asked_by_law, remind_once, validate_not_to_come

#: How people say that they know; a file that was taken over is another story.
SAID = [(one.value, one.label) for one in Channel if one is not Channel.TAKEN_OVER]
#: What is said of an act that somebody outside did.
REPORT = ("report_on", "report_channel", "report_proof")


def report_fields() -> dict[str, forms.Field]:
    """Return the fields that say when somebody outside acted, how that is known, and what proves it."""
    asked = (
        DateField(label="Le jour où c’est arrivé", validators=[validate_not_to_come]),
        forms.TypedChoiceField(
            label="Comment le savez-vous ?", choices=SAID, coerce=Channel, widget=forms.RadioSelect
        ),
        forms.FileField(
            label="Preuve",
            required=False,
            help_text="Lettre, courriel ou copie d’écran : PDF, JPEG ou PNG. Vous pourrez la joindre plus "
            "tard. Sans elle, une décision, un résultat ou une caducité reste « sans preuve ».",
        ),
    )
    return dict(zip(REPORT, asked, strict=True))


class ActForm(forms.Form):
    """What a person brings to an act; `facts()` gives it in the law's own shape.

    The form checks the shape of the data, the law decides. `asked_by_law` names the fields that the
    law refuses empty: the form lets the law say so, with its rule. `lead` tells what the act brings about.
    """

    asked_by_law: ClassVar[tuple[str, ...]] = ()
    #: What is to be corrected stands at the top of the page of an act, above what the act does.
    told_above: ClassVar[bool] = True
    #: The fields that the address of the page may fill in.
    prefilled: ClassVar[tuple[str, ...]] = ()
    #: A button of the page, named so, asks for one more row of something: nothing is done, nothing is lost.
    grows_by: ClassVar[str] = ""
    #: What the act changes for people, said above the fields.
    lead: str = ""
    #: There is nobody, or nothing, to choose: `lead` says so, and the page asks for nothing.
    nothing_to_choose: bool = False
    #: The field that a refused file is said beside.
    file_field: ClassVar[str] = "report_proof"
    #: What the file that proves the act is: who may open it depends on it.
    proof_kind: ClassVar[DocumentKind] = DocumentKind.PROOF

    def __init__(
        self,
        *args: Any,
        journey: Journey,
        reported: bool = False,
        mine: bool = False,
        viewer: User | None = None,
        **kwargs: Any,
    ) -> None:
        self.journey = journey
        self.reported = reported
        self.mine = mine
        self.viewer = viewer
        self.known_by: dict[str, Any] = {}
        super().__init__(*args, **kwargs)
        self.prepare()
        if reported:
            self.fields |= report_fields()
        mark_asked_by_law(self, *self.asked_by_law)
        remind_once(self)

    def full_clean(self) -> None:
        """Keep what is said of a report apart: the facts of the act are not made of it."""
        super().full_clean()
        if self.is_bound:
            known = [name for name in self.cleaned_data if name in REPORT]
            self.known_by = {name: self.cleaned_data.pop(name) for name in known}

    def prepare(self) -> None:
        """Adapt the fields to the journey."""

    def keep(self, by: User) -> None:
        """Keep the files that the act brings, before its facts name them; raises `UploadRefused`."""

    def told_once_done(self) -> str:
        """Return what the page says beside « C’est fait », once the act is done: whom it named."""
        return ""

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
