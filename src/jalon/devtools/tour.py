"""The tour: six stories without a screen, over real HTTP, on a throw-away database, in moved time."""

import json
import logging
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import cast

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.django_connector import DjangoConnector

from jalon import now as timekeeper
from jalon.demo.scenario import ANSWERS, ONE_PAGE, PROFILE, DemoPeople, build_demo_people, person
from jalon.devtools.visitor import Page, Visitor
from jalon.documents.models import Document
from jalon.journeys.jobs import tick
from jalon.journeys.models import Journey
from jalon.juries.models import Hearing, Session
from jalon.law import lifecycle
from jalon.law.clocks import french
from jalon.law.support import FIRST_MEETING_SUBJECTS
from jalon.law.transitions import ClockMove, Start
from jalon.law.vocabulary import Act, ClockKind, Stage
from jalon.now import PARIS, now

FOLDER = settings.VAR / "tour"
START = datetime(2027, 1, 11, 9, 0, tzinfo=PARIS)


class Astray(Exception):
    """The product did something else than the story tells."""


@dataclass
class Tour:
    """The stories told so far, one line an act."""

    address: str
    demo: DemoPeople
    lines: list[dict[str, str]] = field(default_factory=list)
    aloud: bool = True
    visitors: dict[str, Visitor] = field(default_factory=dict)

    def visitor(self, email: str) -> Visitor:
        """Return a person's browser, signed in on first use."""
        if email not in self.visitors:
            self.visitors[email] = Visitor(self.address, email)
        return self.visitors[email]

    def say(self, **line: str) -> None:
        """Add a line to the story."""
        self.lines.append(line)
        if self.aloud:
            detail = f"  [{line['rule']}]" if line["rule"] else ""
            print(
                f"{line['date']:>18} · {line['actor']:<28} {line['act']} → {line['stage']}{detail}",
                flush=True,
            )

    def title(self, words: str) -> None:
        """Open a story."""
        if self.aloud:
            print(f"\n{words}", flush=True)

    def wait(self, days: int) -> None:
        """Let days pass, and let the system do what is due."""
        timekeeper.travel(now() + timedelta(days=days))


