"""Makes exports of the national register, in the shape of the published ones, with their imperfections."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape

from jalon.catalogue.models import RegisterImport
from jalon.catalogue.rncp import plan

UIMM = ("UNION DES INDUSTRIES ET METIERS DE LA METALLURGIE", "78471719100018")
CPNE = ("COMMISSION PARITAIRE NATIONALE DE L’EMPLOI DE LA METALLURGIE", "-")
OTHER = ("CHAMBRE DES METIERS IMAGINAIRE", "11111111100011")


@dataclass(frozen=True)
class MadeBloc:
    """A bloc to write in an export."""

    code: str
    title: str = "Bloc"
    competences: str = "- Préparer le poste\n- Contrôler la pièce"


@dataclass(frozen=True)
class Made:
    """A sheet to write in an export."""

    code: str
    title: str = "Opérateur d’essai"
    kind: str = "CQP"
    level: str = "NIV3"
    active: str = "Oui"
    ends_on: str = "31/12/2029"
    deliverable_until: str = "31/12/2030"
    certifiers: tuple[tuple[str, str], ...] = (UIMM, CPNE)
    successors: tuple[str, ...] = ()
    context: str = "<p>Pour apprendre.</p>"
    jury: str = "<p>Un jury de deux membres.</p>"
    blocs: tuple[MadeBloc, ...] = field(default=())
    trade: str = "Usineur / Usineuse"

    def with_blocs(self, *texts: str) -> "Made":
        """Return the sheet with one official bloc for each list of competences."""
        blocs = (
            MadeBloc(f"{self.code}BC{rank:02}", f"Bloc {rank}", text)
            for rank, text in enumerate(texts, 1)
        )
        return replace(self, blocs=tuple(blocs))


#: What is found in the published files: none of it may stop an import.
IMPERFECT = (
    {"level": "NIVEAU 9 BIS"},
    {"kind": ""},
    {"title": "<b>Soudeur</b>&nbsp;industriel"},
    {"ends_on": "date à préciser"},
    {"active": ""},
    {"level": "", "kind": ""},
)


def register(sheets: int = 500, ours: int = 60) -> list[Made]:
    """Return a whole register: most sheets are others', some of the UIMM's are imperfect."""
    return [sheet(number, ours=number < ours) for number in range(sheets)]


def sheet(number: int, *, ours: bool) -> Made:
    """Return one sheet; every third of the UIMM's has something imperfect, one in five is over."""
    made = Made(f"RNCP{40_000 + number}", f"Certification {number}").with_blocs(
        "- Lire un plan\n- Régler la machine",
        "<ul><li>Usiner &amp; contrôler</li><li>Rendre compte</li></ul>",
    )
    if not ours:
        return replace(made, certifiers=(OTHER,))
    if number % 3 == 0:
        made = replace(made, **IMPERFECT[number // 3 % len(IMPERFECT)])
    if number % 7 == 0:
        made = replace(made, blocs=(*made.blocs, made.blocs[0]))
    if number % 5 == 4:
        made = replace(made, active="Non", ends_on="31/12/2023")
    return made


def xml(sheets: Iterable[Made], *, old_blocs: bool = False) -> bytes:
    """Return an XML export, version 4.1."""
    return "".join(parts(sheets, "BLOC" if old_blocs else "BLOC_COMPETENCES")).encode()


def parts(sheets: Iterable[Made], bloc: str = "BLOC_COMPETENCES") -> Iterator[str]:
    """Go through the text of an XML export."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<FICHES>\n<VERSION_FLUX>4.1</VERSION_FLUX>\n'
    for rank, one in enumerate(sheets):
        yield f"<FICHE><ID_FICHE>{rank}</ID_FICHE><NUMERO_FICHE>{one.code}</NUMERO_FICHE>"
        yield "<NOUVELLES_CERTIFICATIONS>"
        for code in one.successors:
            yield "<NOUVELLE_CERTIFICATION>"
            yield f"<ID_FICHE_NOUVELLE_CERTIFICATION>{code}</ID_FICHE_NOUVELLE_CERTIFICATION>"
            yield "</NOUVELLE_CERTIFICATION>"
        yield f"</NOUVELLES_CERTIFICATIONS><INTITULE>{escape(one.title)}</INTITULE>"
        if one.kind:
            yield f"<ABREGE><CODE>{one.kind}</CODE><LIBELLE>Certificat</LIBELLE></ABREGE>"
        yield "<ETAT_FICHE>Publiée</ETAT_FICHE><FORMACODES><FORMACODE><CODE>23076</CODE>"
        yield "<LIBELLE>Usinage</LIBELLE></FORMACODE></FORMACODES>"
        if one.level:
            yield f"<NOMENCLATURE_EUROPE><NIVEAU>{one.level}</NIVEAU></NOMENCLATURE_EUROPE>"
        yield "<CODES_NSF><NSF><CODE>251u</CODE><LIBELLE>Mécanique</LIBELLE></NSF></CODES_NSF>"
        yield f"<CODES_ROME><ROME><CODE>H2903</CODE><LIBELLE>{one.trade}</LIBELLE></ROME></CODES_ROME>"
        yield "<CERTIFICATEURS>"
        for name, siret in one.certifiers:
            yield f"<CERTIFICATEUR><SIRET_CERTIFICATEUR>{siret}</SIRET_CERTIFICATEUR>"
            yield f"<NOM_CERTIFICATEUR>{escape(name)}</NOM_CERTIFICATEUR></CERTIFICATEUR>"
        yield f"</CERTIFICATEURS><OBJECTIFS_CONTEXTE>{escape(one.context)}</OBJECTIFS_CONTEXTE>"
        yield f"<SI_JURY_VAE><ACTIF>Oui</ACTIF><COMPOSITION>{escape(one.jury)}</COMPOSITION></SI_JURY_VAE>"
        yield "<BLOCS_COMPETENCES>"
        for part in one.blocs:
            yield f"<{bloc}><CODE>{part.code}</CODE><LIBELLE>{escape(part.title)}</LIBELLE>"
            yield f"<LISTE_COMPETENCES>{escape(part.competences)}</LISTE_COMPETENCES></{bloc}>"
        yield f"</BLOCS_COMPETENCES><DATE_FIN_ENREGISTREMENT>{one.ends_on}</DATE_FIN_ENREGISTREMENT>"
        yield f"<DATE_LIMITE_DELIVRANCE>{one.deliverable_until}</DATE_LIMITE_DELIVRANCE>"
        yield f"<ACTIF>{one.active}</ACTIF></FICHE>\n"
    yield "</FICHES>\n"


def zipped(content: bytes, name: str = "export_fiches_RNCP_V4_1_2027-03-01.xml") -> bytes:
    """Return an archive with one file."""
    return archive({name: content})


def archive(files: dict[str, bytes]) -> bytes:
    """Return an archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return made.getvalue()


def an_export_to_confirm(*sheets: Made) -> RegisterImport:
    """Read an export of these sheets, or of a small register, and keep it until it is confirmed."""
    content = zipped(xml(sheets or register(40, ours=12)))
    return plan.keep(plan.read_file(io.BytesIO(content), "export-fiches-rncp-v4-1-2027-03-01.zip"))


def csv_files(sheets: Iterable[Made], day: str = "2027_03_01") -> dict[str, bytes]:
    """Return the files of a CSV export, by name."""
    listed = list(sheets)
    tables: dict[str, list[list[str]]] = {
        "Standard": [
            [
                "Id_Fiche",
                "Numero_Fiche",
                "Intitule",
                "Abrege_Libelle",
                "Nomenclature_Europe_Niveau",
                "Date_Fin_Enregistrement",
                "Actif",
            ],
            *(
                [str(n), one.code, one.title, one.kind, one.level, one.ends_on, one.active]
                for n, one in enumerate(listed)
            ),
        ],
        "Certificateurs": [
            ["Numero_Fiche", "Siret_Certificateur", "Nom_Certificateur"],
            *([one.code, siret, name] for one in listed for name, siret in one.certifiers),
        ],
        "Rome": [
            ["Numero_Fiche", "Codes_Rome_Code", "Codes_Rome_Libelle"],
            *([one.code, "H2903", one.trade] for one in listed),
        ],
        "Blocs_De_Compétences": [
            ["Numero_Fiche", "Bloc_Competences_Code", "Bloc_Competences_Libelle"],
            *([one.code, bloc.code, bloc.title] for one in listed for bloc in one.blocs),
        ],
        "Ancienne_Nouvelle_Certification": [
            ["Numero_Fiche", "Ancienne_Certification", "Nouvelle_Certification"],
            *([one.code, "", code] for one in listed for code in one.successors),
        ],
    }
    return {f"export_fiches_CSV_{name}_{day}.csv": table(rows) for name, rows in tables.items()}


def table(rows: Iterable[list[str]]) -> bytes:
    """Return lines as the register writes them."""
    made = io.StringIO()
    csv.writer(made, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    return made.getvalue().encode()
