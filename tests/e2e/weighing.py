"""What a page costs a telephone on a slow network: bytes, seconds, what moves under the finger, how long its sentences are."""

import re
from contextlib import closing
from dataclasses import dataclass
from os import cpu_count, getloadavg
from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from .network import Network

PHONE: Any = {"width": 390, "height": 844}
#: The third generation as it is met in a workshop: bits and milliseconds.
BITS_A_SECOND, DELAY = 1_600_000, 300
#: What a page may cost: bytes for whoever comes for the first time, then with what the browser kept.
FIRST, AFTER, SECONDS, WORDS = 120_000, 25_000, 2.0, 12.0
#: What a browser rounds: a shift below this moves nothing by a pixel.
STILL = 0.0005

#: Adds up what moves of itself, from the first instant.
WATCH = """
window.moved = 0;
new PerformanceObserver((seen) => {
  for (const one of seen.getEntries()) if (!one.hadRecentInput) window.moved += one.value;
}).observe({ type: "layout-shift", buffered: true });
"""
#: The page is usable once its words are painted and what runs on it has run.
TOLD = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const painted = performance.getEntriesByName("first-contentful-paint")[0];
  const parts = performance.getEntriesByType("resource")
    .filter((one) => ["link", "script", "css"].includes(one.initiatorType));
  return {
    moved: window.moved,
    painted: Boolean(painted),
    usable: Math.max(painted?.startTime ?? 0, page.domContentLoadedEventEnd) / 1000,
    bytes: [page, ...parts].reduce((sum, one) => sum + one.transferSize, 0),
    rounds: 1 + (parts.length > 0) + parts.some((one) => one.initiatorType === "css"),
    shown: document.querySelector("main").innerText,
  };
}"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
AFTER_A_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n")
ENDED = re.compile(r"[.!?…][\s»)]*$")
WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Weight:
    """What a page costs; `alone` is what the network takes by itself, whatever else the machine does."""

    page: str
    first: int
    after: int
    moved: float
    seconds: float
    alone: float
    words: float
    longest: str = ""

    @property
    def wrong(self) -> list[str]:
        """Return what the page costs beyond what it may, each with the page's name."""
        said = {
            f"{self.first} bytes at first, {FIRST} at most": self.first > FIRST,
            f"{self.after} bytes after, {AFTER} at most": self.after > AFTER,
            f"moves by {self.moved:.3f} as it comes": self.moved > STILL,
            f"usable after {self.seconds:.1f} s, {SECONDS} at most": self.late,
            f"{self.words:g} words in its median sentence, {WORDS:g} at most; the longest: {self.longest}": self.words
            > WORDS,
        }
        return [f"{self.page}: {what}" for what, true in said.items() if true]

    @property
    def late(self) -> bool:
        """Say whether the page comes late; on a machine that does other work, by the network alone."""
        return max(self.alone, 0 if loaded() else self.seconds) > SECONDS

    def __str__(self) -> str:
        """Return the line of the table."""
        figures = f"{self.first:7} {self.after:6} {self.moved:6.3f} {self.alone:6.2f}"
        return f"{figures} {self.seconds:6.2f} {self.words:6g}  {self.page}"


HEAD = "  first  after  moved  alone   whole  words  page"


def loaded() -> bool:
    """Say whether other work waits for this machine, so that its seconds say nothing."""
    return getloadavg()[0] > (cpu_count() or 1)


def sentences(shown: str) -> list[str]:
    """Return the sentences of what a page shows; a title, a label or a button is none."""
    return [one for one in AFTER_A_SENTENCE.split(shown) if ENDED.search(one)]


def length(sentence: str) -> int:
    """Return how many words a sentence has."""
    return sum(bool(WORD.search(word)) for word in sentence.split())


class Scales:
    """Weighs pages in a browser, through a network that counts what goes by."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.network = Network(address)

    def close(self) -> None:
        """Stop."""
        self.network.close()

    def phone(self, session: str) -> BrowserContext:
        """Return a telephone that knows nothing yet but who holds it."""
        context = self.browser.new_context(viewport=PHONE, locale="fr-FR")
        context.set_default_timeout(30000)
        context.add_init_script(WATCH)
        if session:
            context.add_cookies(
                [{"name": "sessionid", "value": session, "url": self.network.address}]
            )
        return context

    def weigh(self, name: str, path: str, session: str, known: BrowserContext) -> Weight:
        """Return what a page costs whoever never came, and whoever comes back with `known`."""
        with closing(self.phone(session)) as new:
            first, told = self.opened(new, path, slow=True)
        after, _ = self.opened(known, path, slow=False)
        alone = told["rounds"] * DELAY / 1000 + told["bytes"] * 8 / BITS_A_SECOND
        said = sentences(told["shown"])
        words = median(map(length, said)) if said else 0
        longest = max(said, key=length, default="")
        return Weight(name, first, after, told["moved"], told["usable"], alone, words, longest)

    def opened(
        self, context: BrowserContext, path: str, *, slow: bool
    ) -> tuple[int, dict[str, Any]]:
        """Open a page; return the bytes that came, and what the browser says of it."""
        page = context.new_page()
        if slow:
            slow_down(page)
        before = self.network.carried
        answer = page.goto(self.network.address + path, wait_until="networkidle")
        assert answer, path
        assert answer.status == 200, f"{path} answered {answer.status}"
        page.wait_for_function(PAINTED)
        told: dict[str, Any] = page.evaluate(TOLD)
        page.close()
        return self.network.carried - before, told


def slow_down(page: Page) -> None:
    """Put a page on the third generation."""
    said = {
        "offline": False,
        "latency": DELAY,
        "downloadThroughput": BITS_A_SECOND / 8,
        "uploadThroughput": BITS_A_SECOND / 8,
    }
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", said)
