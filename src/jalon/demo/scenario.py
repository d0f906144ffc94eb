"""Walks journeys through their real acts, at the dates they would have had: for the demo and the tests.

Nothing here writes a stage: each step is what a person would do, at a moment that `jalon.now` holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile

from jalon import now as timekeeper
from jalon.catalogue.actions import load
from jalon.catalogue.models import Certification, Competence
from jalon.documents.actions import store_upload
from jalon.documents.jobs import issue
from jalon.journeys.actions import act, register
from jalon.journeys.jobs import run_due_clock
from jalon.journeys.models import JournalEntry, Journey
from jalon.juries import actions as juries
from jalon.juries.models import Hearing, Juror, Session
from jalon.law import facts
from jalon.law.results import NOTICES
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    ClaimLevel,
    College,
    DocumentKind,
    EvaluationForm,
    ExperienceKind,
    Gender,
    Mastery,
    MeetingMode,
    Opinion,
    OrganisationKind,
    Outcome,
    PanelRole,
    Prerequisites,
    Role,
    Route,
    Scope,
    SessionMode,
)
from jalon.mailbox.jobs import notify
from jalon.now import PARIS, now, today
from jalon.people.models import Membership, Organisation, User
from jalon.support import actions as support
from jalon.writing import drafts

#: When the worker looks at the clocks, in the demonstration.
CLOCKS_LOOKED_AT = time(6, 5)

#: The smallest PDF that a reader opens: what demonstration people show as identity.
ONE_PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>"
    b"endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)

_numbers = count(1)


@dataclass
class DemoPeople:
    """The people and organisations of a demonstration; all fictional, at exemple.fr."""

    accompanist: Organisation
    neighbour: Organisation
    certifier: Organisation
    head: User
    architects: list[User]
    stranger: User
    officer: User
    jurors: list[Juror]
    administrator: User


def person(first: str, last: str, email: str, password: str | None = None) -> User:
    """Return an account, made on first use."""
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email, password, first_name=first, last_name=last)


def member(user: User, organisation: Organisation | None, *roles: Role) -> User:
    """Give a person roles in an organisation."""
    for role in roles:
        Membership.objects.get_or_create(
            user=user, organisation=organisation, role=role, ended_at=None
        )
    return user


def build_demo_people() -> DemoPeople:
    """Load the catalogue and make the organisations and their people."""
    load()
    later = today() + timedelta(days=900)
    accompanist = organisation(
        OrganisationKind.ACCOMPANIST, "AFPI de démonstration", "10000000000011", later
    )
    neighbour = organisation(
        OrganisationKind.ACCOMPANIST, "Centre voisin de démonstration", "10000000000029", later
    )
    certifier = organisation(
        OrganisationKind.CERTIFIER, "UIMM (démonstration)", "10000000000037", None
    )
    jurors = [
        juror(
            certifier,
            "Odile",
            "Tournier",
            Gender.WOMAN,
            College.EMPLOYERS,
            "",
            "200000018",
            qualified=True,
        ),
        juror(
            certifier,
            "Marc",
            "Fraisier",
            Gender.MAN,
            College.EMPLOYEES,
            "Syndicat A",
            "200000026",
            qualified=True,
        ),
        juror(
            certifier,
            "Léa",
            "Rivet",
            Gender.WOMAN,
            College.EMPLOYEES,
            "Syndicat B",
            "200000034",
            qualified=False,
        ),
        juror(
            certifier,
            "Paul",
            "Calibre",
            Gender.MAN,
            College.EMPLOYERS,
            "",
            "200000042",
            qualified=True,
        ),
    ]
    return DemoPeople(
        accompanist=accompanist,
        neighbour=neighbour,
        certifier=certifier,
        head=member(person("Hélène", "Boussole", "responsable@exemple.fr"), accompanist, Role.HEAD),
        architects=[
            member(
                person("Claire", "Jalonnet", "architecte@exemple.fr"), accompanist, Role.ARCHITECT
            ),
            member(person("Yann", "Repère", "architecte2@exemple.fr"), accompanist, Role.ARCHITECT),
            member(person("Inès", "Balise", "architecte3@exemple.fr"), accompanist, Role.ARCHITECT),
        ],
        stranger=member(person("Rémi", "Voisin", "voisin@exemple.fr"), neighbour, Role.ARCHITECT),
        officer=member(
            person("Sophie", "Sceau", "certificateur@exemple.fr"), certifier, Role.CERTIFIER
        ),
        jurors=jurors,
        administrator=member(
            person("Agnès", "Clef", "administration@exemple.fr"), None, Role.ADMINISTRATOR
        ),
    )


def organisation(
    kind: OrganisationKind, name: str, siret: str, qualiopi: date | None
) -> Organisation:
    """Return an organisation, made on first use."""
    found, _ = Organisation.objects.update_or_create(
        siret=siret,
        defaults={
            "kind": kind,
            "name": name,
            "qualiopi_until": qualiopi,
            "email": "contact@exemple.fr",
            "disability_contact": "referent.handicap@exemple.fr",
        },
    )
    return found


def juror(
    certifier: Organisation,
    first: str,
    last: str,
    gender: Gender,
    college: College,
    union: str,
    siren: str,
    *,
    qualified: bool,
) -> Juror:
    """Return a juror of the pool, made on first use."""
    plain = last.lower().replace("é", "e")
    user = member(person(first, last, f"jury.{plain}@exemple.fr"), certifier, Role.JUROR)
    found, _ = Juror.objects.get_or_create(
        user=user,
        defaults={
            "certifier": certifier,
            "college": college,
            "union": union,
            "gender": gender,
            "employer": f"Atelier {last}",
            "employer_siren": siren,
        },
    )
    if qualified:
        found.qualified_for.set(Certification.objects.all())
    return found


FIRST_NAMES = (
    "Ana",
    "Bilal",
    "Chloé",
    "Driss",
    "Élodie",
    "Farid",
    "Gaëlle",
    "Hugo",
    "Inaya",
    "Jules",
    "Karim",
    "Lina",
    "Mehdi",
    "Nora",
    "Oscar",
    "Perrine",
    "Quentin",
    "Rachida",
    "Samuel",
    "Thaïs",
    "Ugo",
    "Vanessa",
    "William",
    "Xavier",
    "Yasmine",
    "Zoé",
)
LAST_NAMES = (
    "Ajusteur",
    "Boulon",
    "Chaudron",
    "Dérouleur",
    "Étau",
    "Foret",
    "Gabarit",
    "Horizon",
    "Isostat",
    "Jauge",
    "Lime",
    "Marteau",
    "Niveau",
    "Outil",
    "Poinçon",
    "Rabot",
    "Soudure",
    "Taraud",
    "Usine",
    "Vernier",
)
JOBS = (
    ("Régleur sur tour à commande numérique", "Atelier Fictif"),
    ("Ajusteur monteur", "Aéro Exemple"),
    ("Contrôleur qualité", "Mesures Exemple"),
    ("Conducteur de ligne", "Cellules Exemple"),
    ("Chaudronnier", "Chantier Exemple"),
)


@dataclass
class Scenario:
    """One journey being walked, with the moment it has reached."""

    demo: DemoPeople
    certification: Certification
    at: datetime
    route: Route = Route.FRANCE_VAE
    accompaniment: Accompaniment = Accompaniment.ACCOMPANIED
    scope: Scope = Scope.WHOLE
    blocs: tuple[str, ...] = ()
    candidate: User | None = None
    number: int = field(default_factory=lambda: next(_numbers))
    journey: Journey = field(init=False)
    hearing: Hearing | None = None
    runs_jobs: bool = False
    jobs_run_up_to: int = 0

    @property
    def architect(self) -> User:
        """Return the architect who follows this journey."""
        return self.demo.architects[self.number % len(self.demo.architects)]

    @property
    def accompanied(self) -> bool:
        """Say whether an architect follows this journey."""
        return self.accompaniment == Accompaniment.ACCOMPANIED

    def run_pending_jobs(self) -> "Scenario":
        """Let the worker do at once what the acts since the last time queued."""
        pending = self.journey.journal.filter(number__gt=self.jobs_run_up_to).order_by("number")
        for entry in pending:
            with timekeeper.at(entry.at):
                issue(entry_id=entry.pk)
                notify(entry_id=entry.pk)
            self.jobs_run_up_to = entry.number
        return self

    def wait(self, days: int) -> "Scenario":
        """Let some days pass."""
        return self.until(self.at + timedelta(days=days))

    def until(self, moment: datetime) -> "Scenario":
        """Come to a moment; in the demonstration, the clocks ring on the way, each on its day."""
        if self.runs_jobs:
            self.run_pending_jobs()
            due = self.journey.clocks.filter(next_on__lte=moment.date()).order_by("next_on", "pk")
            while (first := due.first()) and first.next_on:
                looked_at = datetime.combine(first.next_on, CLOCKS_LOOKED_AT, PARIS)
                with timekeeper.at(max(looked_at, self.at)):
                    run_due_clock(first, today())
            self.journey.refresh_from_db()
        self.at = moment
        return self

    def do(self, name: Act, by: User | None, facts: facts.Facts | None = None) -> JournalEntry:
        """Do an act at the moment reached."""
        with timekeeper.at(self.at):
            entry = act(self.journey.pk, name, by=by, facts=facts)
        self.journey.refresh_from_db()
        return entry

    # -------------------------------------------------------- the steps, in the order of the story

    def register(self) -> "Scenario":
        """Sign up and register."""
        with timekeeper.at(self.at):
            self.candidate = self.candidate or person(
                FIRST_NAMES[self.number % len(FIRST_NAMES)],
                LAST_NAMES[(self.number * 7) % len(LAST_NAMES)],
                f"candidat{self.number}@exemple.fr",
            )
            self.journey = register(
                self.candidate,
                self.certification,
                facts.Registration(
                    self.route,
                    self.accompaniment,
                    self.scope,
                    self.blocs,
                    consent=True,
                    in_initial_training=False,
                ),
                certifier=self.demo.certifier,
                organisation=self.demo.accompanist if self.accompanied else None,
            )
        return self

    @property
    def person(self) -> User:
        """Return the candidate."""
        return self.journey.candidate

    def take_charge(self) -> "Scenario":
        """The architect takes the file on."""
        self.do(Act.TAKE_CHARGE, self.architect)
        return self

    def first_meeting(self) -> "Scenario":
        """The first meeting is held."""
        with timekeeper.at(self.at):
            self.do(
                Act.HOLD_FIRST_MEETING,
                self.architect,
                facts.FirstMeeting(
                    held_on=today(),
                    minutes=90,
                    mode=MeetingMode.ON_SITE,
                    device_relevance="La VAE convient : l’expérience est réelle et récente.",
                    certification_adequacy="Le CQPM correspond au poste tenu.",
                    prerequisites="Aucun prérequis à acquérir.",
                    training_needs="Un appui à la rédaction suffit.",
                    calendar="Jury visé dans huit mois.",
                    duration="Vingt heures sur six mois.",
                    modalities="Alternance de rendez-vous à distance et en présentiel.",
                ),
            )
        return self

    def propose_path(self) -> "Scenario":
        """A path with dated milestones is proposed."""
        with timekeeper.at(self.at):
            start = today()
            self.do(
                Act.PROPOSE_PATH,
                self.architect,
                facts.Path(
                    milestones=(
                        facts.Milestone(
                            "Dossier de faisabilité envoyé", start + timedelta(days=30)
                        ),
                        facts.Milestone(
                            "Dossier de validation envoyé", start + timedelta(days=180)
                        ),
                        facts.Milestone("Passage devant le jury", start + timedelta(days=250)),
                    ),
                    hours_individual=14,
                    hours_group=6,
                    hours_training=0,
                    mode=MeetingMode.ON_SITE,
                ),
            )
        return self

    def accept_path(self) -> "Scenario":
        """The candidate accepts, and chooses no training."""
        self.do(Act.ACCEPT_PATH, self.person, facts.PathAnswer())
        return self

    def fill_feasibility(self) -> "Scenario":
        """The candidate fills in the file: civil status, experience, blocs, identity."""
        id, person = self.journey.pk, self.person
        with timekeeper.at(self.at):
            drafts.save_profile(id, person, PROFILE | {"birth_name": person.last_name})
            drafts.save_feasibility(
                id,
                person,
                {"prerequisites": Prerequisites.NONE, "goals": "Faire reconnaître mon métier."},
            )
            if not self.journey.experiences.exists():
                job, company = JOBS[self.number % len(JOBS)]
                drafts.save_experience(
                    id,
                    person,
                    {
                        "kind": ExperienceKind.EMPLOYED,
                        "title": job,
                        "employer": company,
                        "town": "Ville-Exemple",
                        "started_on": today() - timedelta(days=365 * 6),
                        "hours_per_week": 35,
                        "activities": "Préparer le poste, produire, contrôler.",
                    },
                )
            for bloc in self.journey.targeted.prefetch_related("competences"):
                drafts.save_bloc(
                    id,
                    person,
                    bloc,
                    text="Je tiens ce poste chaque jour depuis plusieurs années.",
                    claims=dict.fromkeys(
                        bloc.competences.all(),
                        (ClaimLevel.YES, "Je l’ai fait sur une série de pièces."),
                    ),
                )
            upload = SimpleUploadedFile("carte d’identité.pdf", ONE_PAGE)
            store_upload(self.journey, DocumentKind.IDENTITY, upload, person)
        return self

    def give_opinion(self) -> "Scenario":
        """The architect gives an opinion."""
        comment = "Expérience en rapport direct avec la certification."
        self.do(Act.GIVE_OPINION, self.architect, facts.OpinionGiven(Opinion.FAVOURABLE, comment))
        return self

    def sign(self, name: Act) -> "Scenario":
        """The candidate signs a statement."""
        signature = facts.Signature(read=True, sworn=True, name=self.person.get_full_name())
        self.do(name, self.person, signature)
        return self

    def send_feasibility(self) -> "Scenario":
        """The file leaves."""
        self.do(Act.SEND_FEASIBILITY, self.person)
        return self.keep_milestone()

    def keep_milestone(self) -> "Scenario":
        """The next date of the calendar is kept."""
        planned = self.journey.milestones.filter(kept_on__isnull=True).first()
        with timekeeper.at(self.at):
            if planned:
                support.keep_milestone(planned, self.architect)
        return self

    def certifier(self, name: Act, facts: facts.Facts | None = None) -> "Scenario":
        """The certifier acts."""
        self.do(name, self.demo.officer, facts)
        return self

    def admissible(self, *, with_gaps: bool = False) -> "Scenario":
        """The certifier declares the file admissible."""
        gaps: tuple[facts.GapFound, ...] = ()
        if with_gaps:
            weakest = Competence.objects.filter(bloc__in=self.journey.targeted.all()).earliest("pk")
            gaps = (facts.GapFound(weakest.title, "Peu d’exemples récents."),)
        until = self.at.date() + timedelta(days=700) if self.route == Route.LAW_2002 else None
        return self.certifier(
            Act.DECLARE_ADMISSIBLE,
            facts.Decision(
                gaps=gaps, recommendations="Décrire des cas récents.", valid_until=until
            ),
        )

    def write_validation(self) -> "Scenario":
        """The candidate writes each competence."""
        with timekeeper.at(self.at):
            drafts.save_presentation(
                self.journey.pk, self.person, "Je travaille en atelier depuis six ans."
            )
            for section in self.journey.attempt.validation.sections.select_related("competence"):
                drafts.save_section(self.journey.pk, self.person, section.competence_id, ANSWERS)
        return self

    def send_validation(self) -> "Scenario":
        """The file is signed and sent."""
        self.sign(Act.SIGN_ORIGINALITY)
        self.do(Act.SEND_VALIDATION, self.person)
        return self.keep_milestone()

    def plan_session(self, in_days: int) -> Session:
        """The certifier plans a session with its panel."""
        roles = (PanelRole.PRESIDENT, PanelRole.MEMBER, PanelRole.MEMBER)
        return juries.create_session(
            self.demo.officer,
            {
                "certification": self.certification,
                "held_on": today() + timedelta(days=in_days),
                "mode": SessionMode.ON_SITE,
                "form": EvaluationForm.BOTH,
                "place": "Atelier de démonstration, 1 rue de l’Exemple, Ville-Exemple",
                "documents": "Pièce d’identité et convocation",
                "accessibility_contact": "referent.handicap@exemple.fr",
            },
            zip(self.demo.jurors[:3], roles, strict=True),
        )

    def convene(self, in_days: int = 45) -> "Scenario":
        """The certifier calls the candidate before a session."""
        with timekeeper.at(self.at):
            session = self.plan_session(in_days)
        self.do(
            Act.SCHEDULE_HEARING, self.demo.officer, facts.HearingRequest(session.pk, time(9, 30))
        )
        self.hearing = self.current_hearing()
        return self

    def deliberate(self, won: Iterable[str] | None = None, condition: str = "") -> "Scenario":
        """The jury hears the candidate on the day, and awards some blocs (all of them by default)."""
        return self.hear(won).sign_minutes(condition)

    def hear(self, won: Iterable[str] | None = None) -> "Scenario":
        """On the day, each juror declares; competences are assessed, blocs voted."""
        hearing = self.current_hearing()
        self.until(datetime.combine(hearing.session.held_on, time(12), tzinfo=PARIS))
        president = self.president_of(hearing)
        blocs = list(hearing.attempt.blocs.all())
        awarded = {bloc.code for bloc in blocs} if won is None else set(won)
        with timekeeper.at(self.at):
            for seat in hearing.session.panel.select_related("juror__user"):
                juries.declare(hearing, seat.juror.user, related=False)
            for bloc in blocs:
                mastery = Mastery.MASTERED if bloc.code in awarded else Mastery.NOT_SHOWN
                juries.record_assessments(
                    hearing, president, dict.fromkeys(bloc.competences.all(), (mastery, ""))
                )
            juries.vote(
                hearing,
                president,
                {
                    bloc: facts.BlocVote(bloc.code, 3, 0)
                    if bloc.code in awarded
                    else facts.BlocVote(bloc.code, 1, 2, ground="Gestes attendus non démontrés.")
                    for bloc in blocs
                },
            )
        return self

    def sign_minutes(self, condition: str = "") -> "Scenario":
        """The president signs the minutes."""
        hearing = self.current_hearing()
        asked = facts.MinutesRequest(hearing.pk, condition=condition)
        self.do(Act.RECORD_DELIBERATION, self.president_of(hearing), asked)
        return self.keep_milestone()

    def president_of(self, hearing: Hearing) -> User:
        """Return who presides over a hearing."""
        return hearing.session.panel.get(role=PanelRole.PRESIDENT).juror.user

    def current_hearing(self) -> Hearing:
        """Return the hearing planned for the attempt under way."""
        return Hearing.objects.select_related("session", "attempt").get(
            attempt=self.journey.attempt, cancelled_at__isnull=True
        )

    def notify(self) -> "Scenario":
        """The certifier notifies what the jury decided."""
        return self.certifier(NOTICES[Outcome(self.journey.attempt.outcome)])

    def post_jury(self) -> "Scenario":
        """The post-jury meeting gives a plan for each missing bloc."""
        held = set(self.journey.awards.values_list("bloc__code", flat=True))
        missing = [bloc.code for bloc in self.journey.targeted.all() if bloc.code not in held]
        with timekeeper.at(self.at):
            self.do(
                Act.HOLD_POST_JURY,
                self.architect,
                facts.PostJury(
                    held_on=today(),
                    minutes=60,
                    report="Retour sur l’entretien et les gestes attendus.",
                    actions=tuple(
                        facts.PlanAction(
                            code,
                            "S’entraîner sur le poste avec le tuteur",
                            "Le candidat",
                            today() + timedelta(days=60),
                        )
                        for code in missing
                    ),
                ),
            )
        return self

    def next_attempt(self) -> "Scenario":
        """A new file is opened with the missing blocs."""
        self.do(Act.OPEN_NEXT_ATTEMPT, self.person)
        return self

    # -------------------------------------------------------- several steps at once

    def to_path_accepted(self) -> "Scenario":
        """Scenario to an accepted path."""
        self.register().wait(3).take_charge().wait(8).first_meeting()
        return self.wait(4).propose_path().wait(3).accept_path()

    def to_ready(self) -> "Scenario":
        """Scenario to a feasibility file that only waits to be sent."""
        if self.accompanied:
            self.to_path_accepted().wait(12).fill_feasibility().wait(2).give_opinion()
        else:
            self.register().wait(10).fill_feasibility()
        return self.wait(1).sign(Act.CONFIRM_FEASIBILITY)

    def to_complete(self) -> "Scenario":
        """Scenario to a complete feasibility file."""
        return self.to_ready().send_feasibility().wait(6).certifier(Act.DECLARE_COMPLETE)

    def to_admissible(self, *, with_gaps: bool = False) -> "Scenario":
        """Scenario to an express admissibility."""
        return self.to_complete().wait(25).admissible(with_gaps=with_gaps)

    def to_validation_sent(self) -> "Scenario":
        """Scenario to a validation file sent."""
        return self.to_admissible().wait(80).write_validation().wait(3).send_validation()

    def to_scheduled(self) -> "Scenario":
        """Scenario to a hearing planned."""
        return self.to_validation_sent().wait(5).certifier(Act.ACCEPT_VALIDATION).wait(4).convene()

    def to_result(self, won: Iterable[str] | None = None) -> "Scenario":
        """Scenario to a notified result."""
        return self.to_scheduled().deliberate(won).wait(6).notify()


PROFILE = {
    "civility": "madame",
    "born_on": date(1985, 5, 4),
    "birth_town": "Ville-Exemple",
    "birth_country": "France",
    "nationality": "Française",
    "street": "2 rue de l’Exemple",
    "postcode": "00000",
    "town": "Ville-Exemple",
    "situation": "employee",
    "education_level": "N3",
    "certification_level": "N3",
    "certification_title": "CAP de démonstration",
    "collective_agreement": "Métallurgie",
}
ANSWERS = {
    "context": "Dans mon atelier, pour une série de pièces urgentes.",
    "actions": "J’ai lu le plan, réglé la machine, usiné la première pièce puis contrôlé la cote.",
    "means": "Un tour à commande numérique, un pied à coulisse, le dossier de fabrication.",
    "result": "Les pièces étaient conformes et livrées à l’heure.",
    "learnt": "Je vérifie toujours la première pièce avant de lancer la série.",
}


def partial(scenario: Scenario) -> list[str]:
    """Return the codes of the blocs that a partial award gives: all but the last."""
    return [bloc.code for bloc in scenario.journey.targeted.order_by("position")][:-1]


def moment_before(days: int) -> datetime:
    """Return mid-morning some days ago."""
    return (now() - timedelta(days=days)).replace(hour=10, minute=0, second=0, microsecond=0)
