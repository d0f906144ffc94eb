"""The command line: `./jalon <word>`; each word is one function of the table at the bottom."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from jalon.config.arguments import option

ROOT = Path(__file__).resolve().parents[2]
#: What is tried on purpose: a sample of each in the suite, the whole of one by `./jalon test NAME`.
TRIALS = {
    "access": ("tests/trials/test_access.py",),
    "hostile": ("tests/trials/test_hostile.py",),
    "pages": ("tests/e2e/test_phone.py",),
    "register": ("tests/trials/test_register.py",),
    "autosave": ("tests/e2e/test_typing_at_length.py",),
    "outage": ("tests/trials/outage/test_outage.py",),
    "backup": (
        "tests/config/test_backup.py",
        "tests/config/test_older_backup.py",
        "tests/config/test_point_in_time.py",
        "tests/config/test_two_roles.py",
    ),
    "acts": ("tests/trials/test_acts.py",),
    "rows": ("tests/journeys/test_every_row.py", "tests/journeys/test_machine.py"),
    "figures": ("tests/journeys/test_tallies.py",),
    "stories": (
        "tests/devtools/test_tour.py",
        "tests/demo/test_drivers.py",
        "tests/logs/test_nothing_personal.py",
    ),
}
#: The browsers that tests can drive, the lightest first: without windows, a page costs a third less.
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def main(arguments: list[str]) -> int:
    """Run one word of the command line and return its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.config.settings")
    if not arguments or arguments[0] not in WORDS:
        print("usage : ./jalon MOT\n")
        for word, (_, says) in WORDS.items():
            print(f"  {word:13} {says}")
        return 0 if not arguments or arguments[0] in ("-h", "--help", "help") else 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    run, says = WORDS[arguments[0]]
    if arguments[1:] in (["-h"], ["--help"]) and run is not manage:
        print(f"./jalon {arguments[0]} : {says}")
        return 0
    try:
        return run(arguments[1:])
    except Exception as failure:
        if lacks_a_setting(failure):
            print(f"jalon : réglage à revoir : {failure}", file=sys.stderr)
            return 2
        if not lacks_a_right(failure):
            raise
    print(
        "jalon : le rôle de la base n’a pas ce droit. Donnez par JALON_OWNER_DATABASE_URL celui qui possède "
        "les tables ; s’il manque des droits au rôle qui sert les pages : ./jalon grants",
        file=sys.stderr,
    )
    return 1


def lacks_a_right(failure: BaseException | None) -> bool:
    """Say whether something failed because the database refused a right to the role."""
    while failure and type(failure).__name__ != "InsufficientPrivilege":
        failure = failure.__cause__ or failure.__context__
    return failure is not None


def lacks_a_setting(failure: BaseException) -> bool:
    """Say whether the settings themselves refused what the environment holds: what they say is enough."""
    from django.conf import settings

    return type(failure).__name__ == "ImproperlyConfigured" and not settings.configured


def setup(mode: str) -> None:
    """Choose how Jalon runs, unless the environment already says, and load Django."""
    os.environ.setdefault("JALON_MODE", mode)
    import django

    django.setup()
    if os.environ["JALON_MODE"] == "production":
        from jalon.logs.config import log_what_nobody_caught

        log_what_nobody_caught()


def demo(arguments: list[str]) -> int:
    """Serve a demonstration with its own database and people."""
    return serve_demonstration("demo", arguments)


def dev(arguments: list[str]) -> int:
    """Serve the same with Django's own server: errors shown whole, code reloaded as it changes."""
    return serve_demonstration("dev", arguments)


def serve_demonstration(mode: str, arguments: list[str]) -> int:
    """Serve fictional people and journeys, from a database of the mode's own."""
    os.environ.setdefault(
        "JALON_ADDRESS", f"http://127.0.0.1:{option(arguments, '--port', '8000')}"
    )
    os.environ["JALON_MODE"] = mode
    setup(mode)
    from jalon.demo.server import main as run

    return run(arguments)


def tour(arguments: list[str]) -> int:
    """Play every kind of journey without a screen, or those named."""
    os.environ["JALON_MODE"] = "test"
    setup("test")
    from jalon.devtools.tour import main as run

    return run(arguments)


def serve(arguments: list[str]) -> int:
    """Serve the pages with Granian: [--host H] [--port N]."""
    host = option(arguments, "--host", "127.0.0.1")
    port = option(arguments, "--port", "8000")
    if not can_listen(host, port):
        print(
            f"jalon : impossible d’écouter sur {host}:{port}. Un autre programme y est peut-être, "
            "ou Jalon déjà : choisissez un autre port par --port.",
            file=sys.stderr,
        )
        return 1
    os.environ["JALON_PAGES"] = "1"
    with TemporaryDirectory(prefix="jalon-metrics-") as counts:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = counts  # where its processes count together
        setup("production")
        serve_pages(host, int(port))
    return 0


