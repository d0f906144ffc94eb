"""Who may judge, how they decide, and what may come out of it (R-052…R-077)."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from jalon.law.case import Case
from jalon.law.clocks import add_months, end_of_nth_month, french, french_hour
from jalon.law.facts import (
    Absence,
    BlocVote,
    Convening,
    Deliberation,
    Member,
    PanelRules,
    Postponement,
)
from jalon.law.plurals import counted
from jalon.law.rulebook import Refusal, enforces, value
from jalon.law.settings import Settings
from jalon.law.vocabulary import (
    Act,
    College,
    Gender,
    Outcome,
    PanelRole,
    PostponedBy,
    Route,
    SessionMode,
    Setting,
)

#: Words that speak of something other than the référentiel (R-075).
OUTSIDE_REFERENTIAL = (
    "motivation",
    "motive",
    "projet professionnel",
    "personnalite",
    "age",
    "plus-value",
    "plus value",
    "merite",
    "presentation physique",
    "utilite du diplome",
)

#: What calls a candidate before a jury, and what says that they were not heard.
CALLED_OR_MISSED = (Act.SCHEDULE_HEARING, Act.NOTE_SUMMONS, Act.RECORD_ABSENCE)

#: What says what a jury gave: its minutes, or what somebody wrote down of a jury held elsewhere.
GIVES_A_RESULT = (Act.RECORD_DELIBERATION, Act.NOTE_RESULT)

#: What calls a candidate before a jury, and what confirms that they know it.
CALLED_OR_TOLD = (Act.SCHEDULE_HEARING, Act.NOTE_SUMMONS, Act.CONFIRM_TOLD)

Panelled = Convening | Deliberation

# ---------------------------------------------------------------- the date and the summons


@enforces("R-056")
def session_ahead(case: Case, facts: Convening) -> Refusal | None:
    """One is called before a jury to come (R-056)."""
    if facts.held_on >= case.today:
        return None
    return Refusal("R-056", "Choisissez une session à venir.")


@enforces("R-056")
def session_to_come(held_on: date, today: date, *, cancelled: bool) -> Refusal | None:
    """A session is filled, changed and answered until its day is over, unless it was cancelled."""
    if cancelled:
        return Refusal("R-056", "Cette session est annulée.")
    if held_on < today:
        return Refusal("R-056", f"Cette session a eu lieu le {french(held_on)}.")
    return None


@enforces("R-052", "R-053", "R-054")
def within_three_months(case: Case, facts: Convening) -> Refusal | None:
    """On the portal's route the jury sits by the end of the third month after the last deposit.

    A later date needs a recorded reason. On the 2002 route the certifier's own delay applies, if it
    settled one.
    """
    if case.validation.sent_on is None:
        return None
    if case.route == Route.LAW_2002:
        return within_the_certifiers_delay(case, facts)
    limit = end_of_nth_month(case.validation.sent_on, value("R-052", "months", case.anchors))
    if facts.held_on <= limit or facts.late_reason.strip():
        return None
    return Refusal(
        "R-052",
        f"Le jury doit se tenir au plus tard le {french(limit)}. Choisissez une session plus "
        "proche, ou écrivez pourquoi ce n’est pas possible.",
    )


@enforces("R-053")
def settled_limit(settings: Settings, route: Route, deposited_on: date | None) -> date | None:
    """Return by when the jury sits on the 2002 route, as the certifier settled it; None while it did not.

    The value is the one in force on the day of the deposit: a later one changes nothing of it.
    """
    if route != Route.LAW_2002 or deposited_on is None:
        return None
    months = settings.value(Setting.JURY_DELAY, deposited_on)
    return add_months(deposited_on, months) if months else None


@enforces("R-053")
def within_the_certifiers_delay(case: Case, facts: Convening) -> Refusal | None:
    """On the 2002 route the jury sits within the months that the certifier settled, if it did."""
    limit = settled_limit(case.settings, case.route, case.validation.sent_on)
    if limit is None:
        return None
    if facts.held_on <= limit or facts.late_reason.strip():
        return None
    return Refusal(
        "R-053",
        f"Selon vos réglages, le jury se tient au plus tard le {french(limit)}. Choisissez une "
        "session plus proche, ou écrivez pourquoi ce n’est pas possible.",
    )


@enforces("R-056")
def notice_given(case: Case, facts: Convening) -> Refusal | None:
    """A candidate knows their day long enough before, or the summons says why not."""
    days = value("R-056", "days", case.anchors)
    if facts.held_on - case.today >= timedelta(days=days):
        return None
    if facts.short_notice_reason.strip():
        return None
    return Refusal(
        "R-056",
        f"Le passage est dans moins de {days} jours : choisissez une session plus lointaine, "
        "ou écrivez pourquoi le candidat est prévenu si tard (son accord, par exemple).",
    )


@enforces("R-056")
def summons_complete(case: Case, facts: Convening) -> Refusal | None:
    """A summons says when, where, how, how long, with what, and whom to ask for an adjustment."""
    where = facts.link if facts.mode == SessionMode.REMOTE else facts.place
    wanted = [
        (facts.starts_at is not None, "l’heure"),
        (bool(where.strip()), "le lieu ou le lien"),
        (facts.minutes > 0, "la durée"),
        (bool(facts.documents.strip()), "les documents à apporter"),
        (bool(facts.accessibility_contact.strip()), "la personne à qui demander un aménagement"),
    ]
    missing = [what for there, what in wanted if not there]
    if not missing:
        return None
    return Refusal("R-056", f"Complétez la convocation : {', '.join(missing)}.")


@enforces("R-069")
def late_summons_warning(member: Member, held_on: date) -> Refusal | None:
    """Warn when a union member is called less than eight civil days before."""
    if member.college != College.EMPLOYEES or not member.union or member.summoned_on is None:
        return None
    if held_on - member.summoned_on >= timedelta(days=value("R-069", "days", held_on)):
        return None
    return Refusal(
        "R-069",
        f"{member.name} est {agreed(member.gender, 'convoqué')} moins de huit jours avant la "
        "session : son employeur peut refuser l’absence.",
    )


def hearing_to_come(case: Case) -> bool:
    """Say whether the day of the hearing is not over, or not known."""
    return case.hearing_on is None or case.today <= case.hearing_on


@enforces("R-057")
def candidate_told(case: Case) -> bool:
    """Say whether the architect confirmed that the candidate knows the date set last."""
    return case.told_of_hearing


def agreed_role(gender: Gender, role: PanelRole) -> str:
    """Return the role of a member as it is said of them."""
    word = role.label.lower()
    return agreed(gender, word) if role == PanelRole.PRESIDENT else word


def agreed(gender: Gender, word: str) -> str:
    """Return a word in the masculine as it is said of a person: « convoqué », « convoquée »."""
    return f"{word}e" if gender == Gender.WOMAN else word


# ---------------------------------------------------------------- the panel


def present_members(facts: Panelled) -> tuple[Member, ...]:
    """Return who counts: those called for a summons, those present for a deliberation."""
    if isinstance(facts, Convening):
        return facts.panel
    return tuple(member for member in facts.panel if member.present)


@enforces("R-056")
def hour_free(taken: Iterable[tuple[time, int]], starts_at: time, minutes: int) -> Refusal | None:
    """A panel hears one candidate at a time: the hour on the summons is theirs, for its whole length.

    `taken` holds the start and the length in minutes of each hearing of the session.
    """
    end = _after(starts_at, minutes)
    for start, length in taken:
        other_end = _after(start, length)
        if start < end and starts_at < other_end:
            return Refusal(
                "R-056",
                f"Le jury entend déjà quelqu’un de {french_hour(start)} à {french_hour(other_end)} : "
                "choisissez une autre heure.",
            )
    return None


@enforces("R-056")
def within_session(starts: time, ends: time, starts_at: time) -> Refusal | None:
    """A candidate is heard while the panel sits."""
    if starts <= starts_at < ends:
        return None
    return Refusal(
        "R-056",
        f"La session a lieu de {french_hour(starts)} à {french_hour(ends)} : choisissez une heure "
        "pendant la session.",
    )


@enforces("R-056")
def members_free(
    elsewhere: Iterable[tuple[time, int, str]], starts_at: time, minutes: int
) -> Refusal | None:
    """Nobody sits in two juries at the same hour.

    `elsewhere` holds the start, the length in minutes and the member of each other hearing that day.
    """
    end = _after(starts_at, minutes)
    for start, length, name in elsewhere:
        if start < end and starts_at < _after(start, length):
            return Refusal(
                "R-056",
                f"{name} siège dans un autre jury ce jour-là à {french_hour(start)} : choisissez une "
                "autre heure, ou remplacez ce membre.",
            )
    return None


def _after(moment: time, minutes: int) -> time:
    later = datetime.combine(date.min, moment) + timedelta(minutes=minutes)
    return later.time() if later.date() == date.min else time.max


@enforces("R-059")
def two_members(case: Case, facts: Panelled) -> Refusal | None:
    """A panel has at least two members."""
    if len({member.juror for member in present_members(facts)}) >= value(
        "R-059", "members", case.anchors
    ):
        return None
    return Refusal("R-059", "Le jury doit compter au moins deux membres présents : complétez-le.")


@enforces("R-060", "R-067")
def one_qualified(case: Case, facts: Panelled) -> Refusal | None:
    """At least one member is qualified for this certification, on journeys begun since D6412-6.

    The old « 25 % » rule is never applied, on any route.
    """
    qualified = sum(member.qualified for member in present_members(facts))
    if qualified >= value("R-060", "qualified", case.anchors):
        return None
    return Refusal(
        "R-060",
        "Au moins un membre présent doit être qualifié pour cette certification : changez la composition du jury.",
    )


@enforces("R-060", "R-067")
def no_qualification_rule(case: Case) -> Refusal | None:
    """Warn that no qualification rule applies to the jury of a journey begun before D6412-6."""
    if value("R-060", "qualified", case.anchors):
        return None
    return Refusal(
        "R-060",
        "Ce parcours a commencé avant le 13 avril 2024 : aucune règle de qualification du jury ne "
        "s’y applique. Voyez avec le certificateur qui doit siéger.",
    )


@enforces("R-061")
def one_president(case: Case, facts: Panelled) -> Refusal | None:
    """Exactly one president, among the members who sit."""
    presidents = [member for member in present_members(facts) if member.role == PanelRole.PRESIDENT]
    if len(presidents) == 1:
        return None
    return Refusal("R-061", "Désignez un président, et un seul, parmi les membres présents.")


@enforces("R-070")
def panel_rules(settings: Settings, on: date) -> PanelRules:
    """Return the quorum and the parity of a session of some day; the law's minimum when not settled."""
    quorum = settings.value(Setting.QUORUM, on)
    parity = settings.value(Setting.PARITY, on)
    return (
        PanelRules() if quorum is None and parity is None else PanelRules(quorum or 2, bool(parity))
    )


