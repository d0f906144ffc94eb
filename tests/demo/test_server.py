"""The demonstration starts where it can, and ends whole."""

import socket
import subprocess
import sys

from jalon.demo.server import stop_processes, taken

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"


def test_a_process_that_does_not_listen_is_ended_all_the_same() -> None:
    deaf = subprocess.Popen([sys.executable, "-c", DEAF], stdout=subprocess.PIPE)
    assert deaf.stdout and deaf.stdout.readline()
    polite = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    stop_processes([deaf, polite], patience=0.5)
    assert deaf.returncode is not None and polite.returncode is not None


def test_a_port_in_use_is_seen_before_anything_is_prepared() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert taken(port)
    assert not taken(port)
