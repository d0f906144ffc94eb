"""A network between a browser and the pages that is cut, dawdles, or loses answers on the way back."""

import socket
from contextlib import suppress
from enum import Enum
from threading import Event, Lock, Thread
from time import sleep
from urllib.parse import urlsplit


class Mood(Enum):
    """How the network carries."""

    CARRIES = "carries"
    CUT = "cut"
    SLOW = "slow"
    LOSES_ANSWERS = "loses answers"


class Network:
    """Carries what is sent to an address of its own to the pages, in the mood of the moment."""

    def __init__(self, address: str) -> None:
        there = urlsplit(address)
        self.there = (there.hostname or "", there.port or 80)
        self.mood = Mood.CARRIES
        self.seconds = 0.4
        self.carried = 0  # bytes of answers
        self.counting = Lock()
        self.closing = Event()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.lines: list[socket.socket] = []
        self.address = f"http://127.0.0.1:{self.door.getsockname()[1]}"
        Thread(target=self.answer, daemon=True).start()

    def become(self, mood: Mood) -> None:
        """Change the mood; what is on its way is lost when the network is cut."""
        self.mood = mood
        lines, self.lines = self.lines, []
        for line in lines:
            hang_up(line)

    def answer(self) -> None:
        """Take what comes, until it is closed."""
        while not self.closing.is_set():
            with suppress(OSError):
                line, _ = self.door.accept()
                if self.mood is Mood.CUT:
                    hang_up(line)
                else:
                    Thread(target=self.carry, args=(line,), daemon=True).start()

    def carry(self, line: socket.socket) -> None:
        """Carry one connection, both ways."""
        with suppress(OSError):
            there = socket.create_connection(self.there, timeout=30)
            self.lines += [line, there]
            Thread(target=self.pump, args=(line, there, False), daemon=True).start()
            self.pump(there, line, True)
        hang_up(line)

    def pump(self, one: socket.socket, other: socket.socket, answers: bool) -> None:
        """Carry one way; an answer may dawdle, or be lost."""
        with suppress(OSError):
            while words := one.recv(65536):
                if answers and self.mood is Mood.SLOW:
                    sleep(self.seconds)
                if answers and self.mood is Mood.LOSES_ANSWERS:
                    break
                other.sendall(words)
                with self.counting:
                    self.carried += len(words) if answers else 0
        hang_up(one)
        hang_up(other)

    def close(self) -> None:
        """Stop."""
        self.closing.set()
        self.become(Mood.CUT)
        hang_up(self.door)


def hang_up(line: socket.socket) -> None:
    """End a connection at once."""
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()
