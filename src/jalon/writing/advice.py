"""What helps whoever writes: advice drawn from the words of one answer, each with its reason; none refuses anything.

It is computed here from the text alone, kept nowhere and sent nowhere.
"""

from dataclasses import dataclass

from jalon.law.coverage import WORD, count_words
from jalon.law.first_person import hidden_doers, says_i, vague_deeds
from jalon.law.personal_data import of_others
from jalon.law.plurals import counted
from jalon.law.vocabulary import AdviceKind
from jalon.writing.anchors import sentences

#: How many words a sentence has before one loses its beginning.
LONG = 25
#: How many words of a sentence are quoted, and around a word.
QUOTED, AROUND = 8, 4
#: More advice than this under one answer discourages.
MOST = 4


@dataclass(frozen=True)
class Question:
    """What an answer should be: told with « je » or not, and from how many words it is no longer short."""

    deeds: bool
    least: int
    more: str


SITUATION = Question(False, 8, "Dites où, quand, et pour quel travail.")
ACTIONS = Question(True, 20, "Racontez chaque étape, dans l’ordre.")
MEANS = Question(False, 3, "Nommez les outils, les machines ou les documents.")
RESULT = Question(False, 5, "Dites comment vous avez su que c’était bien fait.")
LEARNT = Question(False, 5, "Dites ce que vous feriez autrement, ou mieux.")
PRESENTATION = Question(
    False, 25, "Dites vos métiers, vos années, et ce que vous faites aujourd’hui."
)
ACTIVITIES = Question(False, 8, "Dites ce que vous faisiez, sur quelles machines, pour qui.")
EXAMPLE = Question(False, 8, "Racontez un vrai travail, en une phrase ou deux.")
SUMMARY = Question(False, 15, "Dites en quelques phrases ce que vous savez faire.")

#: The answers that are advised, by the kind of page and the field; a number ends the name of some.
QUESTIONS = {
    ("section", "context"): SITUATION,
    ("section", "actions"): ACTIONS,
    ("section", "means"): MEANS,
    ("section", "result"): RESULT,
    ("section", "learnt"): LEARNT,
    ("presentation", "presentation"): PRESENTATION,
    ("experience", "activities"): ACTIVITIES,
    ("bloc", "example"): EXAMPLE,
    ("bloc", "text"): SUMMARY,
}


@dataclass(frozen=True)
class Advice:
    """One piece of advice: what it is about, the very words it bears on, and what to do."""

    kind: AdviceKind
    quote: str
    said: str


def asked(subject: str, field: str) -> Question | None:
    """Return the question that a field of a page asks; None when its answer is not advised."""
    return QUESTIONS.get((subject.partition("/")[0], field.partition("_")[0]))


def advice(question: Question, text: str) -> list[Advice]:
    """Return what helps with an answer, the gravest first; nothing for an answer not begun."""
    if not text.strip():
        return []
    told = of_other_people(text)
    if question.deeds:
        told += who_acts(text) or deed(text)
    return (told + short(question, text) + long_sentences(text))[:MOST]


def of_other_people(text: str) -> list[Advice]:
    """Advise to leave out what tells of somebody else; said once, of all of it."""
    found = list(dict.fromkeys(of_others(text)))
    if not found:
        return []
    said = f"« {found[0]} » : le jury n’en a pas besoin. Si ce n’est pas vous, dites plutôt le rôle : « mon chef d’équipe », « une cliente »."
    return [Advice(AdviceKind.OTHERS, found[0], more(said, len(found) - 1))]


def more(said: str, left: int) -> str:
    """Return a sentence followed by how many other places it bears on."""
    if not left:
        return said
    return f"{said} {counted(left, 'autre')} à revoir."


def who_acts(text: str) -> list[Advice]:
    """Advise to say « je » where the text does not tell who acted."""
    hidden = hidden_doers(text)
    if hidden:
        quote = from_here(text, hidden[0].start())
        said = f"« {quote}… » : qui l’a fait ? Dites votre part avec « je »."
        return [Advice(AdviceKind.WHO_ACTS, quote, more(said, len(hidden) - 1))]
    if says_i(text):
        return []
    said = "Il n’y a pas encore de « je » : le jury cherche ce que vous avez fait vous-même."
    return [Advice(AdviceKind.WHO_ACTS, "", said)]


def from_here(text: str, start: int) -> str:
    """Return a few words of a text, from a place on and within the sentence."""
    end = next((one.end for one in sentences(text) if one.start <= start < one.end), len(text))
    return first_words(text[start:end], AROUND)


def first_words(text: str, count: int) -> str:
    """Return the first words of a text, as they are written."""
    ends = [one.end() for one in WORD.finditer(text)][:count]
    return text[: ends[-1]] if ends else text


def deed(text: str) -> list[Advice]:
    """Advise to name a gesture where no verb shows one."""
    vague = vague_deeds(text)
    if not vague:
        return []
    said = f"« {vague[0]} » ne montre pas ce que vous faites. Dites le geste : « j’ai tracé », « j’ai soudé », « j’ai contrôlé »."
    return [Advice(AdviceKind.DEED, vague[0], said)]


def short(question: Question, text: str) -> list[Advice]:
    """Advise to say more where an answer has a few words only."""
    words = count_words(text)
    if words >= question.least:
        return []
    said = f"{counted(words, 'mot')} seulement. {question.more}"
    return [Advice(AdviceKind.SHORT, "", said)]


def long_sentences(text: str) -> list[Advice]:
    """Advise to cut the longest sentence in two, when it is long."""
    every = [(count_words(one.words), one.words) for one in sentences(text)]
    long = [one for one in every if one[0] > LONG]
    if not long:
        return []
    words, sentence = max(long, key=lambda one: one[0])
    quote = first_words(sentence, QUOTED)
    said = f"« {quote}… » : {words} mots d’un trait. Coupez-la en deux : elle se lira mieux."
    return [Advice(AdviceKind.LONG_SENTENCE, quote, more(said, len(long) - 1))]