def can_listen(host: str, port: str) -> bool:
    """Say whether an address is free: two installations would else share it, one request each, without a word."""
    try:
        found = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)
        family, kind, _, _, address = found[0]
        with socket.socket(family, kind) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except (OSError, ValueError, OverflowError):
        return False
    return True


def serve_pages(host: str, port: int) -> None:
    """Serve the pages at an address until told to stop."""
    from django.conf import settings
    from django.core.management import call_command
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from jalon.logs.config import logging_of_the_server

    call_command("collectstatic", interactive=False, verbosity=0)
    Server(
        "jalon.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("JALON_WORKERS", "1")),
        blocking_threads=min(8, 2 * (os.cpu_count() or 1)),
        log_level=LogLevels.warning,
        log_dictconfig=logging_of_the_server(settings.LOGGING),
    ).serve()


def worker(arguments: list[str]) -> int:
    """Run what was queued, and the periodic work, until stopped; with --one-shot, what waits only."""
    setup("production")
    if os.environ["JALON_MODE"] == "dev":
        from jalon.demo.worker import work_reloaded

        work_reloaded()
    from jalon.queue.worker import work

    one_shot = "--one-shot" in arguments
    work(wait=not one_shot, signals=not one_shot)
    return 0


def jobs(arguments: list[str]) -> int:
    """Say what the queue holds, or put back what failed, hold e-mails after a going back, let them go."""
    if arguments not in ([], ["retry"], ["hold"], ["release"]) and not since(arguments):
        print(
            "usage : ./jalon jobs [retry | hold | release [--since AAAA-MM-JJTHH:MM]]",
            file=sys.stderr,
        )
        return 2
    setup("production")
    from jalon.mailbox import holding
    from jalon.mailbox.models import Notice
    from jalon.queue import state

    match arguments[:1]:
        case ["retry"]:
            print(f"Travaux remis en file : {state.retry()}")
        case ["hold"]:
            holding.hold()
        case ["release"]:
            print(f"E-mails qui partent : {holding.release(since(arguments))}")
    print("\n".join(str(line) for line in state.lines()) or "Rien n’attend, rien n’a échoué.")
    say_held(Notice.objects.held().count())
    return 0


def since(arguments: list[str]) -> datetime | None:
    """Return the moment that `jobs release --since` names, in Paris; None when it is not that or no moment."""
    from jalon.now import PARIS

    try:
        word, flag, said = arguments
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    if (word, flag) != ("release", "--since"):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=PARIS)


def say_held(held: int) -> None:
    """Say how many e-mails wait for somebody to let them go, if any."""
    if held:
        print(
            f"E-mails retenus : {held}. La base est revenue en arrière : ils sont peut-être déjà partis. "
            "« ./jalon jobs release » les laisse partir ; avec --since, seulement ceux d’après une heure."
        )


def verify(arguments: list[str]) -> int:
    """Say what does not agree with what was kept: journal, seals, files that were sent, papers; 1 if anything."""
    setup("production")
    from jalon.journeys import proofs

    wrong = 0
    for name, check in proofs.CHECKS.items():
        before = wrong
        for fault in check():
            wrong += 1
            print(f"NON {fault}")
        print(f"ok  {name}" if wrong == before else f"NON {name} : {wrong - before} à regarder")
    if seal := proofs.last_seal():
        print(
            f"Dernier sceau, à noter ailleurs : n° {seal.number}, {seal.at:%d/%m/%Y}, {seal.hash}"
        )
    else:
        print("Aucun sceau encore : il s’en fait un dans l’heure qui suit le premier acte.")
    return 1 if wrong else 0


def backup(arguments: list[str]) -> int:
    """Make a backup and read it back: [--to FOLDER] [--key-file F] [--keep N]."""
    os.environ["JALON_AS_OWNER"] = "1"
    setup("production")
    from django.conf import settings

    from jalon.config.archive import ArchiveRefused
    from jalon.config.backup import backup as make

    folder = option([*arguments, ""], "--to", str(settings.BACKUPS or ""))
    keep = option([*arguments, ""], "--keep", "0")
    if not folder or not keep.isdecimal():
        print("usage : ./jalon backup --to DOSSIER [--key-file CLÉ] [--keep N]", file=sys.stderr)
        return 2
    try:
        print(f"Sauvegarde faite et relue : {make(Path(folder), backup_key(arguments), int(keep))}")
    except (ArchiveRefused, OSError) as refused:
        print(f"NON {refused}", file=sys.stderr)
        return 1
    return 0


