"""Serves the demonstration, or the same in development: the pages and the worker, ended together."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from jalon.config.arguments import option
from jalon.config.embedded import RUNTIME
from jalon.demo import seed
from jalon.journeys import guards


def main(arguments: list[str]) -> int:
    """Prepare the demonstration if needed, then serve it until interrupted."""
    if not (settings.DEMO or settings.DEV) or os.environ.get("DATABASE_URL"):
        print("jalon : la démonstration ne tourne que sur sa propre base.", file=sys.stderr)
        return 2
    port = option(arguments, "--port", "8000")
    if taken(int(port)):
        word = "dev" if settings.DEV else "demo"
        print(
            f"jalon : le port {port} est déjà pris. Essayez : ./jalon {word} --port {int(port) + 1}",
            file=sys.stderr,
        )
        return 2
    began = time.monotonic()
    seed.prepare(anew="--reset" in arguments)
    guards.make_role(RUNTIME)
    guards.grant(RUNTIME)
    if not settings.DEV:
        call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()
    print(
        f"jalon : prêt en {time.monotonic() - began:.0f} s. Ouvrez http://127.0.0.1:{port}/demo/",
        flush=True,
    )
    return serve_until_stopped(port)


def taken(port: int) -> bool:
    """Tell whether another program of this machine listens on a port."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def serve_until_stopped(port: str) -> int:
    """Run the web server and the worker, and end both together."""
    environment = os.environ | {"JALON_MODE": settings.MODE, "JALON_RESTRICTED": "1"}
    command = [sys.executable, "-m", "jalon"]
    pages = ["manage", "runserver", port] if settings.DEV else ["serve", "--port", port]
    with (settings.VAR / "worker.log").open("w") as said:
        children = [
            subprocess.Popen([*command, *pages], env=environment),
            subprocess.Popen([*command, "worker"], env=environment, stdout=said, stderr=said),
        ]

    try:
        return children[0].wait()
    except KeyboardInterrupt:
        return 0
    finally:
        stop_processes(children)


def stop_processes(children: Iterable[subprocess.Popen[bytes]], patience: float = 10) -> None:
    """Ask processes to end, and end those that do not within some seconds."""
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
