"""What accompaniment holds about a person, for a copy or to be erased (R-122)."""

from typing import Any

from django.db.models import Prefetch, Q

from jalon.journeys.rights import Erasing, deleted, erases, row, tells
from jalon.people.models import CoverPeriod, User
from jalon.support.models import (
    Absence,
    AttendanceEntry,
    AttendanceSignature,
    Booking,
    BroughtAnswer,
    EarlierWish,
    EmployerRead,
    Enrolment,
    GroupMember,
    Immersion,
    JoinedFile,
    Meeting,
    Milestone,
    MockFinding,
    MockGrid,
    OpeningHours,
    PlannedAction,
    Quote,
    ReportCorrection,
    SigningCode,
    Survey,
    TeamNote,
    ThreadMessage,
    Training,
)


@tells("accompagnement")
def accompaniment(person: User) -> Any:
    """Return the meetings with their reports, the calendar, the plan and the trainings proposed."""
    return {
        "rendez_vous": [
            row(one, "held_by")
            | {"corrections": [row(later, "author") for later in one.corrections.all()]}
            for one in of(Meeting, person, "held_by").prefetch_related("corrections__author")
        ],
        "rendez_vous_pris": [
            row(one, "architect", "site") for one in of(Booking, person, "architect", "site")
        ],
        "demandes_de_rendez_vous_plus_tot": [
            row(one) | {"heures_proposees": [row(kept, "architect") for kept in one.offers.all()]}
            for one in of(EarlierWish, person).prefetch_related("offers__architect")
        ],
        "calendrier": [row(one) for one in of(Milestone, person)],
        "actions_prevues": [row(one) for one in of(PlannedAction, person)],
        "formations": [
            row(one) | {"devis": [row(quote) for quote in Quote.objects.filter(training=one)]}
            for one in of(Training, person)
        ],
        "immersions": [row(one) for one in of(Immersion, person)],
    }


@tells("ateliers")
def workshops(person: User) -> Any:
    """Return the workshops in which the person has or had a seat, and each half-day as it was noted."""
    noted = AttendanceEntry.objects.select_related("half_day", "noted_by")
    return [
        row(one, "workshop")
        | {
            "presences": [
                row(entry, "half_day", "noted_by") for entry in noted.filter(enrolment=one)
            ]
        }
        for one in of(Enrolment, person, "workshop")
    ]


@tells("reponses_rapportees_de_visites")
def brought_answers(person: User) -> Any:
    """Return what was noted of the person away from the network, as devices brought it back."""
    return [row(one) for one in of(BroughtAnswer, person).order_by("at", "pk")]


@tells("groupes_d_entreprise")
def company_groups(person: User) -> Any:
    """Return the groups of companies that the person is in, and what each may read of them."""
    found = GroupMember.objects.filter(journey__candidate=person).select_related("group")
    return [
        row(one, "group") | {"accords": [row(agreed) for agreed in one.agreements.all()]}
        for one in found.prefetch_related("agreements")
    ]


@tells("lectures_par_mon_entreprise")
def employer_reads(person: User) -> Any:
    """Return each reading by a company: who, when, and what was shown."""
    found = EmployerRead.objects.filter(journey__candidate=person)
    return [row(one, "contact") for one in found.select_related("contact__group")]


@tells("signatures de présence")
def signatures(person: User) -> Any:
    """Return each signature that the person gave, its drawing included, as a candidate or as who led."""
    given = AttendanceSignature.objects.filter(person=person)
    named = ("half_day", "meeting", "noted_by")
    return [row(one, *named) for one in given.select_related(*named, "half_day__workshop__site")]


@tells("avis_demandes")
def surveys(person: User) -> Any:
    """Return that the person was asked for an opinion, and whether they gave one: nothing ties them to what they said."""
    return [row(one, "organisation") for one in of(Survey, person, "organisation")]


@tells("notes_de_l_equipe")
def team_notes(person: User) -> Any:
    """Return what teams noted of the person for themselves: they may ask what is written of them."""
    return [
        row(one, "author", "organisation") for one in of(TeamNote, person, "author", "organisation")
    ]


@tells("messages")
def messages(person: User) -> Any:
    """Return what the person and who accompanied them wrote to one another, with the names of what was joined."""
    named = ("author", "acted_for", "read_by")
    joined = Prefetch("joined", JoinedFile.objects.select_related("document"))
    return [
        row(one, *named) | {"pieces_jointes": [str(each) for each in one.joined.all()]}
        for one in of(ThreadMessage, person, *named).prefetch_related(joined)
    ]