@dataclass
class Story:
    """One journey of the tour."""

    tour: Tour
    email: str
    code: str
    told: int = 0

    @property
    def journey(self) -> Journey:
        """Return the journey as it stands."""
        return Journey.objects.select_related("candidate", "certification", "architect").get(
            candidate__email=self.email, certification__code=self.code
        )

    @property
    def candidate(self) -> Visitor:
        """Return the candidate's browser."""
        return self.tour.visitor(self.email)

    @property
    def architect(self) -> Visitor:
        """Return the architect's browser."""
        return self.tour.visitor("architecte@exemple.fr")

    @property
    def certifier(self) -> Visitor:
        """Return the certifier's browser."""
        return self.tour.visitor("certificateur@exemple.fr")

    def tell(self) -> None:
        """Tell the acts since the last time, from the journal, with the clock each one moved."""
        journey = self.journey
        for entry in journey.journal.filter(number__gt=self.told).select_related("author"):
            day = entry.at.astimezone(PARIS).date()
            started = journey.clocks.statutory().filter(started_on=day).last()
            moved = any(
                isinstance(move, Start) and move.kind.statutory for move in moves(entry.act)
            )
            rule = (
                f"{started.rule}, au plus tard le {french(started.limit_on)}"
                if started and moved
                else ""
            )
            self.tour.say(
                date=french(entry.at.astimezone(PARIS).date()),
                actor=entry.author.get_full_name() if entry.author else "Jalon",
                act=lifecycle.done(Act(entry.act)),
                stage=Stage(entry.stage_after).label,
                rule=rule or entry.article,
            )
            self.told = entry.number

    def did(self, page: Page, stage: Stage | None = None) -> None:
        """Check that a page did what was asked, and tell it."""
        if page.status >= 400 or page.refusal:
            raise Astray(f"{page.status} {page.refusal or page.text[:300]}")
        self.tell()
        if stage and self.journey.stage != stage:
            raise Astray(f"at {self.journey.stage} instead of {stage}")

    def act(self, who: Visitor, name: Act, stage: Stage | None = None, /, **fields: object) -> None:
        """Do an act from its page."""
        self.did(who.post(f"/dossiers/{self.journey.pk}/faire/{name.value}/", fields), stage)

    def refused(self, page: Page, who: Visitor, what: str, rule: str) -> None:
        """Check that a page refused under a rule, and tell it."""
        if rule not in page.refusal:
            raise Astray(f"{what}: expected {rule}, got {page.status} {page.refusal!r}")
        self.tour.say(
            date=french(now().date()),
            actor=who.person.get_full_name(),
            act=f"REFUS : {what}",
            stage=self.journey.stage.label if self.told else "—",
            rule=page.refusal,
        )

    def refuses(self, who: Visitor, name: Act, rule: str, /, **fields: object) -> None:
        """Try an act that the law refuses."""
        page = who.post(f"/dossiers/{self.journey.pk}/faire/{name.value}/", fields)
        self.refused(page, who, name.label, rule)

    def path(self, page: str) -> str:
        """Return the address of a page of this journey."""
        return f"/dossiers/{self.journey.pk}/{page}"

    # -------------------------------------------------------- the steps

    def register(self, accompaniment: str) -> None:
        """Register from the certification's page."""
        path = f"/candidat/commencer/{self.code}/"
        fields = {"accompaniment": accompaniment, "scope": "whole"}
        self.refused(
            self.candidate.post(path, fields), self.candidate, "s’inscrire sans accord", "R-010"
        )
        self.did(self.candidate.post(path, fields | {"consent": "on"}), Stage.REGISTERED)

    def accompany(self) -> None:
        """Take on, meet, propose a path; the candidate accepts."""
        self.act(self.architect, Act.TAKE_CHARGE, Stage.TAKEN_ON)
        self.tour.wait(8)
        meeting = {"held_on": now().date(), "minutes": 90, "mode": "on_site"}
        self.refuses(self.architect, Act.HOLD_FIRST_MEETING, "R-089", **meeting)
        said = dict.fromkeys(FIRST_MEETING_SUBJECTS, "Vu ensemble.")
        self.act(self.architect, Act.HOLD_FIRST_MEETING, Stage.MEETING_HELD, **meeting | said)
        hours = {"hours_individual": 14, "hours_group": 6, "hours_training": 0, "mode": "on_site"}
        training = {"training": "Lecture de plan", "quotes": "123456789 ; Centre A ; 900"}
        dates = {"title_0": "Jury", "due_0": now().date() + timedelta(days=240)}
        self.refuses(self.architect, Act.PROPOSE_PATH, "R-086", **hours | training | dates)
        self.act(self.architect, Act.PROPOSE_PATH, Stage.PATH_PROPOSED, **hours | dates)
        self.tour.wait(3)
        self.act(self.candidate, Act.ACCEPT_PATH, Stage.PATH_ACCEPTED)

    def fill(self) -> None:
        """Fill in the feasibility file, one page after the other."""
        who, journey = self.candidate, self.journey
        base = self.path("faisabilite")
        self.did(who.post(f"{base}/etat-civil/", PROFILE | {"birth_name": "Exemple"}))
        self.did(who.post(f"{base}/attentes/", {"prerequisites": "none", "goals": "Mon métier."}))
        self.did(
            who.post(
                f"{base}/experience/",
                {
                    "kind": "employed",
                    "title": "Contrôleuse",
                    "employer": "Mesures Exemple",
                    "started_on": date(2020, 1, 6),
                    "hours_per_week": 35,
                    "activities": "Je contrôle des pièces.",
                },
            )
        )
        for bloc in journey.targeted.prefetch_related("competences"):
            fields: dict[str, object] = {"text": "Je tiens ce poste chaque jour."}
            for competence in bloc.competences.all():
                fields |= {
                    f"level_{competence.pk}": "yes",
                    f"example_{competence.pk}": "Une série.",
                }
            self.did(who.post(f"{base}/bloc/{bloc.pk}/", fields))
        identity = {"file": ("carte.pdf", ONE_PAGE)}
        self.did(who.post(f"{base}/documents/", {"kind": "identity"}, identity))

    def sign(self, name: Act) -> None:
        """Sign a statement."""
        self.act(
            self.candidate,
            name,
            None,
            read="on",
            sworn="on",
            name=self.candidate.person.get_full_name(),
        )

    def send(self) -> None:
        """Sign the feasibility file and send it."""
        self.sign(Act.CONFIRM_FEASIBILITY)
        self.act(self.candidate, Act.SEND_FEASIBILITY, Stage.FEASIBILITY_SENT)

    def write(self) -> None:
        """Write each competence, sign, send."""
        base = self.path("validation")
        for section in self.journey.attempt.validation.sections.all():
            self.did(self.candidate.post(f"{base}/{section.competence_id}/", ANSWERS))
        self.sign(Act.SIGN_ORIGINALITY)
        self.act(self.candidate, Act.SEND_VALIDATION, Stage.VALIDATION_SENT)
        self.tour.wait(4)
        self.act(self.certifier, Act.ACCEPT_VALIDATION, Stage.VALIDATION_ACCEPTED)

    def convene(self) -> Hearing:
        """Plan a session with its panel and call the candidate."""
        journey, who = self.journey, self.certifier
        jurors = self.tour.demo.jurors
        session = {
            "certification": journey.certification.pk,
            "held_on": now().date() + timedelta(days=40),
            "mode": "on_site",
            "form": "both",
            "place": "Atelier de l’Exemple",
            "documents": "Pièce d’identité",
            "accessibility_contact": "referent.handicap@exemple.fr",
            "president": jurors[0].pk,
            "members": [jurors[1].pk, jurors[2].pk],
        }
        self.did(who.post("/certificateur/jurys/nouveau/", session))
        created = Session.objects.latest("pk")
        late = {"session": created.pk, "starts_at": "09:30", "minutes": 60}
        self.did(who.post(f"/certificateur/convoquer/{journey.pk}/", late), Stage.JURY_SCHEDULED)
        return Hearing.objects.get(attempt=self.journey.attempt, cancelled_at__isnull=True)

    def hear(self, hearing: Hearing, won: Callable[[int], bool], stage: Stage) -> None:
        """Sit: declarations, assessments, votes, minutes; then the certifier notifies."""
        president = self.tour.visitor(self.tour.demo.jurors[0].user.email)
        base = f"/jury/passage/{hearing.pk}"
        signature = {"signed": "on", "grounds_confirmed": "on"}
        self.refused(
            president.post(f"{base}/signer/", signature),
            president,
            "délibérer avant le jour du jury",
            "R-077",
        )
        timekeeper.travel(datetime.combine(hearing.session.held_on, START.time(), tzinfo=PARIS))
        self.refused(
            president.post(f"{base}/signer/", signature),
            president,
            "signer sans déclarations",
            "R-064",
        )
        for juror in self.tour.demo.jurors[:3]:
            self.did(
                self.tour.visitor(juror.user.email).post(
                    f"{base}/independance/", {"related": "non"}
                )
            )
        blocs = list(hearing.attempt.blocs.order_by("position").prefetch_related("competences"))
        found: dict[str, object] = {}
        votes: dict[str, object] = {}
        for rank, bloc in enumerate(blocs):
            mastery = "mastered" if won(rank) else "not_shown"
            found |= {f"mastery_{one.pk}": mastery for one in bloc.competences.all()}
            ayes = 3 if won(rank) else 1
            votes |= {
                f"for_{bloc.pk}": ayes,
                f"against_{bloc.pk}": 3 - ayes,
                f"ground_{bloc.pk}": "" if won(rank) else "Gestes attendus non démontrés.",
            }
        self.did(president.post(f"{base}/competences/", found))
        self.did(president.post(f"{base}/votes/", votes))
        self.did(president.post(f"{base}/signer/", signature), Stage.DELIBERATED)
        self.tour.wait(6)
        notice = {
            Stage.CERTIFIED: Act.NOTIFY_FULL,
            Stage.PARTIALLY_CERTIFIED: Act.NOTIFY_PARTIAL,
            Stage.NOT_CERTIFIED: Act.NOTIFY_NONE,
        }[stage]
        self.act(self.certifier, notice, stage)

    def documents(self) -> None:
        """Ask for what was acquired and receive it."""
        self.act(self.candidate, Act.REQUEST_DOCUMENTS)
        self.act(self.certifier, Act.ISSUE_DOCUMENTS)


