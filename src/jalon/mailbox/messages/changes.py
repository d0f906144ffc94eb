"""What tells people that who accompanies changed: the organisation that is left, and the candidate."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from jalon.catalogue.models import Certification
from jalon.juries.models import Hearing
from jalon.law.clocks import french
from jalon.law.facts import (
    AccompanimentAsked,
    AccompanimentEnded,
    EndProposal,
    Reassignment,
    TargetChange,
    Transfer,
)
from jalon.law.vocabulary import Act, Role, Scope
from jalon.mailbox import recipients
from jalon.mailbox.messages import EntryMessage, message
from jalon.mailbox.models import Category
from jalon.people.models import User


@message(Act.END_ACCOMPANIMENT)
class AccompanimentOver(EntryMessage):
    """The organisation ends its accompaniment: the candidate goes on, alone or with another (R-006)."""

    name = "accompaniment_over"
    category = Category.DECISIONS
    roles = frozenset({Role.CANDIDATE})

    def context(self, person: User) -> dict[str, Any]:
        """Return why, and where another organisation is asked."""
        ask = reverse("dossiers:act", args=[self.journey.pk, Act.ASK_ACCOMPANIMENT.value])
        ended = self.entry.facts_as(AccompanimentEnded)
        return super().context(person) | {"why": ended.reason, "ask": settings.SITE_ADDRESS + ask}


@message(Act.LEAVE_ACCOMPANIMENT, Act.ASK_ACCOMPANIMENT)
class FileLeft(EntryMessage):
    """A candidate went on without the organisation, or with another: who accompanied is told."""

    name = "file_left"
    category = Category.PROGRESS

    def recipients(self) -> list[User]:
        """Return who accompanied, or whoever answers for them there."""
        left = self.entry.facts_as(self.kind)
        return recipients.accompanists_of(left.left, left.architect)

    @property
    def kind(self) -> type[AccompanimentAsked] | type[AccompanimentEnded]:
        """Return the kind of facts that this act keeps."""
        asked = self.entry.word == Act.ASK_ACCOMPANIMENT
        return AccompanimentAsked if asked else AccompanimentEnded

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Le parcours {self.journey.reference} continue sans votre organisme"

    def path(self) -> str:
        """Return the caseload: the file is no longer theirs to open."""
        return reverse("architect:caseload")


@message(Act.REASSIGN)
class FileHandedOn(EntryMessage):
    """A file is no longer theirs: who had it is told, if they still work there."""

    name = "file_handed_on"
    category = Category.PROGRESS

    def recipients(self) -> list[User]:
        """Return who had the file."""
        before = self.entry.facts_as(Reassignment).before
        found = recipients.still_there(self.journey.organisation_id, before)
        return [person for person in found if person.pk != self.entry.author_id]

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Le parcours {self.journey.reference} est confié à un collègue"


@message(Act.TRANSFER)
class FileTransferred(EntryMessage):
    """Another certifier has the file: the candidate is told by whom, why, and that nothing else changes."""

    name = "file_transferred"
    category = Category.DECISIONS
    roles = frozenset({Role.CANDIDATE})

    def context(self, person: User) -> dict[str, Any]:
        """Return why, and who had the file."""
        said = self.entry.facts_as(Transfer)
        return super().context(person) | {"why": said.reason, "before": said.before_name}


@message(Act.TRANSFER)
class FileGone(EntryMessage):
    """A certifier no longer has a file: those who work there are told to whom it went."""

    name = "file_gone"
    category = Category.PROGRESS

    def recipients(self) -> list[User]:
        """Return those who act for the certifier that had it, without the author."""
        before = self.entry.facts_as(Transfer).before
        there = recipients.members(Q(role=Role.CERTIFIER, organisation=before))
        return [person for person in there if person.pk != self.entry.author_id]

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Le parcours {self.journey.reference} est transféré à un autre certificateur"

    def path(self) -> str:
        """Return the inbox: the file is no longer theirs to open."""
        return reverse("certifier:inbox")

    def context(self, person: User) -> dict[str, Any]:
        """Return to whom it went, and why."""
        said = self.entry.facts_as(Transfer)
        return super().context(person) | {"why": said.reason, "receiver": said.name}


@message(Act.CHANGE_TARGET)
class TargetChanged(EntryMessage):
    """The target changed: what stays, and what is to be done again (R-004)."""

    name = "target_changed"
    category = Category.PROGRESS
    guides = True

    def context(self, person: User) -> dict[str, Any]:
        """Return what was aimed at before and is now, and whether a path was undone."""
        undone = self.entry.stage_before != self.entry.stage_after
        return super().context(person) | {"undone": undone, "before": self.before()}

    def before(self) -> str:
        """Return what was aimed at until then: a title, and its blocs unless all were."""
        said = self.entry.facts_as(TargetChange)
        was = Certification.objects.get(code=said.was)
        aimed = was.every_bloc.filter(code__in=said.was_blocs).order_by("position")
        titles = list(dict.fromkeys(aimed.values_list("title", flat=True)))
        whole = len(set(said.was_blocs)) >= was.blocs.count()
        return f"{was.title}, {Scope.WHOLE.label.lower() if whole else ', '.join(titles)}"


@message(Act.PROPOSE_END)
class EndProposed(EntryMessage):
    """An architect proposes to stop, or another project: the candidate decides (L6421-1)."""

    name = "end_proposed"
    category = Category.DECISIONS
    roles = frozenset({Role.CANDIDATE})

    def still_true(self) -> bool:
        """Say whether the candidate has not answered yet."""
        return bool(self.journey.end_proposed)

    def context(self, person: User) -> dict[str, Any]:
        """Return what is proposed, and why."""
        said = self.entry.facts_as(EndProposal)
        return super().context(person) | {"end": said.end.label, "why": said.reason}


@message(Act.DROP_OUT)
class HearingGivenUp(EntryMessage):
    """A candidate called before a jury stops: its members are not to wait for them."""

    name = "hearing_given_up"
    category = Category.DECISIONS
    roles = frozenset({Role.JUROR})

    def title(self) -> str:
        """Return what the page of notices says."""
        return "Une personne ne se présentera pas au jury"

    def path(self) -> str:
        """Return the page of the sessions a juror sits in."""
        return reverse("juror:home")

    def context(self, person: User) -> dict[str, Any]:
        """Return the day of the session."""
        called = Hearing.objects.filter(attempt__journey=self.journey).order_by("pk").last()
        return super().context(person) | {"on": french(called.session.held_on) if called else ""}