@enforces("R-070")
def joint_panel_rules(case: Case, facts: Panelled) -> Refusal | None:
    """Quorum and parity of the joint jury are configuration, the same at the summons and on the day."""
    rules = facts.rules
    members = present_members(facts)
    if len({member.juror for member in members}) < rules.quorum:
        return Refusal(
            "R-070",
            f"Le quorum, réglé par le certificateur, est de {rules.quorum} membres présents : complétez le jury.",
        )
    sides = [
        sum(m.college == side for m in members) for side in (College.EMPLOYERS, College.EMPLOYEES)
    ]
    if rules.parity and sides[0] != sides[1]:
        return Refusal(
            "R-070",
            "Le jury doit compter autant d’employeurs que de salariés : changez sa composition.",
        )
    return None


@enforces("R-063", "R-071")
def none_accompanied(case: Case, facts: Panelled) -> Refusal | None:
    """Nobody who accompanied this candidate judges them."""
    barred = [member.name for member in present_members(facts) if member.accompanied_candidate]
    if not barred:
        return None
    have = "a" if len(barred) == 1 else "ont"
    return Refusal("R-063", f"{listed(barred)} {have} accompagné ce candidat : {replaced(barred)}.")


@enforces("R-064", "R-071")
def none_related(case: Case, facts: Panelled) -> Refusal | None:
    """Nobody with a past or present relation to this candidate judges them."""
    barred = [member.name for member in present_members(facts) if member.declared_relation]
    if not barred:
        return None
    say = "déclare" if len(barred) == 1 else "déclarent"
    return Refusal(
        "R-064", f"{listed(barred)} {say} un lien avec ce candidat : {replaced(barred)}."
    )


