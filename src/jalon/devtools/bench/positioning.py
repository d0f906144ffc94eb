"""`./jalon bench positioning`: how often the certification that answers somebody's words is found."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

SENTENCES = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Sentence:
    """What somebody says of their work, the code that answers it ("" for none), and its half."""

    says: str
    expected: str
    half: str


def sentences() -> list[Sentence]:
    """Return the evaluation set, as it stands in the file beside this one."""
    return [Sentence(**one) for one in tomllib.loads(SENTENCES.read_text("utf-8"))["sentence"]]
