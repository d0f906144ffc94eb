"""What stands folded under a question: an example that is plainly invented, and what its writer wrote before."""

from dataclasses import dataclass

from django.forms import BaseForm

from jalon.web.fields import field
from jalon.writing.earlier_answers import Earlier

#: One example for each question, of one invented piece of work: good French, words of every day.
EXAMPLES = {
    "presentation": "J’ai commencé à seize ans comme apprenti chez un chaudronnier naval. Depuis, j’ai passé douze ans "
    "en atelier et neuf ans sur des chantiers. Aujourd’hui, je fabrique et je répare des trémies et des cuves. "
    "Je forme aussi les nouveaux aux premiers gestes.",
    "context": "En mars, à l’atelier de réparation de l’usine. Une trémie à grains était percée sur trente centimètres. "
    "Il fallait la rendre le lendemain matin, sinon la ligne s’arrêtait. J’étais seul sur ce travail.",
    "actions": "J’ai d’abord vidé et nettoyé la trémie. J’ai mesuré le trou et tracé une pièce plus large de cinq "
    "centimètres. J’ai découpé cette pièce dans une tôle de trois millimètres, puis je l’ai cintrée. Je l’ai "
    "pointée en quatre endroits et j’ai vérifié qu’elle ne bougeait plus. J’ai soudé par petits cordons opposés, "
    "pour que la tôle ne se déforme pas. Enfin, j’ai meulé l’intérieur.",
    "means": "Un mètre, une pointe à tracer, une cisaille, une rouleuse, un poste à souder, une meuleuse. Le plan de la "
    "trémie et la fiche de sécurité du travail par points chauds.",
    "result": "J’ai passé un produit qui montre les fissures : il n’y en avait aucune. La trémie a été remontée à six "
    "heures, et la ligne a démarré à l’heure. Un an après, la réparation tient.",
    "learnt": "J’ai appris à souder une tôle fine sans la voiler. La fois suivante, j’ai préparé deux pièces au lieu "
    "d’une, pour ne pas perdre de temps si la première était fausse.",
}


@dataclass(frozen=True)
class Help:
    """What helps with one question."""

    example: str
    earlier: tuple[Earlier, ...]


def attach(form: BaseForm, offered: list[Earlier]) -> None:
    """Give each field of a form what helps with its question, to be shown folded under it."""
    for name in form.fields.keys() & EXAMPLES.keys():
        own = tuple(one for one in offered if one.question == name)
        field(form, name).helped = Help(EXAMPLES[name], own)