def listed(names: Sequence[str]) -> str:
    """Return names as one says them: « A, B et C »."""
    *first, last = names
    return f"{', '.join(first)} et {last}" if first else last


def replaced(names: Sequence[str]) -> str:
    """Return what to do of members who cannot sit."""
    return "remplacez ce membre" if len(names) == 1 else "remplacez ces membres"


@enforces("R-064")
def all_declared(case: Case, facts: Deliberation) -> Refusal | None:
    """Each member who sits signed a declaration of independence for this candidate."""
    silent = [member.name for member in present_members(facts) if member.declared_on is None]
    if not silent:
        return None
    return Refusal("R-064", f"Déclaration d’indépendance à signer par : {', '.join(silent)}.")


@enforces("R-065")
def same_employer(
    members: Iterable[Member], candidate_sirens: frozenset[str]
) -> tuple[Member, ...]:
    """Return the members whose company is one where the candidate worked."""
    return tuple(member for member in members if member.employer_siren in candidate_sirens - {""})


@enforces("R-065")
def shared_employer_explained(case: Case, facts: Panelled) -> Refusal | None:
    """A shared employer, and an employer who helps the candidate, are alerts that someone answers.

    D6412-6 al. 4 bars any professional relation: whoever works where the candidate worked, for the
    organisation that accompanies them, or for one that trains them, is looked at closely.
    """
    here = present_members(facts)
    found = (
        (same_employer(here, facts.candidate_sirens), "dans une entreprise du candidat"),
        (
            same_employer(here, facts.helper_sirens),
            "pour un organisme qui accompagne ou forme ce candidat",
        ),
    )
    alerts = [alert(members, where) for members, where in found if members]
    if not alerts or facts.conflict_reason.strip():
        return None
    return Refusal(
        "R-065",
        f"{' ; '.join(alerts)} : vérifiez l’absence de lien et écrivez ce que vous avez vérifié, "
        "ou remplacez ce membre.",
    )