def restore(arguments: list[str]) -> int:
    """Put a backup back into an empty database and an empty folder, then verify: ARCHIVE [--key-file F]."""
    if not arguments or arguments[0].startswith("-"):
        print("usage : ./jalon restore SAUVEGARDE [--key-file CLÉ]", file=sys.stderr)
        return 2
    os.environ["JALON_AS_OWNER"] = "1"
    setup("production")
    from jalon.config.archive import ArchiveRefused
    from jalon.config.restore import restore as put_back

    try:
        said = put_back(Path(arguments[0]), backup_key(arguments))
    except (ArchiveRefused, OSError) as refused:
        print(f"NON {refused}", file=sys.stderr)
        return 1
    print(f"Sauvegarde du {said['at']} remise en place : {len(said['parts']) - 1} fichiers")
    say_held(said["held"])
    return give_grants() or verify([])


def forget(arguments: list[str]) -> int:
    """Delete again what was deleted since the moment to which the database went back: [--missing N]."""
    missing = option([*arguments, ""], "--missing", "0")
    if not missing.isdecimal() or (arguments and arguments[0] != "--missing"):
        print("usage : ./jalon forget [--missing N]", file=sys.stderr)
        return 2
    setup("production")
    from jalon.config.archive import ArchiveRefused
    from jalon.config.restore import forget as delete_again

    try:
        done = delete_again(int(missing))
    except ArchiveRefused as refused:
        print(f"NON {refused}", file=sys.stderr)
        return 1
    print("\n".join(f"{count:5}  {what}" for what, count in done.items()))
    return 0


def backup_key(arguments: list[str]) -> bytes | None:
    """Return the key of backups, from --key-file or JALON_BACKUP_KEY_FILE; None for none."""
    from jalon.config.archive import secret

    path = option([*arguments, ""], "--key-file", os.environ.get("JALON_BACKUP_KEY_FILE", ""))
    return secret(Path(path)) if path else None


def migrate(arguments: list[str]) -> int:
    """Bring the database to this version as its owner, load the catalogue, and give the grants."""
    os.environ["JALON_AS_OWNER"] = "1"
    setup("production")
    from django.core.management import CommandError, call_command

    from jalon.catalogue.actions import load

    try:
        call_command("migrate", verbosity=1)
    except CommandError as refused:
        print(f"jalon : {refused}", file=sys.stderr)
        return 1
    call_command("createcachetable", verbosity=0)
    load()
    return give_grants()


def grants(arguments: list[str]) -> int:
    """Give the role under which the pages run what it needs, and nothing more; again after a restoration."""
    os.environ["JALON_AS_OWNER"] = "1"
    setup("production")
    return give_grants()


def give_grants() -> int:
    """Give the role of DATABASE_URL its grants where another one owns the tables; say what was done."""
    import psycopg

    from jalon.journeys.guards import grant

    served = psycopg.conninfo.conninfo_to_dict(os.environ.get("DATABASE_URL", ""))
    if not os.environ.get("JALON_OWNER_DATABASE_URL"):
        print(
            "jalon : les pages servent sous le rôle qui possède les tables. "
            "Pour les séparer : JALON_OWNER_DATABASE_URL (voir CONTRIBUTING.md).",
            file=sys.stderr,
        )
        return 0
    try:
        grant(str(served.get("user", "")))
    except ValueError as wrong:
        print(f"jalon : {wrong}", file=sys.stderr)
        return 1
    print(f"jalon : le rôle {served['user']} a ses droits, et rien de plus")
    return 0


def catalogue(arguments: list[str]) -> int:
    """Take in the national register's export: import FILE [--dry-run] [--only CODES | --uimm]."""
    only = option([*arguments, ""], "--only", "")
    known = {"--dry-run", "--uimm", *(("--only", only) if only else ())}
    files = [one for one in arguments[1:] if one not in known]
    if arguments[:1] != ["import"] or len(files) != 1 or {"--only", "--uimm"} <= {*arguments}:
        print(
            "usage : ./jalon catalogue import FICHIER [--dry-run] [--only CODE,CODE | --uimm]",
            file=sys.stderr,
        )
        return 2
    setup("production")
    from jalon.catalogue.rncp.export import ExportRefused
    from jalon.journeys.sheets import import_file

    try:
        lines = import_file(Path(files[0]), only.split(","), dry="--dry-run" in arguments)
    except (ExportRefused, OSError) as refused:
        print(refused, file=sys.stderr)
        return 1
    print("\n".join(lines))
    return 0


