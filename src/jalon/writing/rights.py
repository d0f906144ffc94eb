"""What the two files hold about a person, for a copy or to be erased (R-122)."""

from typing import Any

from jalon.journeys.rights import Erasing, deleted, erases, row, tells
from jalon.people.models import User
from jalon.writing.models import (
    AdmissibilityRequest,
    AidTrace,
    BlocClaim,
    CompetenceClaim,
    Draft,
    Experience,
    FeasibilityFile,
    HelpedText,
    Pen,
    ReadyBloc,
    Remark,
    Section,
    SectionVersion,
    TickedPoint,
    ValidationFile,
    WritingAid,
)


@tells("experiences")
def experiences(person: User) -> Any:
    """Return the experiences of a person."""
    own = Experience.objects.filter(journey__candidate=person).select_related("journey")
    return [row(one) | {"dossier": one.journey.reference} for one in own]


@tells("dossiers_de_faisabilite")
def feasibility_files(person: User) -> Any:
    """Return each feasibility file, with what was said of each bloc and competence."""
    own = FeasibilityFile.objects.filter(journey__candidate=person).select_related("journey")
    return [feasibility(one) for one in own.order_by("pk")]


def feasibility(file: FeasibilityFile) -> dict[str, Any]:
    """Return what a feasibility file holds."""
    request = AdmissibilityRequest.objects.filter(feasibility=file).first()
    blocs = BlocClaim.objects.filter(feasibility=file).select_related("bloc")
    known = CompetenceClaim.objects.filter(feasibility=file).select_related("competence")
    return row(file) | {
        "dossier": file.journey.reference,
        "demande": row(request) if request else None,
        "blocs": [row(one, "bloc") for one in blocs],
        "competences": [row(one, "competence") for one in known],
    }


@tells("dossiers_de_validation")
def validation_files(person: User) -> Any:
    """Return each validation file, with the texts written for each competence."""
    own = ValidationFile.objects.filter(attempt__journey__candidate=person)
    return [
        row(one, "attempt")
        | {
            "dossier": one.attempt.journey.reference,
            "textes": [
                row(section, "competence")
                for section in Section.objects.filter(file=one).select_related("competence")
            ],
        }
        for one in own.select_related("attempt__journey").order_by("pk")
    ]


@tells("remarques_sur_mes_textes")
def remarks(person: User) -> Any:
    """Return each remark on the texts of a person, and what they answered."""
    own = Remark.objects.filter(section__file__attempt__journey__candidate=person)
    return [row(one) for one in own.order_by("pk")]


@tells("versions_de_mes_textes")
def versions(person: User) -> Any:
    """Return each version of a text of a person that was kept."""
    own = SectionVersion.objects.filter(section__file__attempt__journey__candidate=person)
    return [row(one) for one in own.order_by("pk")]


@tells("textes_ecrits_pour_moi")
def helped(person: User) -> Any:
    """Return each text that somebody typed for a person, and what they did of it."""
    own = HelpedText.objects.filter(section__file__attempt__journey__candidate=person)
    return [row(one) for one in own.order_by("pk")]


@tells("aides_a_l_ecriture")
def aids(person: User) -> Any:
    """Return whom a person asked to help them write, and what each of them did."""
    own = WritingAid.objects.filter(journey__candidate=person).order_by("pk")
    return [
        row(one)
        | {
            "dossier": one.journey.reference,
            "competences": [competence.title for competence in one.competences.all()],
            "traces": [row(trace, "competence") for trace in one.traces.order_by("pk")],
        }
        for one in own.select_related("journey")
    ]


@tells("blocs_relus_et_points_releves")
def rereading(person: User) -> Any:
    """Return the blocs that were found ready, and the points that were ticked, in a person's files."""
    own = {"file__attempt__journey__candidate": person}
    blocs = ReadyBloc.objects.filter(**own).select_related("bloc").order_by("pk")
    ticked = TickedPoint.objects.filter(**own).order_by("pk")
    return {"blocs": [row(one, "bloc") for one in blocs], "points": [row(one) for one in ticked]}


@tells("textes_en_cours_de_frappe")
def typed(person: User) -> Any:
    """Return what a person typed in forms not sent yet, and what their pages sent last."""
    drafts = Draft.objects.filter(author=person).order_by("pk")
    pens = Pen.objects.filter(author=person).order_by("saved_at", "pk")
    return {"formulaires": [row(one) for one in drafts], "envois": [row(one) for one in pens]}


@erases("textes en cours de frappe")
def erase_typed(erasing: Erasing) -> int:
    """What was typed goes with what it became."""
    return deleted(Draft.objects.filter(journey=erasing.journey)) + deleted(
        Pen.objects.filter(journey=erasing.journey)
    )


@erases("versions de textes")
def erase_versions(erasing: Erasing) -> int:
    """What a text was goes with what it is."""
    return deleted(SectionVersion.objects.filter(section__file__attempt__journey=erasing.journey))


@erases("textes écrits par d’autres")
def erase_helped(erasing: Erasing) -> int:
    """What was typed for somebody goes with what it became, and with whoever typed it."""
    typed = deleted(HelpedText.objects.filter(section__file__attempt__journey=erasing.journey))
    AidTrace.objects.filter(aid__journey=erasing.journey).delete()
    return typed + deleted(WritingAid.objects.filter(journey=erasing.journey))


@erases("relectures de blocs")
def erase_rereading(erasing: Erasing) -> int:
    """What was said of texts that are gone says nothing more."""
    own = {"file__attempt__journey": erasing.journey}
    return deleted(ReadyBloc.objects.filter(**own)) + deleted(TickedPoint.objects.filter(**own))


@erases("remarques")
def erase_remarks(erasing: Erasing) -> int:
    """What was said of the texts goes with them."""
    return deleted(Remark.objects.filter(section__file__attempt__journey=erasing.journey))


@erases("expériences")
def erase_experiences(erasing: Erasing) -> int:
    """What the person did, and for whom."""
    return deleted(Experience.objects.filter(journey=erasing.journey))


@erases("textes du dossier de faisabilité")
def erase_feasibility(erasing: Erasing) -> int:
    """The file keeps its dates; its words go, and the civil status that was signed."""
    file = FeasibilityFile.objects.filter(journey=erasing.journey)
    AdmissibilityRequest.objects.filter(feasibility__in=file).delete()
    written = deleted(BlocClaim.objects.filter(feasibility__in=file))
    written += deleted(CompetenceClaim.objects.filter(feasibility__in=file))
    return written + file.update(
        goals="",
        trainings_followed="",
        trainings_chosen=[],
        opinion_comment="",
        candidate_remark="",
        sworn_name="",
        sworn_place="",
        civil_status=None,
        missing=[],
        missing_comment="",
    )


@erases("textes du dossier de validation")
def erase_validation(erasing: Erasing) -> int:
    """The file keeps its dates and its fingerprint; its words go."""
    files = ValidationFile.objects.filter(attempt__journey=erasing.journey)
    written = deleted(Section.objects.filter(file__in=files))
    return written + files.update(
        presentation="", originality_name="", return_items=[], return_comment=""
    )
