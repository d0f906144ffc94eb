"""A mail server that takes, refuses, dawdles or hangs, and keeps what it took."""

import socketserver
from collections import Counter
from enum import Enum
from threading import Event, Thread
from time import sleep
from typing import Any


class Mood(Enum):
    """How the mail server answers."""

    TAKES = "takes"
    REFUSES = "refuses"
    DAWDLES = "dawdles"
    HANGS = "hangs"
    KNOWS_NOBODY = "knows nobody"


class MailServer:
    """An SMTP server on a port of its own; its mood changes while it runs."""

    def __init__(self) -> None:
        self.mood = Mood.TAKES
        self.taken: Counter[str] = Counter()
        self.closing = Event()
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self.conversation())
        self.server.daemon_threads = True
        self.port: int = self.server.server_address[1]
        Thread(target=self.server.serve_forever, daemon=True).start()

    def conversation(self) -> type[socketserver.StreamRequestHandler]:
        """Return what is said on a connection to this very server."""
        post = self

        class Conversation(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                post.speak(self)

        return Conversation

    def speak(self, on: Any) -> None:
        """Hold one conversation, in the mood of the moment."""
        if self.mood is Mood.HANGS:
            self.closing.wait(60)
            return
        say(on, "220 essai")
        while line := on.rfile.readline():
            word = line[:4].upper().strip()
            if self.mood is Mood.DAWDLES:
                sleep(0.3)
            if self.mood is Mood.REFUSES and word == b"MAIL":
                say(on, "451 plus tard")
            elif self.mood is Mood.KNOWS_NOBODY and word == b"RCPT":
                say(on, f"550 5.1.1 {line.decode().strip()[8:]}: inconnue ici")
            elif word == b"DATA":
                say(on, "354 dites")
                self.take(b"".join(iter(on.rfile.readline, b".\r\n")))
                say(on, "250 pris")
            elif word == b"QUIT":
                say(on, "221 au revoir")
                return
            else:
                say(on, "250 bien")

    def take(self, mail: bytes) -> None:
        """Keep which e-mail came, by its `Message-ID`."""
        heads = mail.split(b"\r\n\r\n")[0].decode(errors="replace").splitlines()
        named = next((one for one in heads if one.lower().startswith("message-id:")), "sans numéro")
        self.taken[named.split(":", 1)[-1].strip()] += 1

    def close(self) -> None:
        """Stop."""
        self.closing.set()
        self.server.shutdown()


def say(on: Any, words: str) -> None:
    """Answer one line."""
    on.wfile.write(f"{words}\r\n".encode())
