"""Which procedure a certification opens, and who may register (R-001…R-012)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from jalon.law import calendar, stages
from jalon.law.case import Case, Sheet
from jalon.law.clocks import french
from jalon.law.dates import Opening
from jalon.law.facts import Facts, Registration
from jalon.law.rulebook import Refusal, enforces, value
from jalon.law.vocabulary import Accompaniment, ClockKind, Route, Scope


@dataclass(frozen=True)
class Routing:
    """What a certification opens on a day: a route or a refusal, why, and under which article.

    `opening` is the time of the portal that decides, if one does: the proof of the route.
    """

    route: Route | None
    refusal: Refusal | None
    why: str
    article: str
    opening: Opening | None = None


def opening_on(openings: Iterable[Opening], on: date) -> Opening | None:
    """Return the time during which the national portal takes registrations on this day, if any."""
    return next((opening for opening in openings if opening.holds(on)), None)


@enforces("R-001", "R-002", "R-003")
def route_for(sheet: Sheet, on: date) -> Routing:
    """Return which of the three cases a certification falls in on a day."""
    if refusal := outside_register(sheet) or sheet_over(sheet, on):
        return Routing(None, refusal, refusal.why, refusal.article)
    if opening := opening_on(sheet.openings, on):
        return Routing(
            Route.FRANCE_VAE,
            None,
            "Cette certification est ouverte sur le portail national France VAE (vae.gouv.fr). Vous "
            "déposez votre candidature ici, et vous vous inscrivez aussi sur ce portail : il vous "
            "donne un numéro, que vous noterez ici.",
            "Code du travail, R6412-2",
            opening,
        )
    return Routing(
        Route.LAW_2002,
        None,
        "Cette certification n’est pas encore ouverte sur le portail national France VAE. Vous suivez "
        "le parcours classique (loi de 2002) : votre candidature se dépose ici, et nulle part ailleurs.",
        "Code du travail, note sous R6412-1",
    )


def outside_register(sheet: Sheet) -> Refusal | None:
    """Refuse a certification absent from the national register."""
    if sheet.in_rncp:
        return None
    return Refusal(
        "R-003",
        "Cette certification n’est pas inscrite au répertoire national (RNCP) : "
        "elle ne peut pas être obtenue par la VAE. Choisissez-en une autre.",
    )


@enforces("R-011")
def sheet_over(sheet: Sheet, on: date) -> Refusal | None:
    """Refuse a new journey on a sheet whose registration is over."""
    if sheet.active and (sheet.ends_on is None or on <= sheet.ends_on):
        return None
    return Refusal(
        "R-011",
        "L’enregistrement de cette certification est terminé : aucun nouveau parcours ne peut "
        "commencer. Regardez si une autre certification la remplace.",
    )


def nobody_certifies() -> Refusal:
    """Return the refusal of a certification whose certifier is not known here."""
    return Refusal(
        "R-001",
        "Le certificateur de cette certification n’est pas encore connu ici : le dépôt de "
        "candidature n’est pas encore ouvert. Contactez-nous.",
    )


@enforces("R-011")
def sheet_ended(case: Case, on: date) -> bool:
    """Say whether the registration was over on a day, without a word of the certifier on what follows.

    Who is admissible already goes on (L6113-9 al. 2): only what comes before is stopped.
    """
    return sheet_over(case.sheet, on) is not None and not case.sheet_statement


@enforces("R-011")
def sheet_in_force(case: Case, facts: Facts) -> Refusal | None:
    """Nothing is deposited nor admitted on a certification whose registration is over."""
    return _ended(case) if sheet_ended(case, case.today) else None


@enforces("R-011")
def sheet_in_force_at_the_limit(case: Case, facts: Facts) -> Refusal | None:
    """Silence admits nobody to a certification that was over before the delay was."""
    clock = case.clock(ClockKind.DECISION)
    return _ended(case) if clock and sheet_ended(case, clock.limit_on) else None


def _ended(case: Case) -> Refusal:
    since = f" le {french(case.sheet.ends_on)}" if case.sheet.ends_on else ""
    return Refusal(
        "R-011",
        f"L’enregistrement de cette certification a pris fin{since} : le certificateur doit d’abord "
        "écrire qu’elle continue, ou quelle certification la remplace.",
    )


@enforces("R-011")
def ends_soon(sheet: Sheet, on: date) -> bool:
    """Say whether a registration ends within the days of the alert."""
    days = value("R-011", "alert_days", on)
    return sheet.ends_on is not None and on <= sheet.ends_on <= on + timedelta(days=days)


@enforces("R-011")
def sheet_ending_warning(case: Case) -> Refusal | None:
    """Warn, while nothing is decided, that the registration ends soon, or has ended."""
    if case.stage not in stages.UNDECIDED or case.sheet_statement:
        return None
    if sheet_ended(case, case.today):
        return _ended(case)
    if case.sheet.ends_on is None or not ends_soon(case.sheet, case.today):
        return None
    return Refusal(
        "R-011",
        f"L’enregistrement de cette certification prend fin le {french(case.sheet.ends_on)}. Il faut "
        "que la demande soit acceptée avant, sauf si le certificateur écrit que la certification "
        "continue, ou qu’une autre la remplace.",
    )


@enforces("R-011")
def sheet_is_ending(case: Case) -> Refusal | None:
    """The certifier says what follows when the registration ends soon, or has ended, and once."""
    if case.sheet_statement:
        return Refusal("R-011", "Vous avez déjà écrit ce que devient cette certification.")
    if sheet_ended(case, case.today) or ends_soon(case.sheet, case.today):
        return None
    return Refusal("R-011", "L’enregistrement de cette certification ne prend pas fin bientôt.")


@enforces("R-131")
def shortening(was: Sheet, now: Sheet) -> str:
    """Return in words how the register stopped a sheet or brought a last day forward; nothing if not.

    A sheet whose last delivery is not published is delivered until its registration ends.
    """
    said = ["elle n’est plus active"] if was.active and not now.active else []
    for what, before, after in (
        ("l’enregistrement prend fin", was.ends_on, now.ends_on),
        ("la délivrance s’arrête", was.deliverable_until or was.ends_on, now.deliverable_until),
    ):
        if after and (before is None or after < before):
            instead = f" au lieu du {french(before)}" if before else ""
            said.append(f"{what} le {french(after)}{instead}")
    return ", ".join(said)


@enforces("R-131")
def sheet_shortened_warning(case: Case) -> Refusal | None:
    """Warn while a sheet is shorter than when the journey relied on it, and nobody said what follows."""
    if case.sheet_was is None or case.sheet_statement:
        return None
    said = shortening(case.sheet_was, case.sheet)
    if not said:
        return None
    return Refusal(
        "R-131",
        f"Le répertoire national a changé cette fiche : {said}. C’est au certificateur de dire si "
        "le parcours peut aller au bout. Prévenez le candidat.",
    )


@enforces("R-010")
def consent_given(case: Case, facts: Registration) -> Refusal | None:
    """Nothing starts without the person's written agreement; blocs left out are told with it."""
    if facts.consent:
        return None
    why = "Cochez votre accord : rien ne commence sans lui."
    if facts.scope == Scope.WHOLE or facts.blocs:
        return Refusal("R-010", why, fields=("consent",))
    return Refusal(
        "R-010", f"{why} Choisissez aussi au moins un bloc.", fields=("blocs", "consent")
    )