def alert(members: Sequence[Member], where: str) -> str:
    """Return who works where, as a sentence."""
    work = "travaille" if len(members) == 1 else "travaillent"
    return f"{listed([member.name for member in members])} {work} {where}"


@enforces("R-066")
def imbalance_explained(case: Case, facts: Panelled) -> Refusal | None:
    """A panel of women only or men only is explained; it is never forbidden."""
    genders = {member.gender for member in present_members(facts)}
    if genders not in ({Gender.WOMAN}, {Gender.MAN}):
        return None
    if facts.imbalance_reason.strip():
        return None
    return Refusal(
        "R-066", "Le jury ne compte que des femmes ou que des hommes : écrivez pourquoi."
    )


@enforces("R-068")
def college_recorded(case: Case, facts: Panelled) -> Refusal | None:
    """The college of each member is known, with the union of the employees' side."""
    unknown = [
        member.name
        for member in facts.panel
        if member.college == College.EMPLOYEES and not member.union.strip()
    ]
    if not unknown:
        return None
    return Refusal("R-068", f"Indiquez l’organisation syndicale de : {', '.join(unknown)}.")


#: What a panel must be for one candidate, at the summons and each time that a member is replaced.
PANEL_GUARDS = (
    two_members,
    one_qualified,
    one_president,
    joint_panel_rules,
    none_accompanied,
    none_related,
    shared_employer_explained,
    imbalance_explained,
    college_recorded,
)


@dataclass(frozen=True)
class Check:
    """One rule of the panel, said before anybody is called: kept or not, and what there is to see.

    While the certifier did not settle what the rule leaves to it, nobody can say that it is kept.
    """

    rule: str
    label: str
    kept: bool
    seen: str
    settled: bool = True

    @property
    def word(self) -> str:
        """Return in a word what was found."""
        if not self.kept:
            return "À voir"
        return "Oui" if self.settled else "À régler"