@tells("agenda d’accompagnateur")
def agenda(person: User) -> Any:
    """Return the hours, absences and replacements of somebody who accompanies."""
    opened = OpeningHours.objects.filter(architect=person)
    replaced = CoverPeriod.objects.filter(Q(absent=person) | Q(cover=person))
    named = ("absent", "cover", "named_by")
    return {
        "plages": [row(one) for one in opened],
        "absences": [row(one) for one in Absence.objects.filter(architect=person)],
        "remplacements": [row(one, *named) for one in replaced.select_related(*named)],
    }


@tells("entrainements_au_jury")
def rehearsals(person: User) -> Any:
    """Return the mock grids written about the person, shared or not: they may ask what is written of them."""
    found = MockFinding.objects.select_related("competence").order_by("competence_id")
    return [
        row(one, "written_by")
        | {"constats": [row(finding, "competence") for finding in found.filter(grid=one)]}
        for one in of(MockGrid, person, "written_by")
    ]


def of(model: Any, person: User, *related: str) -> Any:
    """Return the rows of a table that hang from the journeys of a person."""
    return model.objects.filter(journey__candidate=person).select_related(*related)


@erases("comptes rendus de rendez-vous")
def erase_reports(erasing: Erasing) -> int:
    """The day and the length of a meeting prove the service given; what was said in it goes."""
    ReportCorrection.objects.filter(meeting__journey=erasing.journey).delete()
    return Meeting.objects.filter(journey=erasing.journey).exclude(report={}).update(report={})


@erases("appartenances à un groupe d’entreprise")
def erase_membership(erasing: Erasing) -> int:
    """For which company the person came, and what it might read."""
    return deleted(GroupMember.objects.filter(journey=erasing.journey))


@erases("avis demandés")
def erase_surveys(erasing: Erasing) -> int:
    """That an opinion was asked for; the answers have no name."""
    return deleted(Survey.objects.filter(journey=erasing.journey))


@erases("lectures par l’entreprise")
def erase_employer_reads(erasing: Erasing) -> int:
    """Who looked matters as long as there is something to look at."""
    return deleted(EmployerRead.objects.filter(journey=erasing.journey))


@erases("notes de l’équipe")
def erase_team_notes(erasing: Erasing) -> int:
    """What a team noted for itself."""
    return deleted(TeamNote.objects.filter(journey=erasing.journey))


@erases("messages")
def erase_messages(erasing: Erasing) -> int:
    """What the person and who accompanied them wrote to one another; what was joined goes with the documents."""
    return deleted(ThreadMessage.objects.filter(journey=erasing.journey))


@erases("grilles d’entraînement au jury")
def erase_mock_grids(erasing: Erasing) -> int:
    """What was found of the person at a rehearsal; that it was held, and for how long, stays with the meeting."""
    return deleted(MockGrid.objects.filter(journey=erasing.journey))


@erases("dates, actions, formations et immersions prévues")
def erase_plans(erasing: Erasing) -> int:
    """What was planned for the person."""
    return sum(
        deleted(model.objects.filter(journey=erasing.journey))
        for model in (Milestone, PlannedAction, Training, Immersion)
    )


@erases("motifs et liens de rendez-vous pris")
def erase_bookings(erasing: Erasing) -> int:
    """When people met, and whether they came, stays; why one was cancelled, and where to join it, goes."""
    said = Booking.objects.filter(journey=erasing.journey).exclude(reason="", link="")
    return said.update(reason="", link="")


@erases("demandes de rendez-vous plus tôt")
def erase_wishes(erasing: Erasing) -> int:
    """Which sooner hours the person would have taken, and those that were kept for them."""
    return deleted(EarlierWish.objects.filter(journey=erasing.journey))


@erases("réponses rapportées de visites")
def erase_brought(erasing: Erasing) -> int:
    """What came back twice matters as long as something may come back; what was noted stays."""
    return deleted(BroughtAnswer.objects.filter(journey=erasing.journey))


@erases("tracés et raisons de signatures")
def erase_drawings(erasing: Erasing) -> int:
    """That hours were signed, and when, proves the service given; the hand that drew goes."""
    SigningCode.objects.filter(journey=erasing.journey).delete()
    given = AttendanceSignature.objects.filter(journey=erasing.journey)
    return given.exclude(strokes="", reason="").update(strokes="", reason="")
