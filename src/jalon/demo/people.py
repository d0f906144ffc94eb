"""The fictional people and organisations of a demonstration, and how they are made."""

from dataclasses import dataclass
from datetime import date, timedelta

from jalon.catalogue.actions import load
from jalon.catalogue.models import Certification
from jalon.juries.models import Juror
from jalon.law.vocabulary import College, Gender, OrganisationKind, Role
from jalon.now import today
from jalon.people.models import Certifying, Membership, Organisation, User


@dataclass
class DemoPeople:
    """The people and organisations of a demonstration; all fictional, at exemple.fr."""

    accompanist: Organisation
    neighbour: Organisation
    certifier: Organisation
    outsider: Organisation
    head: User
    architects: list[User]
    stranger: User
    officer: User
    jurors: list[Juror]
    administrator: User


def person(first: str, last: str, email: str, password: str | None = None) -> User:
    """Return an account, made on first use."""
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email, password, first_name=first, last_name=last)


def member(user: User, organisation: Organisation | None, *roles: Role) -> User:
    """Give a person roles in an organisation."""
    for role in roles:
        Membership.objects.get_or_create(
            user=user, organisation=organisation, role=role, ended_at=None
        )
    return user


def build_demo_people() -> DemoPeople:
    """Load the catalogue and make the organisations and their people."""
    load()
    later = today() + timedelta(days=900)
    accompanist = organisation(
        OrganisationKind.ACCOMPANIST,
        "AFPI de démonstration",
        "10000000000011",
        later,
        "Calvados, Manche, Orne",
    )
    neighbour = organisation(
        OrganisationKind.ACCOMPANIST,
        "Centre voisin de démonstration",
        "10000000000029",
        later,
        "Eure, Seine-Maritime",
    )
    certifier = organisation(
        OrganisationKind.CERTIFIER, "UIMM (démonstration)", "10000000000037", None, "Normandie"
    )
    outsider = organisation(
        OrganisationKind.CERTIFIER,
        "Certificateur extérieur (démonstration)",
        "10000000000045",
        None,
    )
    Organisation.objects.filter(pk=outsider.pk).update(works_here=False)
    outsider.works_here = False
    delivers(certifier, exclude=OUTSIDE)
    delivers(outsider, only=OUTSIDE)
    jurors = [
        juror(
            certifier,
            "Odile",
            "Tournier",
            Gender.WOMAN,
            College.EMPLOYERS,
            "",
            "200000018",
            qualified=True,
        ),
        juror(
            certifier,
            "Marc",
            "Fraisier",
            Gender.MAN,
            College.EMPLOYEES,
            "Syndicat A",
            "200000026",
            qualified=True,
        ),
        juror(
            certifier,
            "Léa",
            "Rivet",
            Gender.WOMAN,
            College.EMPLOYEES,
            "Syndicat B",
            "200000034",
            qualified=False,
        ),
        juror(
            certifier,
            "Paul",
            "Calibre",
            Gender.MAN,
            College.EMPLOYERS,
            "",
            "200000042",
            qualified=True,
        ),
    ]
    return DemoPeople(
        accompanist=accompanist,
        neighbour=neighbour,
        certifier=certifier,
        outsider=outsider,
        head=member(person("Hélène", "Boussole", "responsable@exemple.fr"), accompanist, Role.HEAD),
        architects=[
            member(
                person("Claire", "Jalonnet", "architecte@exemple.fr"), accompanist, Role.ARCHITECT
            ),
            member(person("Yann", "Repère", "architecte2@exemple.fr"), accompanist, Role.ARCHITECT),
            member(person("Inès", "Balise", "architecte3@exemple.fr"), accompanist, Role.ARCHITECT),
        ],
        stranger=member(person("Rémi", "Voisin", "voisin@exemple.fr"), neighbour, Role.ARCHITECT),
        officer=member(
            person("Sophie", "Sceau", "certificateur@exemple.fr"), certifier, Role.CERTIFIER
        ),
        jurors=jurors,
        administrator=member(
            person("Agnès", "Clef", "administration@exemple.fr"), None, Role.ADMINISTRATOR
        ),
    )


def organisation(
    kind: OrganisationKind, name: str, siret: str, qualiopi: date | None, territory: str = ""
) -> Organisation:
    """Return an organisation, made on first use."""
    found, _ = Organisation.objects.update_or_create(
        siret=siret,
        defaults={
            "kind": kind,
            "name": name,
            "qualiopi_until": qualiopi,
            "territory": territory,
            "email": "contact@exemple.fr",
            "disability_contact": "referent.handicap@exemple.fr",
        },
    )
    return found


#: The certification whose certifier does not work in Jalon.
OUTSIDE = "RNCP36979"


def delivers(certifier: Organisation, *, only: str = "", exclude: str = "") -> None:
    """Let a certifier deliver certifications of the catalogue: one of them, or all but one."""
    delivered = Certification.objects.exclude(code=exclude)
    Certifying.objects.bulk_create(
        [
            Certifying(organisation=certifier, certification=one)
            for one in (delivered.filter(code=only) if only else delivered)
        ],
        ignore_conflicts=True,
    )


def juror(
    certifier: Organisation,
    first: str,
    last: str,
    gender: Gender,
    college: College,
    union: str,
    siren: str,
    *,
    qualified: bool,
) -> Juror:
    """Return a juror of the pool, made on first use."""
    plain = last.lower().replace("é", "e")
    user = member(person(first, last, f"jury.{plain}@exemple.fr"), certifier, Role.JUROR)
    found, _ = Juror.objects.get_or_create(
        user=user,
        defaults={
            "certifier": certifier,
            "college": college,
            "union": union,
            "gender": gender,
            "employer": f"Atelier {last}",
            "employer_siren": siren,
        },
    )
    if qualified:
        found.qualified_for.set(Certification.objects.all())
    return found


def candidate(number: int) -> User:
    """Return the candidate of a number: the same number gives the same person."""
    return person(
        FIRST_NAMES[number % len(FIRST_NAMES)],
        LAST_NAMES[(number * 7) % len(LAST_NAMES)],
        f"candidat{number}@exemple.fr",
    )


FIRST_NAMES = (
    "Ana",
    "Bilal",
    "Chloé",
    "Driss",
    "Élodie",
    "Farid",
    "Gaëlle",
    "Hugo",
    "Inaya",
    "Jules",
    "Karim",
    "Lina",
    "Mehdi",
    "Nora",
    "Oscar",
    "Perrine",
    "Quentin",
    "Rachida",
    "Samuel",
    "Thaïs",
    "Ugo",
    "Vanessa",
    "William",
    "Xavier",
    "Yasmine",
    "Zoé",
)
LAST_NAMES = (
    "Ajusteur",
    "Boulon",
    "Chaudron",
    "Dérouleur",
    "Étau",
    "Foret",
    "Gabarit",
    "Horizon",
    "Isostat",
    "Jauge",
    "Lime",
    "Marteau",
    "Niveau",
    "Outil",
    "Poinçon",
    "Rabot",
    "Soudure",
    "Taraud",
    "Usine",
    "Vernier",
)