@enforces("R-059", "R-060", "R-061", "R-063", "R-065", "R-066", "R-069", "R-070")
def panel_checks(
    members: Sequence[Member],
    rules: PanelRules,
    held_on: date,
    today: date,
    linked: Sequence[str] = (),
    *,
    quorum_settled: bool = True,
) -> tuple[Check, ...]:
    """Return each rule of a panel with what it finds, so that a session is mended before it is saved.

    `linked` names the candidates who may be heard and whom a member accompanied or worked with. A
    quorum that the certifier did not settle is only the law's minimum.
    """
    count = len({member.juror for member in members})
    qualified = [member.name for member in members if member.qualified]
    presidents = [member.name for member in members if member.role == PanelRole.PRESIDENT]
    women = sum(member.gender == Gender.WOMAN for member in members)
    sides = [sum(m.college == side for m in members) for side in College]
    late = [member.name for member in members if late_summons_warning(member, held_on)]
    days = (held_on - today).days
    return (
        Check(
            "R-059",
            "Deux membres au moins",
            count >= value("R-059", "members", today),
            counted(count, "membre"),
        ),
        Check(
            "R-070",
            f"Quorum de {rules.quorum}" if quorum_settled else "Quorum fixé par le certificateur",
            count >= rules.quorum,
            counted(count, "membre")
            if quorum_settled
            else f"pas encore réglé : {rules.quorum} membres au moins selon la loi",
            settled=quorum_settled,
        ),
        Check(
            "R-060",
            "Une personne qualifiée pour cette certification",
            bool(qualified),
            listed(qualified) if qualified else "personne",
        ),
        Check(
            "R-061",
            "Une personne qui préside",
            len(presidents) == 1,
            listed(presidents) if presidents else "personne",
        ),
        Check(
            "R-066",
            "Des femmes et des hommes",
            0 < women < len(members),
            f"{counted(women, 'femme')}, {counted(len(members) - women, 'homme')}",
        ),
        Check(
            "R-070",
            "Employeurs et salariés à parité" if rules.parity else "Deux collèges",
            sides[0] == sides[1] if rules.parity else min(sides[:2]) > 0,
            ", ".join(
                f"{side.label.lower()} : {number}"
                for side, number in zip(College, sides, strict=True)
                if number
            ),
        ),
        Check(
            "R-069",
            "Huit jours pour les membres salariés",
            not late,
            summons_in_time(members, late, days),
        ),
        Check(
            "R-063",
            "Aucun lien connu avec un candidat qui attend ce jury",
            not linked,
            f"à regarder pour {listed(linked)}" if linked else "aucun trouvé",
        ),
    )


def summons_in_time(members: Sequence[Member], late: Sequence[str], days: int) -> str:
    """Return why the members that a union designates are called in time or not, on this very panel (R-069)."""
    if late:
        return f"trop tard pour {listed(late)}"
    if not any(member.college == College.EMPLOYEES and member.union for member in members):
        return "aucun membre désigné par un syndicat ne siège"
    if any(member.summoned_on is None for member in members):
        return f"la session est dans {counted(days, 'jour')}"
    return "tous convoqués au moins huit jours avant la session"


def free_hours(
    starts_at: time, ends_at: time, minutes: int, taken: Iterable[tuple[time, int]]
) -> list[time]:
    """Return the hours of a session at which a candidate can still be heard, one after the other."""
    taken, hours, at = list(taken), [], starts_at
    while at < ends_at and _after(at, minutes) <= ends_at:
        if hour_free(taken, at, minutes) is None:
            hours.append(at)
        at = _after(at, minutes)
    return hours


# ---------------------------------------------------------------- a hearing that does not take place


@enforces("R-052")
def whose_doing_said(case: Case, facts: Postponement) -> Refusal | None:
    """Whoever reads the delay later must know whose doing it was."""
    if facts.whose is not None:
        return None
    return Refusal("R-052", "Dites du fait de qui le passage est reporté.")


