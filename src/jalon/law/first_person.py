"""Who does what in a text: where it says « je », where « on » and « nous » hide who acted, and which verbs show a deed.

It reads words, not meanings: what it cannot tell it leaves alone.
"""

import re
from collections.abc import Iterator

SELF = re.compile(r"\b(?:je\b|j[’'])", re.IGNORECASE)
#: « On m’a demandé » says what was asked of who writes: nobody is hidden. A switch is no person.
ON = re.compile(
    r"(?<!position )(?<!bouton )(?<!mode )\bon\b(?!\s+(?:n[’']\s*|ne\s+)?(?:m[’']|me\b|nous\b))",
    re.IGNORECASE,
)
#: « Nous » that acts has its verb behind it; « le chef nous a dit » has none of this form.
NOUS = re.compile(
    r"\bnous\s+(?:(?:ne|nous|vous|y|en|le|la|les|leur|lui)\s+|[nl][’']){0,4}"
    r"(?:sommes|\w+(?:ons|âmes|îmes|ûmes))\b",
    re.IGNORECASE,
)
#: After these, « nous » is no subject, whatever follows.
BEFORE_AN_OBJECT = re.compile(
    r"\b(?:chez|pour|avec|sans|entre|devant|derrière|vers|contre|par|sur|sous|à|de|que)\s+$",
    re.IGNORECASE,
)

#: As many letters hold the longest of them, and its space.
BEFORE = 12

#: As far as a verb reaches.
CLAUSE = re.compile(r"[^.,;:!?…\n()«»]*")
TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*[’']?")
INFINITIVE = re.compile(r"\w{2,}(?:er|ir|re)")
PARTICLES = frozenset(
    [
        "ne",
        "n'",
        "me",
        "m'",
        "te",
        "t'",
        "se",
        "s'",
        "le",
        "la",
        "l'",
        "les",
        "lui",
        "leur",
        "y",
        "en",
        "nous",
        "vous",
        "pas",
        "plus",
        "jamais",
        "toujours",
        "souvent",
        "aussi",
        "bien",
        "tout",
        "d'abord",
        "ensuite",
        "alors",
        "encore",
        "déjà",
        "parfois",
        "seul",
        "seule",
        "moi-même",
    ]
)
#: Verbs that lead to another, and the words between both: the deed comes after.
CARRIERS = frozenset(
    [
        "ai",
        "avais",
        "aurai",
        "suis",
        "étais",
        "serai",
        "été",
        "dois",
        "devais",
        "devrai",
        "dû",
        "peux",
        "pouvais",
        "pourrai",
        "pu",
        "veux",
        "voulais",
        "voulu",
        "vais",
        "allais",
        "viens",
        "venais",
        "sais",
        "savais",
        "su",
        "commence",
        "commençais",
        "commencé",
        "finis",
        "finissais",
        "fini",
        "arrive",
        "arrivais",
        "réussis",
        "réussi",
        "essaie",
        "essayais",
        "essayé",
        "train",
        "chargé",
        "chargée",
        "amené",
        "amenée",
        "capable",
        "obligé",
        "obligée",
        "à",
        "de",
        "d'",
        "par",
    ]
)
BEING = frozenset(["suis", "étais", "serai", "été"])
#: What follows « je suis » and is a deed: « je suis intervenu ».
PARTICIPLE = re.compile(r"\w+(?:[éiu]|ée|ie|ue|is|it|ise|ite|ert)")
#: « Je suis le plan » follows it, « je suis le chef » does nothing: nobody tells them apart here.
ARTICLES = frozenset(
    ["le", "la", "les", "l'", "un", "une", "des", "du", "mon", "ma", "mes", "ce", "cette", "ces"]
)
VAGUE = frozenset(
    [
        "travaille",
        "travaillais",
        "travaillé",
        "travailler",
        "occupe",
        "occupais",
        "occupé",
        "occupée",
        "occuper",
        "participe",
        "participais",
        "participé",
        "participer",
        "aide",
        "aidais",
        "aidé",
        "aider",
        "assiste",
        "assistais",
        "assisté",
        "assister",
        "gère",
        "gérais",
        "géré",
        "gérer",
        "connais",
        "connaissais",
        "connu",
        "connaître",
        "pense",
        "pensais",
        "pensé",
        "penser",
        "crois",
        "croyais",
        "cru",
        "aime",
        "aimais",
        "aimé",
        "interviens",
        "intervenais",
        "intervenu",
        "intervenue",
        "intervenir",
        "contribue",
        "contribuais",
        "contribué",
        "contribuer",
    ]
)
#: These show a deed with an infinitive only: « j’ai fait chauffer ».
MAKING = frozenset(["fais", "faisais", "ferai", "fait", "faire"])
#: How many words after « je » a verb is looked for.
REACH = 9


def says_i(text: str) -> bool:
    """Say whether somebody speaks of themselves."""
    return SELF.search(text) is not None


def hidden_doers(text: str) -> list[re.Match[str]]:
    """Return where « on » or « nous » acts, in order: the text does not say who did it."""
    loud = text.isupper()
    on = [one for one in ON.finditer(text) if loud or one.group() != "ON"]
    nous = [one for one in NOUS.finditer(text) if not is_object(text, one.start())]
    return sorted([*on, *nous], key=re.Match.start)


def is_object(text: str, place: int) -> bool:
    """Say whether the word before a place makes an object of what follows."""
    return BEFORE_AN_OBJECT.search(text[max(0, place - BEFORE) : place]) is not None


def vague_deeds(text: str) -> list[str]:
    """Return what a text says with « je » when no verb of it shows a deed; nothing as soon as one does."""
    found = [vague_deed(text, one) for one in SELF.finditer(text)]
    return [] if None in found else [one for one in found if one]


def vague_deed(text: str, self: re.Match[str]) -> str | None:
    """Return the words of a « je » whose verb shows no deed; None when it shows one, or might."""
    verb = verb_of(text, self)
    if verb is None:
        return None
    return text[self.start() : verb.end()]


def verb_of(text: str, self: re.Match[str]) -> re.Match[str] | None:
    """Return the word by which a « je » is known to show no deed, None when it shows one or might."""
    words = list(clause(text, self.end()))
    said = [plain(one) for one in words]
    being = False
    for place, (one, word) in enumerate(zip(words, said, strict=True)):
        if being and (word in ARTICLES or (PARTICIPLE.fullmatch(word) and word not in CARRIERS)):
            return one if word in VAGUE else None
        if word in PARTICLES or word.endswith("ment"):
            continue
        if word in MAKING:
            return None if leads_to_a_verb(said[place + 1 :]) else one
        if word not in CARRIERS:
            return one if being or word in VAGUE else None
        being = word in BEING and not {"me", "m'"} & set(said[:place])
    return words[-1] if words else None


def leads_to_a_verb(words: list[str]) -> bool:
    """Say whether the next word is an infinitive."""
    return bool(words) and INFINITIVE.fullmatch(words[0]) is not None


def clause(text: str, start: int) -> Iterator[re.Match[str]]:
    """Yield the words that follow a place, as far as a verb is looked for."""
    found = CLAUSE.match(text, start)
    end = found.end() if found else start
    for _, one in zip(range(REACH), TOKEN.finditer(text, start, end), strict=False):
        yield one


def plain(word: re.Match[str]) -> str:
    """Return a word as the lists above write it."""
    return word.group().lower().replace("’", "'")
