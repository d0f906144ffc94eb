"""The words that each route uses for the same thing, said in one place (R-133).

The table and the pages speak in the words of France VAE; on the 2002 route, the same sentences are
read with the words of that route.
"""

import re

from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Route

#: Each route in a word, where a list has no room for more.
IN_A_WORD = {Route.FRANCE_VAE: "France VAE", Route.LAW_2002: "Classique"}

REQUEST = "demande de recevabilité (Livret 1)"
BOOKLET = "Livret 2"

FILE = "dossier de faisabilité"
#: What agrees with the file when it becomes a request.
FEMININE = {
    "complet": "complète",
    "confirmé et signé": "confirmée et signée",
    "déposé": "déposée",
    "envoyé": "envoyée",
    "incomplet": "incomplète",
    "parti": "partie",
    "rempli": "remplie",
    "reçu complet": "reçue complète",
    "signé": "signée",
}
#: What stands for what on the 2002 route: agreements first, then articles, then the noun alone.
OF_2002: tuple[tuple[str, str], ...] = (
    (rf"\b({FILE}[^.:;]*?[ ,][a-zé]+ez)-le et ([a-zé]+ez)-le\b", r"\1-la et \2-la"),
    (rf"\b({FILE}[^.:;]*?[ ,][a-zé]+ez)-le\b", r"\1-la"),
    (rf"\b([MmSs])on {FILE}\b", rf"\1a {REQUEST}"),
    (rf"\b([Uu])n {FILE}\b", rf"\1ne {REQUEST}"),
    (rf"\b([Ll])e {FILE}\b", rf"\1a {REQUEST}"),
    (rf"\b([Cc])e {FILE}\b", rf"\1ette {REQUEST}"),
    (rf"\bdu {FILE}\b", f"de la {REQUEST}"),
    (rf"\bau {FILE}\b", f"à la {REQUEST}"),
    (rf"\bD{FILE[1:]}\b", f"D{REQUEST[1:]}"),
    (rf"\b{FILE}\b", REQUEST),
    (r"\b[Dd]ossier de validation\b", BOOKLET),
)
AGREED = re.compile(
    rf"\b([Dd]{FILE[1:]}(?: est)?) ({'|'.join(sorted(FEMININE, key=len, reverse=True))})\b"
)
RECEIVED = re.compile(r"(Livret 1\) est complète\. Nous l’avons) (reçu complet)\b")


@enforces("R-133")
def in_words_of(route: Route, sentence: str) -> str:
    """Return a sentence in the words of a route."""
    if route == Route.FRANCE_VAE:
        return sentence
    sentence = AGREED.sub(agree, sentence)
    for spoken, there in OF_2002:
        sentence = re.sub(spoken, there, sentence)
    return RECEIVED.sub(agree, sentence)


def agree(found: "re.Match[str]") -> str:
    """Return what was found, its last word agreeing with a request."""
    return f"{found.group(1)} {FEMININE[found.group(2)]}"