@enforces("R-003")
def registered_in_rncp(case: Case, facts: Registration) -> Refusal | None:
    """The target is in the national register."""
    return outside_register(case.sheet)


@enforces("R-011")
def sheet_still_valid(case: Case, facts: Registration) -> Refusal | None:
    """The sheet is in force on the day of registration (R-011)."""
    return sheet_over(case.sheet, case.today)


@enforces("R-001", "R-002")
def route_matches_sheet(case: Case, facts: Registration) -> Refusal | None:
    """The route is the one that the certification opens on that day."""
    expected = route_for(case.sheet, case.today)
    if expected.route is None or facts.route == expected.route:
        return None
    return Refusal("R-002" if expected.route == Route.FRANCE_VAE else "R-001", expected.why)


@enforces("R-004", "R-132")
def target_belongs_to_sheet(case: Case, facts: Registration) -> Refusal | None:
    """The target is the whole certification, or one or several of its own blocs."""
    if facts.scope == Scope.WHOLE:
        return None
    if facts.blocs and set(facts.blocs) <= case.all_blocs:
        return None
    return Refusal(
        "R-004", "Choisissez au moins un bloc de cette certification.", fields=("blocs",)
    )


@enforces("R-005")
def not_in_initial_training(case: Case, facts: Registration) -> Refusal | None:
    """A person in initial training for the same certification does not register on the portal's route.

    The 2002 route is outside R6412-2 al. 1 (note under R6412-1): no text read refuses it there.
    """
    refused = facts.in_initial_training and facts.route == Route.FRANCE_VAE
    return in_training() if refused else None


def in_training() -> Refusal:
    """Return the refusal of a certification that the person prepares at school."""
    return Refusal(
        "R-005",
        "Vous préparez déjà cette certification en formation initiale : la VAE n’est pas ouverte "
        "pour la même certification. Choisissez-en une autre.",
    )


