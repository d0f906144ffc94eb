"""The fingerprint of a validation file that was sent: its texts and its evidence, in a fixed order."""

import hashlib
import json
from collections.abc import Callable

from jalon.writing.models import Section, ValidationFile

#: The competence that a file proves, and the SHA-256 of its bytes.
Evidence = list[list[int | str]]

#: Who knows the evidence of a file: the room of documents, above this one.
EVIDENCE: list[Callable[[ValidationFile], Evidence]] = []

#: The questions that each version covers. A fingerprint is computed again as it was on its day: what a
#: file asks more, or otherwise, is a new version.
QUESTIONS = {
    1: ("context", "actions", "means", "result", "learnt"),
    2: ("context", "actions", "means", "result", "learnt"),
}
LATEST = 2


def attaches(known: Callable[[ValidationFile], Evidence]) -> Callable[[ValidationFile], Evidence]:
    """Register who knows the evidence of a file."""
    EVIDENCE.append(known)
    return known


def evidence_of(file: ValidationFile) -> Evidence:
    """Return the evidence of a file as it stands, in a fixed order."""
    return sorted(one for known in EVIDENCE for one in known(file))


def fingerprint(file: ValidationFile) -> str:
    """Return the SHA-256 of everything the candidate sent, as the version of the file's fingerprint says.

    Before the second version, the evidence and what was set aside were left out.
    """
    questions = QUESTIONS[file.fingerprint_version]
    if file.fingerprint_version == 1:
        text = {
            "presentation": file.presentation,
            "sections": [answers(one, questions) for one in file.sections.asked()],
        }
        return digest(text)
    sections = sorted(file.sections.all(), key=lambda one: one.competence_id)
    return digest(
        {
            "version": file.fingerprint_version,
            "presentation": file.presentation,
            "sections": [answers(one, questions) for one in sections],
            "evidence": file.evidence_sent,
        }
    )


def answers(section: Section, questions: tuple[str, ...]) -> list[int | str]:
    """Return the competence of a text, and what was answered to each question."""
    return [section.competence_id, *(getattr(section, name) for name in questions)]


def digest(said: object) -> str:
    """Return the SHA-256 of what JSON can say."""
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
