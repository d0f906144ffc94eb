"""What a panel writes of one candidate: independence, presence, assessments, votes, addenda."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from django import forms
from django.http import QueryDict

from jalon.catalogue.models import Bloc, Competence
from jalon.juries.models import Hearing, OwnAssessment, Seat
from jalon.law.facts import BlocVote
from jalon.law.jury import vote_refused
from jalon.law.vocabulary import Mastery
from jalon.now import now
from jalon.people.models import User
from jalon.web.fields import LongText, YesNoField, field, group, mark_asked_by_law
from jalon.web.juror.hearings import assessments_in_words, present_seats


class DeclarationForm(forms.Form):
    """Independence towards one candidate (R-064)."""

    related = YesNoField(
        label="Avez-vous, ou avez-vous eu, un lien professionnel ou personnel avec ce candidat ?",
        yes="Oui, un lien",
        no="Non, aucun lien",
    )
    detail = forms.CharField(label="Si oui, lequel ?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mark_asked_by_law(self, "detail")


class AnswerForm(forms.Form):
    """Whether a member comes to a session."""

    comes = YesNoField(
        label="Venez-vous à cette session ?", yes="Oui, je viens", no="Non, je ne peux pas"
    )
    reason = forms.CharField(
        label="Si vous ne venez pas, pourquoi ?",
        required=False,
        max_length=250,
        help_text="En quelques mots. Le certificateur cherchera quelqu’un d’autre.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mark_asked_by_law(self, "reason")


class PresenceForm(forms.Form):
    """Who sits for one candidate, and who presides (R-059, R-061, R-071)."""

    present = forms.ModelMultipleChoiceField(
        label="Qui siège pour ce candidat ?",
        queryset=Seat.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Décochez les absents et les membres qui se retirent pour ce candidat : leur voix ne compte pas.",
    )
    chair = forms.ModelChoiceField(
        label="Qui préside pour ce candidat ?",
        queryset=Seat.objects.none(),
        widget=forms.RadioSelect,
        required=False,
        empty_label=None,
        help_text="Si le président n’est pas là, les membres présents désignent l’un d’eux.",
    )

    def __init__(self, *args: Any, shown: Hearing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = shown.session.panel.select_related("juror__user")
        for name in ("present", "chair"):
            field(self, name).queryset = seats
        mark_asked_by_law(self, "present", "chair")
        field(self, "present").initial = list(present_seats(shown))
        field(self, "chair").initial = shown.presides

    def seats(self) -> list[int]:
        """Return the keys of the seats that are held."""
        return [seat.pk for seat in self.cleaned_data["present"]]

    def chosen(self) -> int | None:
        """Return the key of the seat that presides."""
        chair = self.cleaned_data["chair"]
        return chair.pk if chair else None


#: What is said where a référentiel gives no criteria (R-072).
NO_CRITERIA = "Critères à fournir par le certificateur."


class GridForm(forms.Form):
    """A finding for each competence, with its criteria (R-072)."""

    def __init__(self, *args: Any, shown: Hearing, kept: Mapping[int, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.competences = list(
            Competence.objects.filter(bloc__attempts=shown.attempt)
            .select_related("bloc")
            .prefetch_related("criteria")
            .order_by("bloc__position", "position")
        )
        for one in self.competences:
            found = kept.get(one.pk)
            self.fields[f"mastery_{one.pk}"] = forms.ChoiceField(
                label=one.title,
                choices=Mastery.choices(),
                widget=forms.RadioSelect,
                required=False,
                help_text=criteria_in_words(one),
                initial=found.mastery if found else None,
            )
            self.fields[f"comment_{one.pk}"] = forms.CharField(
                label=f"Remarque sur « {one.title} »",
                required=False,
                initial=found.comment if found else "",
            )
            mark_asked_by_law(self, f"mastery_{one.pk}")
            group(self, one.bloc.title, f"mastery_{one.pk}", f"comment_{one.pk}")

    def assessments(self) -> dict[Competence, tuple[Mastery, str]]:
        """Return what was found so far."""
        said = self.cleaned_data
        return {
            one: (Mastery(said[f"mastery_{one.pk}"]), said[f"comment_{one.pk}"])
            for one in self.competences
            if said[f"mastery_{one.pk}"]
        }


def criteria_of(competence: Competence) -> str:
    """Return the criteria of a competence; empty while the certifier wrote none."""
    return " ".join(one.text for one in competence.criteria.all())


def criteria_in_words(competence: Competence) -> str:
    """Return the criteria of a competence, or that none is known yet."""
    return criteria_of(competence) or NO_CRITERIA


class OwnGridForm(GridForm):
    """What one member finds for themselves."""

    def __init__(self, *args: Any, shown: Hearing, member: User, **kwargs: Any) -> None:
        own = shown.own_assessments.filter(juror__user=member)
        kept = {one.competence_id: one for one in own}
        super().__init__(*args, shown=shown, kept=kept, **kwargs)


class AssessmentsForm(GridForm):
    """What the panel finds together, beside what each member found and who wrote last (R-072)."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, shown: Hearing, **kwargs: Any) -> None:
        self.shown = shown
        kept = {
            one.competence_id: one for one in shown.assessments.select_related("written_by__user")
        }
        own = findings_of_members(shown)
        agreed = {
            key: found[0] for key, found in own.items() if len({f.mastery for f in found}) == 1
        }
        super().__init__(*args, shown=shown, kept=agreed | kept, **kwargs)
        field(self, "seen").initial = now().isoformat()
        for one in self.competences:
            said = [f"{f.juror} : {f.mastery.label.lower()}" for f in own.get(one.pk, [])]
            written = kept.get(one.pk)
            if written and written.written_by:
                said.append(f"écrit ensemble par {written.written_by}")
            if said:
                grid = field(self, f"mastery_{one.pk}")
                grid.help_text = f"{grid.help_text} Constats : {' ; '.join(said)}."

    def seen_at(self) -> datetime | None:
        """Return when the page was drawn; None when the page does not say."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            return None

    def look_again(self) -> None:
        """Take what is written now as seen: the page is shown with it."""
        said = cast(QueryDict, self.data).copy()
        said["seen"] = now().isoformat()
        self.data = said


def findings_of_members(shown: Hearing) -> dict[int, list[OwnAssessment]]:
    """Return what each member found, by competence."""
    found: dict[int, list[OwnAssessment]] = {}
    for one in shown.own_assessments.select_related("juror__user").order_by("juror", "pk"):
        found.setdefault(one.competence_id, []).append(one)
    return found


#: The president's vote, as the form says it.
CASTING = {None: "", True: "oui", False: "non"}


class VotesForm(forms.Form):
    """The votes, bloc by bloc (R-062)."""

    def __init__(self, *args: Any, shown: Hearing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = {one.bloc_id: one for one in shown.votes.all()}
        found = assessments_in_words(shown)
        self.blocs = list(shown.attempt.blocs.order_by("position"))
        self.sitting = present_seats(shown).count()
        for bloc in self.blocs:
            vote = kept.get(bloc.pk)
            asked = {
                f"for_{bloc.pk}": forms.IntegerField(
                    label="Voix pour",
                    min_value=0,
                    initial=vote.votes_for if vote else None,
                    help_text=found.get(bloc.pk, "Aucune compétence n’est encore évaluée."),
                ),
                f"against_{bloc.pk}": forms.IntegerField(
                    label="Voix contre",
                    min_value=0,
                    initial=vote.votes_against if vote else None,
                ),
                f"president_{bloc.pk}": forms.ChoiceField(
                    label="Vote du président, s’il y a égalité",
                    required=False,
                    choices=[("", "Pas d’égalité"), ("oui", "Pour"), ("non", "Contre")],
                    initial=CASTING[vote.president_for] if vote else "",
                ),
                f"ground_{bloc.pk}": LongText(
                    label="Motif, si le bloc n’est pas acquis",
                    required=False,
                    help_text="Le motif porte sur le référentiel seulement.",
                    initial=vote.ground if vote else "",
                ),
            }
            self.fields.update(asked)
            mark_asked_by_law(self, f"president_{bloc.pk}", f"ground_{bloc.pk}")
            group(self, bloc.title, *asked)

    def clean(self) -> dict[str, Any]:
        """Check each bloc on entry: no more votes than members, the president's on a tie (R-062)."""
        said = super().clean() or {}
        for bloc in self.blocs:
            whole = {f"for_{bloc.pk}", f"against_{bloc.pk}"} <= said.keys()
            if whole and (refusal := vote_refused(self.vote(bloc), self.sitting)):
                tie = said[f"for_{bloc.pk}"] == said[f"against_{bloc.pk}"] != 0
                self.add_error(f"{'president' if tie else 'for'}_{bloc.pk}", refusal.cited)
        return said

    def vote(self, bloc: Bloc) -> BlocVote:
        """Return the votes on a bloc."""
        said = self.cleaned_data
        casting = said.get(f"president_{bloc.pk}", "")
        return BlocVote(
            bloc.code,
            said[f"for_{bloc.pk}"],
            said[f"against_{bloc.pk}"],
            next(kept for kept, word in CASTING.items() if word == casting),
            said.get(f"ground_{bloc.pk}", ""),
            bloc.title,
        )

    def votes(self) -> dict[Bloc, BlocVote]:
        """Return the votes."""
        return {bloc: self.vote(bloc) for bloc in self.blocs}


class AddendumForm(forms.Form):
    """A correction of signed minutes."""

    text = LongText(label="Additif au procès-verbal")
