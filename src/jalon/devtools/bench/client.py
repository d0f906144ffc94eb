"""A small HTTP client: some connections that ask the same page again and again, for some time."""

import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from threading import Thread

#: Each connection asks so many times at least, however slow the page.
AT_LEAST = 3


@dataclass(frozen=True)
class Ask:
    """What is asked: a port of this machine, a path, headers."""

    port: int
    path: str
    headers: dict[str, str] = field(default_factory=dict)


def latencies(ask: Ask, clients: int, seconds: float) -> list[float]:
    """Return how long each answer took, in milliseconds; raises RuntimeError for one that is not 200."""
    taken: list[float] = []
    failures: list[str] = []
    until = time.monotonic() + seconds
    threads = [
        Thread(target=go_on_asking, args=(ask, until, taken, failures)) for _ in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(failures[0])
    return taken


def go_on_asking(ask: Ask, until: float, taken: list[float], failures: list[str]) -> None:
    """Ask until a moment, on one connection."""
    connection = HTTPConnection("127.0.0.1", ask.port, timeout=60)
    try:
        done = 0
        while not failures and (done < AT_LEAST or time.monotonic() < until):
            began = time.perf_counter()
            connection.request("GET", ask.path, headers=ask.headers)
            answer = connection.getresponse()
            answer.read()
            taken.append((time.perf_counter() - began) * 1000)
            done += 1
            if answer.status != 200:
                failures.append(f"{ask.path} answered {answer.status}")
    except OSError as failure:
        failures.append(f"{ask.path}: {failure}")
    finally:
        connection.close()


def size_of(ask: Ask) -> int:
    """Return the size of an answer's body, in bytes."""
    connection = HTTPConnection("127.0.0.1", ask.port, timeout=60)
    try:
        connection.request("GET", ask.path, headers=ask.headers)
        return len(connection.getresponse().read())
    finally:
        connection.close()