def administrator(arguments: list[str]) -> int:
    """Make the first administrator of an installation: EMAIL FIRST_NAME LAST_NAME."""
    if len(arguments) != 3:
        print("usage : ./jalon administrator ADRESSE PRÉNOM NOM", file=sys.stderr)
        return 2
    setup("production")
    from django.conf import settings
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.urls import reverse

    from jalon.law.vocabulary import Role
    from jalon.people.actions import account, admit

    try:
        validate_email(arguments[0])
    except ValidationError:
        print(
            f"« {arguments[0]} » n’est pas une adresse e-mail : rien n’est fait.", file=sys.stderr
        )
        return 2
    person = account(*arguments)
    admit(person, Role.ADMINISTRATOR, None)
    print(
        f"{person.get_full_name()} administre Jalon, et choisit son mot de passe ici : "
        f"{settings.SITE_ADDRESS}{reverse('account_reset_password')}"
    )
    return 0


def bench(arguments: list[str]) -> int:
    """Measure pages and acts on many journeys."""
    from jalon.devtools.bench.main import main as run

    return run(arguments)


def manage(arguments: list[str]) -> int:
    """Pass a command to Django as it is; without a database of yours, on that of development."""
    setup("production" if os.environ.get("DATABASE_URL") else "dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["jalon", *arguments])
    return 0


def rules(arguments: list[str]) -> int:
    """List the rules of the law: article, where enforced, which tests prove them."""
    setup("test")
    from jalon.devtools.rules import main as run

    return run(arguments)


def check(arguments: list[str]) -> int:
    """Check deployment settings, migrations, style, types and the layout of the house."""
    from jalon.devtools.check import main as run

    return run(arguments)


def test(arguments: list[str]) -> int:
    """Check, then run every test; or one trial, whole, by its name; other arguments go to pytest."""
    os.environ["JALON_MODE"] = "test"
    if arguments and arguments[0] in TRIALS:
        os.environ["JALON_WHOLE_TRIAL"] = "1"
        arguments = ["-s", *TRIALS[arguments[0]], *arguments[1:]]
    if not arguments and (status := check([])):
        return status
    ensure_chromium()
    command = [
        sys.executable,
        "-m",
        "pytest",
        *(arguments or ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]),
    ]
    return subprocess.call(command, cwd=ROOT)


def ensure_chromium() -> None:
    """Install the browser that the browser tests drive, when it is absent."""
    if any(shutil.which(name) for name in CHROMIUM):
        return
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        print("jalon : installe Chromium pour les tests", file=sys.stderr)
        install = ("install", "-y", "--no-install-recommends")
        apt("update")
        # Debian has the first, its cousins only the second.
        if not (apt(*install, "chromium-headless-shell") or apt(*install, "chromium")):
            raise SystemExit(
                "jalon : Chromium ne s’installe pas, les tests du navigateur non plus."
            )
    else:
        subprocess.check_call(
            [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
        )


def apt(*words: str) -> bool:
    """Tell whether apt-get did what it was asked."""
    return subprocess.call(["apt-get", "-qq", *words], stdout=subprocess.DEVNULL) == 0


WORDS: dict[str, tuple[Callable[[list[str]], int], str]] = {
    "demo": (demo, "sert une démonstration complète [--port N] [--reset]"),
    "dev": (dev, "sert la même pour développer : erreurs montrées, code rechargé"),
    "tour": (tour, "déroule sans écran tous les parcours, ou ceux que l’on nomme [--json]"),
    "serve": (serve, "sert les pages [--host H] [--port N]"),
    "worker": (worker, "exécute les tâches en file et les tâches périodiques [--one-shot]"),
    "jobs": (jobs, "montre les travaux en file [retry | hold | release [--since]]"),
    "verify": (
        verify,
        "vérifie que rien n’a été altéré : journal, sceaux, dossiers envoyés, fichiers",
    ),
    "backup": (backup, "sauvegarde base et fichiers [--to DOSSIER] [--key-file CLÉ] [--keep N]"),
    "restore": (restore, "remet une sauvegarde dans une base et un dossier vides [--key-file CLÉ]"),
    "forget": (
        forget,
        "après un retour à un moment : supprime à nouveau ce qui l’était déjà [--missing N]",
    ),
    "migrate": (migrate, "met la base à jour et charge le catalogue, sous le rôle qui la possède"),
    "grants": (grants, "donne au rôle qui sert les pages ses droits, et rien de plus"),
    "catalogue": (
        catalogue,
        "lit l’export du répertoire : import FICHIER [--dry-run] [--only CODES | --uimm]",
    ),
    "administrator": (administrator, "crée le premier administrateur : ADRESSE PRÉNOM NOM"),
    "test": (test, "vérifie tout et lance les tests"),
    "check": (check, "vérifie réglages, migrations, style, types et cloisons"),
    "rules": (rules, "liste les règles de droit et leurs preuves [--json]"),
    "bench": (
        bench,
        "mesure pages et actes [--size N] [--only NOM] [--workers N] [--json] [--reset] ; positioning : l’autopositionnement",
    ),
    "manage": (manage, "passe une commande à Django"),
}