@enforces("R-077", "R-084")
def before_its_day_is_past(case: Case, facts: Postponement) -> Refusal | None:
    """A hearing is put off before its day, or on the day when it could not be held.

    Afterwards it was held, or the candidate was absent; unless the panel itself could not sit, which
    is said as such, and nothing was written of the candidate.
    """
    if facts.begun:
        return Refusal(
            "R-077",
            "Le jury a commencé à évaluer ce candidat : son passage ne se reporte plus. "
            "Le président signe le procès-verbal.",
        )
    if facts.held_on is None or case.today <= facts.held_on:
        return None
    if facts.same_day and facts.whose != PostponedBy.CANDIDATE:
        return None
    return Refusal(
        "R-084",
        f"Le jour du passage, le {french(facts.held_on)}, est passé. Enregistrez l’absence du "
        "candidat ; si le jury n’a pas pu siéger, cochez « Reporté le jour même ».",
    )


# ---------------------------------------------------------------- the deliberation


@enforces("R-077")
def session_held(case: Case, facts: Deliberation | Absence) -> Refusal | None:
    """Nothing is recorded before the day of the session."""
    return day_come(facts.held_on, case.today)


def day_come(held_on: date, today: date) -> Refusal | None:
    """The day of a session has come."""
    if held_on <= today:
        return None
    return Refusal(
        "R-077", "La session n’a pas encore eu lieu : attendez-la pour enregistrer un résultat."
    )


@enforces("R-077")
def hour_come(case: Case, facts: Deliberation) -> Refusal | None:
    """Minutes tell of a hearing that began."""
    if facts.starts_at is None or facts.signed_at is None or facts.signed_at >= facts.starts_at:
        return None
    hour = french_hour(facts.starts_at.timetz())
    return Refusal("R-077", f"Le passage est prévu à {hour} : le procès-verbal se signe après.")


@enforces("R-077")
def one_result(case: Case, facts: Deliberation) -> Refusal | None:
    """One result a session and candidate."""
    if not case.results_recorded:
        return None
    return Refusal("R-077", "Un résultat est déjà enregistré pour ce passage.")


@enforces("R-084")
def absence_is_not_failure(case: Case, facts: Absence) -> Refusal | None:
    """Absent, excused and failed are three things; an excuse says why."""
    if facts.outcome == Outcome.EXCUSED and not facts.reason.strip():
        return Refusal("R-084", "Indiquez le motif de l’absence excusée.")
    if facts.outcome in (Outcome.ABSENT, Outcome.EXCUSED):
        return None
    return Refusal("R-084", "Choisissez « absent » ou « excusé » : une absence n’est pas un échec.")


@enforces("R-072")
def scores_per_competence(case: Case, facts: Deliberation) -> Refusal | None:
    """Each competence of the examined blocs is assessed."""
    missing = facts.competences - {score.competence for score in facts.scores}
    if not missing:
        return None
    return Refusal("R-072", f"Il reste {counted(len(missing), 'compétence')} à évaluer.")


@enforces("R-072")
def decision_per_bloc(case: Case, facts: Deliberation) -> Refusal | None:
    """The panel votes on each bloc still to obtain that the file presents, and on no other."""
    presented = case.missing_blocs & case.validation.blocs
    voted = [vote.bloc for vote in facts.votes]
    if voted and len(voted) == len(set(voted)) and set(voted) == presented:
        return None
    return Refusal("R-072", "Écrivez une décision, et une seule, pour chaque bloc présenté.")


@enforces("R-062")
def bloc_awarded(vote: BlocVote) -> bool:
    """Return the decision on a bloc; on a tie the president's vote decides.

    Raises ValueError on a tie without the president's vote.
    """
    if vote.votes_for != vote.votes_against:
        return vote.votes_for > vote.votes_against
    if vote.president_for is None:
        raise ValueError("a tie needs the president's vote")
    return vote.president_for


@enforces("R-062")
def ties_settled(case: Case, facts: Deliberation) -> Refusal | None:
    """Votes are those of the members present; a tie is settled by the president."""
    present = len(present_members(facts))
    return next((wrong for vote in facts.votes if (wrong := vote_refused(vote, present))), None)


