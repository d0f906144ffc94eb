"""The papers of the time given: the attendance sheet of a workshop, the certificate of a journey (R-110)."""

from collections.abc import Iterator
from itertools import chain

from jalon.documents.generated.registry import Printed, prints
from jalon.documents.generated.words import civil_status, file_name, french_date, paper, watermark
from jalon.documents.pdf import (
    Block,
    Paper,
    attendance,
    boxes,
    heading,
    note,
    pairs,
    render,
    sign,
    table,
    text,
)
from jalon.journeys.models import JournalEntry
from jalon.law import signatures as law
from jalon.law.facts import AccompanimentAsked, AccompanimentEnded, ServiceCertified
from jalon.law.plurals import plural
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Act, DocumentKind, Event, SignedHow
from jalon.now import now, today
from jalon.people.models import Organisation
from jalon.support.attendance import Hours, Row, Sheet, sheets
from jalon.support.models import Workshop
from jalon.support.service import given_by

# ---------------------------------------------------------------- the certificate


@prints(Event.SERVICE_CERTIFIED)
def certificate(entry: JournalEntry) -> Iterator[Printed]:
    """The certificate that the team asked for, with the hours that were signed then."""
    yield of_service(entry, entry.facts_as(ServiceCertified))


@prints(Act.LEAVE_ACCOMPANIMENT, Act.END_ACCOMPANIMENT)
def certificate_at_the_end(entry: JournalEntry) -> Iterator[Printed]:
    """The certificate of who accompanied until then; none when nothing was signed."""
    return of_who_left(entry, entry.facts_as(AccompanimentEnded).left)


@prints(Act.ASK_ACCOMPANIMENT)
def certificate_before_another(entry: JournalEntry) -> Iterator[Printed]:
    """The certificate of who accompanied before another does; none when nothing was signed."""
    return of_who_left(entry, entry.facts_as(AccompanimentAsked).left)


def of_who_left(entry: JournalEntry, organisation: int | None) -> Iterator[Printed]:
    """Yield the certificate of who accompanies no more, with what was signed by then."""
    given = given_by(entry.journey, organisation, entry.at)
    if given:
        yield of_service(entry, given)


@enforces("R-110")
def of_service(entry: JournalEntry, given: ServiceCertified) -> Printed:
    """Return the certificate: who gave what to whom, from when to when, in decimal hours."""
    giver = Organisation.objects.get(pk=given.organisation)
    total = given.individual_signed + given.group_signed
    blocks = [
        text(
            f"{giver.name} certifie avoir accompagné, pour la validation de ses acquis\N{NO-BREAK SPACE}:"
        ),
        pairs(*civil_status(entry.journey)),
        heading("Nature de l’action"),
        boxes((True, "Action permettant de faire valider les acquis de l’expérience (VAE)")),
        heading("Période et durée"),
        pairs(
            ("Du", french_date(given.since)),
            ("Au", french_date(given.until)),
            ("Durée réalisée", law.in_hours(total)),
        ),
        table(
            ("Accompagnement", "Prévu", "Réalisé et signé"),
            *(
                (label, law.in_hours(planned), law.in_hours(signed))
                for label, planned, signed in (
                    ("Individuel", given.individual_planned, given.individual_signed),
                    ("Collectif", given.group_planned, given.group_signed),
                    ("Total", given.individual_planned + given.group_planned, total),
                )
            ),
        ),
        note(
            "Les heures comptées sont celles que la personne a signées. Elles sont additionnées à la minute, "
            "puis écrites en heures décimales, arrondies une seule fois."
        ),
        *([text(waiting_said(given.waiting))] if given.waiting else []),
        sign(signatory(entry, giver), french_date(entry.at)),
    ]
    title = "Certificat de réalisation"
    drawn = paper(entry, title, giver.name, [*identity(giver), *blocks])
    return Printed(DocumentKind.SERVICE, file_name(title, entry), drawn)


def identity(giver: Organisation) -> list[Block]:
    """Return who gives the service, as the register of companies knows them."""
    known = (("Organisme", giver.name), ("SIRET", giver.siret), ("Adresse", giver.address))
    return [pairs(*(one for one in known if one[1]))]


