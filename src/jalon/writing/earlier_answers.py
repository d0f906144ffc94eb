"""What somebody already wrote that a question of the validation file may take up, in their own words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jalon.journeys.models import Journey
from jalon.writing.models import CompetenceClaim, Section


@dataclass(frozen=True)
class Earlier:
    """A text written before: where it was, and the question that may take it up."""

    key: str
    question: str
    source: str
    text: str


def earlier(journey: Journey, section: Section) -> list[Earlier]:
    """Return what may be taken up in a text; what it holds already is not offered again."""
    held = section.texts
    found = {
        (one.question, one.text.strip()): one
        for one in written(journey, section)
        if one.text.strip() and one.text.strip() not in held[one.question].replace("\r\n", "\n")
    }
    return list(found.values())


def written(journey: Journey, section: Section) -> Iterator[Earlier]:
    """Yield what was written of a competence in other files, and of each experience."""
    for one in journey.experiences.all():
        yield Earlier(
            f"experience-{one.pk}", "context", f"Votre expérience : {one}", one.activities
        )
    claims = CompetenceClaim.objects.filter(
        feasibility__journey=journey, competence=section.competence_id
    )
    for claim in claims:
        yield Earlier("feasibility", "actions", "Votre dossier de faisabilité", claim.example)
    others = Section.objects.filter(
        file__attempt__journey=journey, competence=section.competence_id
    ).exclude(pk=section.pk)
    for other in others.select_related("file__attempt"):
        number = other.file.attempt.number
        for question, text in other.texts.items():
            source = f"Votre dossier du passage {number}"
            yield Earlier(f"attempt-{number}-{question}", question, source, text)


def taken_up(offered: list[Earlier], key: str, answers: Mapping[str, str]) -> dict[str, str]:
    """Return some answers, and behind one of them the text that is taken up; as they were for no text."""
    taken = next((one for one in offered if one.key == key), None)
    if taken is None:
        return dict(answers)
    before = answers[taken.question].rstrip()
    return {**answers, taken.question: f"{before}\n\n{taken.text}" if before else taken.text}
