"""Tells people of acts, as the table says: a notice in Jalon, and an e-mail without secrets."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jalon.journeys.models import Clock, JournalEntry, Journey
from jalon.law import lifecycle
from jalon.law.clocks import french
from jalon.law.results import notified_roles
from jalon.law.vocabulary import Accompaniment, Act, ClockKind, Role, Route, Stage
from jalon.mailbox.models import Notice
from jalon.now import now
from jalon.people.models import Membership, User


@app.task(
    name="mailbox.notify", queue="acts", retry=RetryStrategy(max_attempts=5, exponential_wait=10)
)
def notify(entry_id: int) -> int:
    """Tell everyone the table names for an act, each once; return how many were told now.

    An address that the mail server refuses keeps nobody else waiting: it is tried again later. Raises
    OSError when one could not be told.
    """
    entry = JournalEntry.objects.select_related(
        "journey__candidate", "journey__architect", "journey__certification"
    ).get(pk=entry_id)
    Notice.objects.bulk_create(
        [Notice(entry=entry, person=person, created_at=now()) for person in people(entry)],
        ignore_conflicts=True,
    )
    waiting = list(entry.notices.filter(sent_at__isnull=True).select_related("person"))
    due = nearest(entry.journey) if waiting else None
    failures = []
    for notice in waiting:
        try:
            message(entry, notice.person, due).send()
        except OSError as failure:
            failures.append(failure)
        else:
            Notice.objects.filter(pk=notice.pk).update(sent_at=now())
    if failures:
        raise failures[0]
    return len(waiting)


def people(entry: JournalEntry) -> list[User]:
    """Return whom the table names for an act; of the authors, only a candidate, who keeps a trace."""
    journey = entry.journey
    accompaniment = Accompaniment(journey.accompaniment)
    before = Stage(entry.stage_before) if entry.stage_before else None
    transition = lifecycle.transition_for(
        Act(entry.act), before, Route(journey.route), accompaniment
    )
    if transition is None:
        return []
    found: dict[int, User] = {}
    for role in notified_roles(transition.notifies, accompaniment):
        for person in holders(journey, role):
            found.setdefault(person.pk, person)
    if entry.author_id and entry.author_id != journey.candidate_id:
        found.pop(entry.author_id, None)
    return list(found.values())


def holders(journey: Journey, role: Role) -> Iterable[User]:
    """Return the people who hold a role towards a journey."""
    if role == Role.CANDIDATE:
        return [journey.candidate]
    if role == Role.ARCHITECT and journey.architect:
        return [journey.architect]
    organisation = {
        Role.ARCHITECT: journey.organisation_id,
        Role.HEAD: journey.organisation_id,
        Role.CERTIFIER: journey.certifier_id,
    }.get(role)
    if organisation is None:
        return []
    wanted = Role.HEAD if role == Role.ARCHITECT else role
    holding = Membership.objects.filter(
        organisation=organisation, role=wanted, ended_at__isnull=True, user__is_active=True
    )
    return [membership.user for membership in holding.select_related("user")]


def nearest(journey: Journey) -> Clock | None:
    """Return the clock of a journey that the law ends first, if one runs."""
    return journey.clocks.running().statutory().order_by("limit_on").first()


def message(entry: JournalEntry, person: User, due: Clock | None) -> EmailMessage:
    """Return the e-mail that tells a person of an act: no personal data in its subject.

    Somebody else may read a subject over the candidate's shoulder: it says neither what nor which.
    """
    journey = entry.journey
    mine = journey.candidate_id == person.pk
    about = "votre parcours" if mine else f"le parcours {journey.reference}"
    lines = [
        f"Bonjour {person.first_name},",
        f"Du nouveau sur {about} : {lifecycle.done(Act(entry.act))}.",
    ]
    if due:
        kind = ClockKind(due.kind).label
        lines.append(f"Prochaine échéance : {kind}, au plus tard le {french(due.limit_on)}.")
    address = f"{settings.SITE_ADDRESS}{reverse('dossiers:journey', args=[journey.pk])}"
    lines += [
        f"Pour le lire et savoir quoi faire, connectez-vous : {address}",
        "Ce message est envoyé par Jalon. Il ne contient aucun lien de connexion.",
    ]
    return EmailMessage(
        subject="Jalon : du nouveau sur votre parcours" if mine else "Jalon : un dossier avance",
        body="\n\n".join(lines) + "\n",
        to=[person.email],
    )