def moves(name: str) -> tuple[ClockMove, ...]:
    """Return the clock moves of an act."""
    return next(line.clocks for line in lifecycle.TABLE if line.act == name)


# ---------------------------------------------------------------- the six stories


def partial_then_whole(story: Story) -> None:
    """(1) Accompanied: sent back once, admissible with gaps, partial award, then the whole."""
    story.register("accompanied")
    story.tour.wait(3)
    story.accompany()
    story.refuses(
        story.candidate, Act.CONFIRM_FEASIBILITY, "R-013", read="on", sworn="on", name="X"
    )
    story.fill()
    story.act(story.architect, Act.GIVE_OPINION, opinion="favourable", comment="Expérience réelle.")
    story.send()
    story.tour.wait(5)
    story.act(
        story.certifier,
        Act.DECLARE_INCOMPLETE,
        Stage.FEASIBILITY_INCOMPLETE,
        items="Justificatif d’emploi",
    )
    proof = {"file": ("certificat de travail.pdf", ONE_PAGE)}
    story.did(
        story.candidate.post(
            story.path("faisabilite/documents/"), {"kind": "experience_proof"}, proof
        )
    )
    story.send()
    story.tour.wait(4)
    story.act(story.certifier, Act.DECLARE_COMPLETE, Stage.FEASIBILITY_COMPLETE)
    story.tour.wait(20)
    story.refuses(story.certifier, Act.DECLARE_INADMISSIBLE, "R-033")
    first = story.journey.targeted.earliest("position").competences.earliest("position")
    gap = {
        f"gap_{first.pk}": "Peu d’exemples récents.",
        "recommendations": "Décrire des cas récents.",
    }
    story.act(story.certifier, Act.DECLARE_ADMISSIBLE, Stage.ADMISSIBLE, **gap)
    story.tour.wait(60)
    story.write()
    story.hear(story.convene(), lambda rank: rank == 0, Stage.PARTIALLY_CERTIFIED)
    story.tour.wait(10)
    story.refuses(story.candidate, Act.OPEN_NEXT_ATTEMPT, "R-081")
    missing = story.journey.targeted.latest("position")
    plan = {
        f"action_{missing.pk}": "S’entraîner avec le tuteur",
        f"who_{missing.pk}": "Le candidat",
        f"due_{missing.pk}": now().date() + timedelta(days=60),
    }
    meeting = {"held_on": now().date(), "minutes": 60, "report": "Retour sur le jury."}
    story.act(story.architect, Act.HOLD_POST_JURY, **meeting | plan)
    story.act(story.candidate, Act.OPEN_NEXT_ATTEMPT, Stage.ADMISSIBLE)
    story.tour.wait(70)
    story.write()
    story.hear(story.convene(), lambda rank: True, Stage.CERTIFIED)
    story.documents()


