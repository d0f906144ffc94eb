"""A validation file of the demonstration, written, remarked on, mended, and partly found ready."""

from jalon import now as timekeeper
from jalon.demo import texts
from jalon.demo.helping import write_together
from jalon.demo.scenario import Scenario
from jalon.law.vocabulary import ReadThrough, RemarkKind, RemarkState
from jalon.writing import drafts, remarks, rereading
from jalon.writing.models import Remark, Section

#: What is remarked on: the question, the sentence, some words of it, and what is said of them.
QUESTION = (
    "result",
    RemarkKind.QUESTION,
    texts.ANSWERS["result"],
    "conformes",
    "Comment le savez-vous ?",
)
PRAISE = ("learnt", RemarkKind.PRAISE, texts.ANSWERS["learnt"], "la première pièce", "Très juste.")
SUGGESTION = (
    "context",
    RemarkKind.SUGGESTION,
    texts.ANSWERS["context"],
    "une série de pièces urgentes",
    "",
)


def read_again(scenario: Scenario) -> None:
    """Let days go by between what the candidate writes and what their architect says of it."""
    scenario.wait(2)
    with timekeeper.at(scenario.at):
        first, *others = sections(scenario)
        said = [say(scenario, first, QUESTION), say(scenario, first, PRAISE)]
        for other in others[:2]:
            say(scenario, other, SUGGESTION, "une commande de brides, livrée sous deux jours")
    scenario.wait(3)
    with timekeeper.at(scenario.at):
        remarks.answer(scenario.journey.pk, scenario.person, said[0].pk, "Je l’ai ajouté.")
        mend(scenario, first)
        for one in said:
            remarks.settle(scenario.journey.pk, scenario.person, one.pk)
        accept_one(scenario)
    scenario.wait(1)
    with timekeeper.at(scenario.at):
        first, *others = sections(scenario)
        write_together(scenario, first, others[-1])
        find_ready(scenario)


def sections(scenario: Scenario) -> list[Section]:
    """Return the texts of the file, in order."""
    own = scenario.journey.attempt.validation.sections.asked()
    return list(own.select_related("competence__bloc"))


def say(
    scenario: Scenario,
    section: Section,
    about: tuple[str, RemarkKind, str, str, str],
    replacement: str = "",
) -> Remark:
    """Let the architect remark on words of a text."""
    question, kind, sentence, words, body = about
    said = remarks.Said(question, 0, sentence, words, kind, body, replacement)
    return remarks.say(scenario.journey.pk, scenario.architect, section.competence_id, said)


def mend(scenario: Scenario, section: Section) -> None:
    """Let the candidate write more of what they did and of what came of it."""
    own = (scenario.journey.pk, scenario.person, section.competence_id)
    drafts.save_section(*own, texts.MENDED)


def accept_one(scenario: Scenario) -> None:
    """Let the candidate put the words proposed in one text; the other proposal waits."""
    proposed = Remark.objects.filter(
        section__file=scenario.journey.attempt.validation,
        kind=RemarkKind.SUGGESTION,
        state=RemarkState.OPEN,
    )
    one = proposed.select_related("section").earliest("pk")
    remarks.accept(scenario.journey.pk, scenario.person, one.pk, seen=one.section.version)


def find_ready(scenario: Scenario) -> None:
    """Let the architect find the first bloc ready, and tick what they looked at."""
    file = scenario.journey.attempt.validation
    bloc = sections(scenario)[0].competence.bloc
    seen = rereading.fingerprint_of(rereading.sections_of(file, bloc.pk))
    rereading.mark_ready(scenario.journey.pk, scenario.architect, bloc.pk, seen=seen)
    points = {ReadThrough.TRUE_STORIES, ReadThrough.NAMES}
    rereading.tick(scenario.journey.pk, scenario.architect, points)