@enforces("R-062")
def vote_refused(vote: BlocVote, present: int) -> Refusal | None:
    """Return why the votes on a bloc cannot be those of so many members present, or None."""
    about = f"« {vote.title} » : " if vote.title else ""
    cast = vote.votes_for + vote.votes_against
    if min(vote.votes_for, vote.votes_against) < 0 or not 0 < cast <= present:
        return Refusal(
            "R-062",
            f"{about}le nombre de votes ne peut pas dépasser celui des présents "
            f"({present}), et il en faut un au moins.",
        )
    if tied(vote) and vote.president_for is None:
        return Refusal(
            "R-062", f"{about}égalité des voix, indiquez le vote du président, qui l’emporte."
        )
    return None


@enforces("R-062")
def tied(vote: BlocVote) -> bool:
    """Say whether a bloc is decided by the president's vote."""
    return vote.votes_for == vote.votes_against


@enforces("R-062")
def decision_in_words(vote: BlocVote) -> str:
    """Return what the votes make of a bloc, as the minutes and the pages say it."""
    if tied(vote) and vote.president_for is None:
        return "égalité, à départager"
    decided = "acquis" if bloc_awarded(vote) else "non acquis"
    return f"{decided}, à la voix du président" if tied(vote) else decided


def without_accents(text: str) -> str:
    """Return a text in lower case, without accents."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn")


@enforces("R-075")
def outside_referential(ground: str) -> tuple[str, ...]:
    """Return the words of a ground that speak of something other than the référentiel."""
    text = without_accents(ground)
    return tuple(word for word in OUTSIDE_REFERENTIAL if re.search(rf"\b{word}\b", text))


@enforces("R-075")
def grounds_in_referential(case: Case, facts: Deliberation) -> Refusal | None:
    """A ground outside the référentiel is shown before the minutes are signed."""
    if facts.grounds_confirmed:
        return None
    words = sorted({word for vote in facts.votes for word in outside_referential(vote.ground)})
    if not words:
        return None
    return Refusal(
        "R-075",
        f"Un motif semble étranger au référentiel ({', '.join(words)}). Reformulez-le, ou "
        "confirmez qu’il porte bien sur les compétences.",
    )


@enforces("R-073", "R-074", "R-083")
def outcome(case: Case, facts: Deliberation) -> Outcome:
    """Return what the votes make, with the blocs acquired earlier and still valid."""
    won = frozenset(vote.bloc for vote in facts.votes if bloc_awarded(vote))
    return outcome_of(case, won, facts.condition)


def outcome_of(case: Case, won: frozenset[str], condition: str) -> Outcome:
    """Return what some blocs make, with those acquired earlier and still valid."""
    held = won | case.acquired_blocs
    if case.all_blocs <= held:
        return Outcome.CONDITIONAL if condition.strip() else Outcome.FULL
    if case.targeted_blocs <= held:
        return Outcome.TARGETED
    return Outcome.PARTIAL if won else Outcome.NONE


@enforces("R-074")
def partial_names_blocs(case: Case, facts: Deliberation) -> Refusal | None:
    """A bloc that is refused says why, so that a partial award names both sides."""
    silent = [
        f"« {vote.title or vote.bloc} »"
        for vote in facts.votes
        if not bloc_awarded(vote) and not vote.ground.strip()
    ]
    if not silent:
        return None
    return Refusal("R-074", f"Écrivez pourquoi ce bloc n’est pas acquis : {', '.join(silent)}.")


@enforces("R-073")
def full_needs_every_bloc(case: Case, facts: Deliberation) -> Refusal | None:
    """A condition only makes sense on a whole award."""
    if not facts.condition.strip() or outcome(case, facts) == Outcome.CONDITIONAL:
        return None
    return Refusal(
        "R-073",
        "Une réserve suppose que tous les blocs de la certification sont acquis : retirez la réserve, ou corrigez les votes.",
    )


@enforces("R-076")
def president_signed(case: Case, facts: Deliberation) -> Refusal | None:
    """The minutes are signed by the president; afterwards only an addendum corrects them."""
    if facts.signed_by_president:
        return None
    return Refusal("R-076", "Le président signe le procès-verbal pour clore la délibération.")