def silence(story: Story) -> None:
    """(2) Alone, and the certifier stays silent for two months."""
    story.register("alone")
    story.fill()
    story.send()
    story.tour.wait(3)
    story.act(story.certifier, Act.DECLARE_COMPLETE, Stage.FEASIBILITY_COMPLETE)
    story.tour.wait(48)
    tick()
    story.tell()
    story.tour.wait(14)
    tick()
    story.tell()
    if story.journey.stage != Stage.ADMISSIBLE:
        raise Astray("silence did not make the file admissible")


def law_2002(story: Story) -> None:
    """(3) The 2002 route: the certifier's own limit, no lapse, no three months."""
    story.register("alone")
    story.fill()
    story.send()
    story.tour.wait(6)
    story.act(story.certifier, Act.DECLARE_COMPLETE)
    story.tour.wait(15)
    until = now().date() + timedelta(days=700)
    story.act(story.certifier, Act.DECLARE_ADMISSIBLE, Stage.ADMISSIBLE, valid_until=until)
    if story.journey.clocks.filter(kind=ClockKind.LAPSE).exists():
        raise Astray("R-047: nothing lapses on the 2002 route")
    story.tour.wait(200)
    story.write()
    story.hear(story.convene(), lambda rank: True, Stage.CERTIFIED)


def inadmissible(story: Story) -> None:
    """(4) Not admissible, with a reason; a second file in the same year is refused."""
    story.register("alone")
    story.fill()
    story.send()
    story.tour.wait(2)
    story.act(story.certifier, Act.DECLARE_COMPLETE)
    story.act(
        story.certifier,
        Act.DECLARE_INADMISSIBLE,
        Stage.INADMISSIBLE,
        reason="Activités sans rapport.",
    )


def failure(story: Story) -> None:
    """(5) No bloc at all, and another project."""
    story.register("alone")
    story.fill()
    story.send()
    story.act(story.certifier, Act.DECLARE_COMPLETE)
    story.act(story.certifier, Act.DECLARE_ADMISSIBLE, Stage.ADMISSIBLE)
    story.write()
    story.hear(story.convene(), lambda rank: False, Stage.NOT_CERTIFIED)
    story.act(
        story.candidate, Act.PURSUE_PLAN_B, Stage.REORIENTED, reason="Formation en alternance."
    )


def lapse(story: Story, *, avoided: bool) -> None:
    """(6) Six silent months: a recorded step keeps the admissibility, or a person confirms its end."""
    story.register("alone")
    story.fill()
    story.send()
    story.act(story.certifier, Act.DECLARE_COMPLETE)
    story.act(story.certifier, Act.DECLARE_ADMISSIBLE, Stage.ADMISSIBLE)
    story.tour.wait(160)
    tick()
    story.tell()
    if avoided:
        step = {"on": now().date(), "text": "Atelier d’écriture", "evidence": "Feuille de présence"}
        story.act(story.candidate, Act.RECORD_STEP, Stage.ADMISSIBLE, **step)
    story.tour.wait(60)
    tick()
    story.tell()
    if avoided:
        return
    story.refuses(story.certifier, Act.CONFIRM_LAPSE, "R-044")
    story.act(story.certifier, Act.CONFIRM_LAPSE, Stage.LAPSED, no_legitimate_reason="on")