@enforces("R-001")
def one_open_journey(case: Case, facts: Registration) -> Refusal | None:
    """Starting anew finds the one journey that is open."""
    if not facts.open_journeys_on_certification:
        return None
    return Refusal(
        "R-001", "Vous avez déjà un parcours ouvert pour cette certification : reprenez-le."
    )


@enforces("R-001")
def no_other_open_journey(case: Case, facts: Facts) -> Refusal | None:
    """What had ended does not live again beside another open journey on the same certification."""
    if not case.open_elsewhere:
        return None
    return Refusal(
        "R-001",
        "Un autre parcours est déjà ouvert pour cette certification : arrêtez-le d’abord, ou "
        "continuez celui-là.",
    )


@enforces("R-007")
def may_serve(route: Route, qualiopi_until: date | None, closed_on: date | None, on: date) -> bool:
    """Say whether an organisation may take somebody in charge that day.

    It is open and, on the portal's route, Qualiopi certified.
    """
    if closed_on and closed_on <= on:
        return False
    return route != Route.FRANCE_VAE or bool(qualiopi_until and on <= qualiopi_until)


@enforces("R-006", "R-007")
def accompanied_by_someone(accompaniment: Accompaniment, *, chosen: bool) -> Refusal | None:
    """Whoever wants to be accompanied says by whom; whoever goes alone needs nobody."""
    if chosen or accompaniment == Accompaniment.ALONE:
        return None
    why = "Choisissez l’organisme qui vous accompagne, ou avancez en autonomie."
    return Refusal("R-006", why, fields=("organisation",))


@enforces("R-006", "R-007")
def organisation_can_serve(case: Case, facts: Registration) -> Refusal | None:
    """Nobody registers with an organisation that could not take them in charge."""
    if facts.accompaniment == Accompaniment.ALONE or serves(case):
        return None
    return Refusal(
        "R-007",
        "Cet organisme ne peut prendre personne en charge aujourd’hui. Choisissez-en un autre, "
        "ou avancez en autonomie.",
    )


@enforces("R-007")
def serves(case: Case) -> bool:
    """Say whether the organisation of a journey could take it in charge today."""
    return may_serve(case.route, case.qualiopi_until, case.organisation_closed_on, case.today)


@enforces("R-073")
def not_obtained_already(case: Case, facts: Registration) -> Refusal | None:
    """Nobody registers for what they hold: there would be nothing to write, and nothing to judge."""
    if not case.missing_blocs:
        return Refusal(
            "R-073",
            "Vous avez déjà obtenu ce que vous choisissez : demandez vos documents au certificateur, "
            "ou choisissez autre chose.",
        )
    if facts.scope == Scope.BLOCS and case.acquired_blocs & case.targeted_blocs:
        held = ", ".join(sorted(case.acquired_blocs & case.targeted_blocs))
        return Refusal("R-073", f"Vous avez déjà obtenu {held} : choisissez les autres blocs.")
    return None


@enforces("R-007")
def qualiopi_valid(case: Case, facts: Facts) -> Refusal | None:
    """On the portal's route, the accompanying organisation is certified on the day it takes charge."""
    if serves(case):
        return None
    return Refusal(
        "R-007",
        "La certification Qualiopi de votre organisme n’est pas valable aujourd’hui : "
        "mettez-la à jour avant de prendre en charge un candidat.",
    )


@enforces("R-012")
def forecast_jury_on(case: Case) -> date:
    """Return when to expect the jury: its date, else the one planned, else the law's, else the usual one.

    The usual one is that of a path begun the day of the registration; once it is past, it is today.
    """
    planned = [due_on for title, due_on in case.planned if "jury" in title.casefold()]
    waited_for = case.clock(ClockKind.HEARING)
    known = (
        case.hearing_on,
        max((due_on for due_on in planned if due_on >= case.today), default=None),
        waited_for.target_on if waited_for else None,
    )
    usual = dict(calendar.suggested(case.registered_on or case.today))[calendar.JURY]
    return next((day for day in known if day), max(usual, case.today))


@enforces("R-012")
def delivery_warning(sheet: Sheet, forecast_jury_on: date) -> Refusal | None:
    """Warn when the certification can no longer be delivered on the forecast jury date."""
    last = sheet.deliverable_until or sheet.ends_on
    if last is None or forecast_jury_on <= last:
        return None
    return Refusal(
        "R-012",
        f"Cette certification n’est plus délivrée après le {french(last)}, et le jury est attendu vers "
        f"le {french(forecast_jury_on)}. C’est au certificateur de dire ce qui reste possible.",
    )
