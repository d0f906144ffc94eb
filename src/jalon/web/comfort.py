"""How each person reads with ease: what they chose on the page that asks, kept on their device and nowhere else."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

#: For how long a device keeps it, in seconds.
COOKIE, KEPT_FOR = "confort", 365 * 24 * 60 * 60


@dataclass(frozen=True)
class Choice:
    """One way to read, in the words of its button."""

    value: str
    label: str


@dataclass(frozen=True)
class Setting:
    """Something that a person may settle; the first choice is what everybody has."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    hint: str = ""


SETTINGS = (
    Setting(
        "text",
        "Taille du texte",
        (Choice("normal", "Normale"), Choice("large", "Grande"), Choice("largest", "Très grande")),
    ),
    Setting(
        "spacing",
        "Espacement",
        (Choice("normal", "Normal"), Choice("wide", "Large")),
        "Large : les lignes, les mots et les lettres sont plus espacés.",
    ),
    Setting(
        "colours",
        "Couleurs",
        (
            Choice("device", "Comme mon appareil"),
            Choice("light", "Claires"),
            Choice("dark", "Sombres"),
        ),
    ),
    Setting(
        "ruler",
        "Règle de lecture",
        (Choice("off", "Sans règle"), Choice("on", "Avec la règle")),
        "Une bande claire suit la souris, le doigt ou le clavier, et le reste de la page s’assombrit. "
        "Alt et flèche la déplacent d’une ligne. Échap la cache ou la remontre.",
    ),
)


def chosen(request: HttpRequest) -> dict[str, str]:
    """Return what a device keeps of its person's choices, those that everybody has left out."""
    parts = (part.partition("-") for part in request.COOKIES.get(COOKIE, "").split("."))
    return known({name: value for name, _, value in parts})


def known(said: dict[str, str]) -> dict[str, str]:
    """Return what is a choice of ours in what was said, and changes something."""
    return {
        one.name: said[one.name]
        for one in SETTINGS
        if said.get(one.name) in [choice.value for choice in one.choices[1:]]
    }


def keep(response: HttpResponse, choices: dict[str, str]) -> None:
    """Have the device keep these choices; forget them when none is left."""
    if not choices:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        ".".join(f"{name}-{value}" for name, value in choices.items()),
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