def tell_all(tour: Tour) -> None:
    """Tell the six stories, each from the same first day."""
    stories: tuple[tuple[str, str, str, Callable[[Story], None]], ...] = (
        (
            "1. Accompagnée : partielle, puis entière",
            "ana.exemple@exemple.fr",
            "RNCP38901",
            partial_then_whole,
        ),
        (
            "2. Seule, et le certificateur ne répond pas",
            "bilal.exemple@exemple.fr",
            "RNCP36979",
            silence,
        ),
        ("3. Parcours issu de la loi de 2002", "chloe.exemple@exemple.fr", "RNCP41814", law_2002),
        ("4. Non recevable", "driss.exemple@exemple.fr", "RNCP39883", inadmissible),
        ("5. Échec et autre projet", "elodie.exemple@exemple.fr", "RNCP39883", failure),
        (
            "6 a. Caducité évitée par une étape",
            "farid.exemple@exemple.fr",
            "RNCP40906",
            lambda s: lapse(s, avoided=True),
        ),
        (
            "6 b. Caducité constatée",
            "gaelle.exemple@exemple.fr",
            "RNCP40906",
            lambda s: lapse(s, avoided=False),
        ),
    )
    for title, email, code, run in stories:
        timekeeper.travel(START)
        first = email.split(".")[0].capitalize()
        person(first, "Exemple", email)
        tour.title(title)
        run(Story(tour, email, code))
        work()


def work() -> None:
    """Let the worker do everything that is queued: notices, e-mails, papers."""
    own = cast(DjangoConnector, queue.connector).get_worker_connector()
    with queue.replace_connector(own) as worker:
        worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def keep_papers() -> int:
    """Copy every paper that was printed into a folder, and return how many."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    printed = Document.objects.filter(origin="generated").select_related("journey__candidate")
    for document in printed:
        target = FOLDER / f"{document.journey.candidate.first_name} - {document.name}"
        target.write_bytes(document.file.open("rb").read())
    return len(printed)


@contextmanager
def throw_away_database() -> Iterator[None]:
    """Lend a database made for the tour and dropped after it."""
    given = connections["default"].settings_dict
    server = psycopg.conninfo.make_conninfo(
        host=given["HOST"],
        port=given["PORT"] or None,
        user=given["USER"] or None,
        password=given["PASSWORD"] or None,
        dbname="postgres",
    )
    before = given["NAME"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS jalon_tour WITH (FORCE)")
        connection.execute("CREATE DATABASE jalon_tour TEMPLATE template0")
        given["NAME"] = settings.DATABASES["default"]["NAME"] = "jalon_tour"
        given["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8}
        try:
            call_command("migrate", verbosity=0)
            yield
        finally:
            connections.close_all()
            cast(DatabaseWrapper, connections["default"]).close_pool()
            del given["OPTIONS"]["pool"]
            given["NAME"] = settings.DATABASES["default"]["NAME"] = before
            connection.execute("DROP DATABASE IF EXISTS jalon_tour WITH (FORCE)")


class Silent(WSGIRequestHandler):
    """A request handler that prints nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def server() -> Iterator[str]:
    """Serve the product on a free port of this machine, and return its address."""
    web = ThreadedWSGIServer(("127.0.0.1", 0), Silent)
    web.daemon_threads = True
    web.set_app(get_wsgi_application())
    thread = threading.Thread(target=web.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{web.server_port}"
    finally:
        web.shutdown()
        web.server_close()


def main(arguments: list[str]) -> int:
    """Tell the six stories; return 0 when each went as the law says."""
    aloud = "--json" not in arguments
    settings.MEDIA_ROOT = settings.VAR / "files-tour"
    with throw_away_database():
        timekeeper.travel(START)
        with server() as address:
            logging.getLogger("django.request").setLevel(logging.ERROR)
            tour = Tour(address, build_demo_people(), aloud=aloud)
            try:
                tell_all(tour)
            except Astray as astray:
                print(f"\nLe récit s’est égaré : {astray}", file=sys.stderr)
                return 1
            finally:
                printed = keep_papers()
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    timekeeper.travel(None)
    if aloud:
        print(f"\n{len(tour.lines)} lignes, {printed} documents dans var/tour/")
    else:
        print(json.dumps(tour.lines, ensure_ascii=False, indent=1))
    return 0
