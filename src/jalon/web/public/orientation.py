"""The short orientation: a few questions, one a page, then where to go; nothing is kept."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from jalon.law.rulebook import enforces
from jalon.web.public.advisers import advisers


@dataclass(frozen=True)
class Question:
    """What is asked, and the answers: their value and their words."""

    name: str
    title: str
    answers: tuple[tuple[str, str], ...]
    hint: str = ""


QUESTIONS = (
    Question(
        "projet",
        "Savez-vous quelle certification vous voulez obtenir ?",
        (("oui", "Oui, je sais laquelle"), ("hesite", "J’hésite entre plusieurs"), ("non", "Non")),
    ),
    Question(
        "experience",
        "Avez-vous déjà exercé ce métier ?",
        (
            ("long", "Oui, un an ou plus en tout"),
            ("court", "Oui, moins d’un an"),
            ("jamais", "Non, jamais"),
        ),
        "Tout compte : emploi, intérim, travail indépendant, bénévolat, mandat syndical ou électif, "
        "stage, alternance.",
    ),
    Question(
        "ecrit",
        "Êtes-vous à l’aise pour raconter votre travail par écrit ?",
        (("oui", "Oui"), ("aide", "Avec de l’aide"), ("non", "Non, c’est difficile")),
        "Il y a deux dossiers à écrire. Un architecte peut vous aider pour les deux.",
    ),
)


@enforces("R-008")
def orient(given: dict[str, str]) -> dict[str, Any]:
    """Return the next question with the answers so far, or the way to go once it is known.

    A person without a project is sent to an adviser at once; little experience is only a notice.
    """
    answers: dict[str, str] = {}
    for question in QUESTIONS:
        answer = given.get(question.name, "")
        if answer not in dict(question.answers):
            return {
                "question": question,
                "answers": answers,
                "number": len(answers) + 1,
                "total": len(QUESTIONS),
                "back": before(answers),
            }
        answers[question.name] = answer
        if answer in ADVISER.get(question.name, ()):
            return {"advisers": advisers(), "answers": answers, "back": before(answers)}
    return {
        "apply": True,
        "short": answers["experience"] == "court",
        "writing": answers["ecrit"] != "oui",
        "back": before(answers),
    }


#: The answers after which an adviser comes before any application.
ADVISER = {"projet": ("hesite", "non"), "experience": ("jamais",)}


def before(answers: dict[str, str]) -> str:
    """Return the query of the page before: the answers without the last one."""
    return urlencode(list(answers.items())[:-1])
