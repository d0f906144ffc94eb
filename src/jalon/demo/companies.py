"""One group of the demonstration: four people of a company, of whom two let it read something."""

from datetime import timedelta

from jalon import now as timekeeper
from jalon.demo.agendas import followed_by
from jalon.demo.people import DemoPeople
from jalon.demo.scenario import moment_before
from jalon.law.stages import ENDS
from jalon.law.vocabulary import Shared
from jalon.mailbox.accounts import send_account_mail
from jalon.mailbox.employers import mail_link
from jalon.mailbox.models import AccountMail
from jalon.support import employers, groups

#: How many people the group has, and how many days ago it began.
PEOPLE, BEGAN_AGO = 4, 20
#: A SIREN whose figures go together, of no company.
SIREN = "732829320"


def gather_a_group(demo: DemoPeople) -> None:
    """Set up a group, have people join it by its code, and two of them agree; name a contact."""
    architect = demo.architects[0]
    people = [one for one in followed_by(architect) if one.stage not in ENDS][:PEOPLE]
    began = moment_before(BEGAN_AGO)
    with timekeeper.at(moment_before(0)):
        group = groups.create(
            architect,
            {
                "title": "Usinage et maintenance",
                "company": "Exemple Mécanique",
                "siren": SIREN,
                "starts_on": began.date(),
                "ends_on": (began + timedelta(days=365)).date(),
                "certifications": [one.certification for one in people],
                "referent": architect,
            },
        )
        for one in people:
            groups.join(one.pk, group.code, one.candidate)
        for one, items in zip(people, (tuple(Shared), (Shared.STAGE,)), strict=False):
            employers.agree(one.pk, items, one.candidate)
        mail_link(
            employers.add_contact(group.pk, architect, "Léa Exemple", "ressources@exemple.fr")
        )
        send_account_mail(AccountMail.objects.latest("pk").pk)