def waiting_said(count: int) -> str:
    """Return how much was not signed on the day of a certificate."""
    what = plural(count, "séances ne sont pas signées", "séance n’est pas signée")
    return f"À ce jour, {count} {what}\N{NO-BREAK SPACE}: elle{plural(count)} ne compte{plural(count, 'nt')} pas."


def signatory(entry: JournalEntry, giver: Organisation) -> str:
    """Return who signs for an organisation: who asked for the paper, unless that was the candidate."""
    author = entry.author
    if author is None or author.pk == entry.journey.candidate_id:
        return giver.name
    return f"{author.get_full_name()}, pour {giver.name}"


# ---------------------------------------------------------------- the attendance sheet


def attendance_sheet(workshop: Workshop) -> bytes:
    """Return the sheet of a workshop as a PDF: each half-day, who was there, how long, and how they signed."""
    days = workshop.half_days.select_related("workshop__site", "workshop__led_by")
    found = sheets(days.filter(starts_at__lte=now()))
    return render(
        Paper(
            title="Feuille d’émargement",
            subtitle=str(workshop),
            reference=f"Atelier {workshop.pk}",
            issuer=workshop.organisation.name,
            day=today(),
            watermark=shown_across(found),
            facts=(
                ("Thème", workshop.theme.label),
                ("Animé par", workshop.led_by.get_full_name()),
                ("Lieu", workshop.where),
                ("Éditée le", french_date(today())),
            ),
            blocks=tuple(chain.from_iterable(map(of_half_day, found))) + totals(found),
        )
    )


def shown_across(found: list[Sheet]) -> str:
    """Return what is written across a sheet of people whose blocs are those of a demonstration."""
    people = (row.journey for sheet in found for row in sheet.rows)
    return next(filter(None, map(watermark, people)), "")


def of_half_day(sheet: Sheet) -> list[Block]:
    """Return one half-day: its people, each with their hours and their signature, then who led it."""
    rows = [
        (row.journey.candidate.get_full_name(), there(row), *signature(row.hours))
        for row in sheet.rows
    ]
    leader = sheet.leader
    led = (
        f"{leader.person.get_full_name()} (animation)",
        law.on_paper(leader.minutes),
        *signature(leader),
    )
    return [
        heading(leader.when[:1].upper() + leader.when[1:]),
        attendance(("Nom", "Présence", "Signature"), *rows, led),
    ]


def there(row: Row) -> str:
    """Return whether somebody was there, and for how long."""
    if row.presence is None:
        return "Présence non notée"
    return law.on_paper(row.hours.minutes) if row.hours.minutes else row.presence.label


def signature(hours: Hours) -> tuple[str, str]:
    """Return a signature as it was drawn, and in words."""
    signed = hours.signature
    if signed is None:
        return "", "Non signé" if hours.minutes else "—"
    words = f"{signed.how.label} le {french_date(signed.signed_at)}"
    if signed.how == SignedHow.ALOUD:
        words = f"{words}, noté par {signed.noted_by.get_full_name()}"
        words += f"\N{NO-BREAK SPACE}: {signed.reason}" if signed.reason else ""
    return signed.strokes, words


def totals(found: list[Sheet]) -> tuple[Block, ...]:
    """Return the hours of each person, added up to the minute and rounded once, at the end."""
    names = {
        row.journey.pk: row.journey.candidate.get_full_name() for one in found for row in one.rows
    }
    counted = {
        pk: [row.hours.counted for one in found for row in one.rows if row.journey.pk == pk]
        for pk in names
    }
    every = [one for pieces in counted.values() for one in pieces]
    rows = [(name, said(counted[pk])) for pk, name in names.items()]
    lines = [*rows, ("Total de l’atelier", said(every))]
    return (
        heading("Heures signées"),
        table(("Nom", "Heures"), *lines),
        note("Les heures sont additionnées à la minute, puis arrondies une seule fois."),
    )


def said(pieces: list[law.Counted]) -> str:
    """Return the hours that are signed, as people say them and as a certificate writes them."""
    return law.on_paper(law.signed_minutes(pieces))
