"""What an act done on several files asks for, once for all of them; each act finds its form by a registry."""

from collections.abc import Callable
from typing import ClassVar, TypeVar

from django import forms

from jalon.law.facts import Contact, Facts, ReassignmentRequest
from jalon.law.meetings import MET_BY
from jalon.law.vocabulary import Act, ContactKind, Role
from jalon.now import today
from jalon.people.models import User
from jalon.people.policy import organisations
from jalon.people.queries import colleagues
from jalon.web.fields import DateField, LongText, YesNoField, field, validate_not_to_come


class SeveralForm(forms.Form):
    """What is asked once for several files; `lead` says what it brings about on each."""

    lead: ClassVar[str] = ""

    def __init__(self, *args: object, viewer: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.viewer = viewer
        self.prepare()

    def prepare(self) -> None:
        """Adapt the fields to who asks."""

    def facts(self) -> Facts | None:
        """Return the facts of the act, the same on each file."""
        return None


Kind = TypeVar("Kind", bound=type[SeveralForm])

#: The acts that make sense on several files, in the order of the list; filled by the decorator below.
FORMS: dict[Act, type[SeveralForm]] = {}


def for_several(act: Act) -> Callable[[Kind], Kind]:
    """Register the form of an act that may be done on several files."""

    def register(form: Kind) -> Kind:
        FORMS[act] = form
        return form

    return register


@for_several(Act.REMIND)
class RemindForm(SeveralForm):
    """Nothing is asked: each candidate is written to."""

    lead = (
        "Chaque candidat reçoit un courriel et un avis : vous attendez de ses nouvelles, et voici ce "
        "qui lui reste à faire. La relance est notée dans le journal de son dossier."
    )


@for_several(Act.REASSIGN)
class ReassignForm(SeveralForm):
    """To which colleague the files go."""

    lead = "Chaque candidat est prévenu, et votre collègue aussi."
    architect = forms.ModelChoiceField(
        label="À qui ?", queryset=User.objects.none(), empty_label="Choisissez"
    )
    reason = LongText(label="Pourquoi ?", required=False)

    def prepare(self) -> None:
        """Offer who works in the organisations of who asks."""
        there = organisations(self.viewer, Role.ARCHITECT, Role.HEAD)
        field(self, "architect").queryset = colleagues(*there)

    def facts(self) -> ReassignmentRequest:
        """Return the colleague."""
        return ReassignmentRequest(self.cleaned_data["architect"].pk, self.cleaned_data["reason"])


@for_several(Act.RECORD_CONTACT)
class ContactForm(SeveralForm):
    """The same call or message with each candidate; a meeting has a length, and is noted file by file."""

    lead = "La même note est écrite dans chaque dossier. Seule l’équipe qui accompagne la lit."
    kind = forms.TypedChoiceField(
        label="Quoi ?",
        choices=[(one.value, one.label) for one in ContactKind if one not in MET_BY],
        coerce=ContactKind,
        initial=ContactKind.MESSAGE,
        widget=forms.RadioSelect,
    )
    on = DateField(label="Jour", initial=today, validators=[validate_not_to_come])
    text = LongText(label="En une phrase")
    answered = YesNoField(label="Les candidats ont-ils répondu ?")

    def facts(self) -> Contact:
        """Return the contact."""
        return Contact(**self.cleaned_data)
