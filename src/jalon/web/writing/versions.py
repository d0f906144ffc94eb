"""The versions of a text: which ones are kept, and what changed between two of them."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from jalon.journeys.models import Journey
from jalon.web.access import Visit
from jalon.web.fields import whole_number
from jalon.web.writing.pages import shared
from jalon.web.writing.remarks_told import label_of
from jalon.web.writing.rereading import written_together
from jalon.writing.comparing import Change, Piece, pieces
from jalon.writing.models import Section, SectionVersion

#: How many versions a page lists.
ROWS = 20
#: How the text as it stands is named in an address.
CURRENT = 0


@dataclass(frozen=True)
class Side:
    """One of the two texts that are compared: a version, or the text as it stands."""

    number: int
    name: str
    at: datetime | None
    answers: dict[str, str]


def text_of(request: Visit, id: uuid.UUID, number: int) -> tuple[Journey, Section]:
    """Return a journey and a text of it whose versions this person reads, or a 404."""
    journey = written_together(request, id, "versions d’un texte du dossier de validation")
    asked = journey.attempt.validation.sections.asked().select_related("competence__bloc")
    return journey, get_object_or_404(asked, competence_id=number)


@login_required
@require_safe
def versions(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """List the versions of a text that were kept, the latest first."""
    journey, section = text_of(request, id, number)
    kept = section.versions.defer("answers").select_related("author")
    page = Paginator(kept, ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "writing/versions.html",
        shared(request, journey)
        | {
            "section": section,
            "page": page,
            "rows": with_next(section, list(page.object_list)),
        },
    )


def with_next(section: Section, page: list[SectionVersion]) -> list[tuple[SectionVersion, int]]:
    """Return some versions, each with the number of the one that followed it."""
    if not page:
        return []
    after = section.versions.filter(pk__gt=page[0].pk).order_by("pk").values_list("pk", flat=True)
    following = [after.first() or CURRENT, *(one.pk for one in page)]
    return list(zip(page, following, strict=False))


@login_required
@require_safe
def compare(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Show what changed from one version of a text to another, word by word."""
    journey, section = text_of(request, id, number)
    old = side(section, request.GET.get("avant", ""))
    new = side(section, request.GET.get("apres", ""))
    return render(
        request,
        "writing/compare.html",
        shared(request, journey)
        | {"section": section, "old": old, "new": new, "changes": changes(old, new)},
    )


def side(section: Section, said: str) -> Side:
    """Return the version that an address names, or the text as it stands; raises Http404."""
    number = whole_number(said or str(CURRENT))
    if number == CURRENT:
        return Side(CURRENT, "Le texte actuel", section.saved_at, section.texts)
    if number is None:
        raise Http404
    kept = get_object_or_404(section.versions, pk=number)
    said = f"Écrite par {kept.hand}" if kept.hand else kept.reason.label
    return Side(kept.pk, said, kept.written_at, kept.answers)


def changes(old: Side, new: Side) -> list[tuple[str, SafeString]]:
    """Return what changed in the answer to each question that either text answers."""
    both = (
        (name, old.answers.get(name, ""), new.answers.get(name, "")) for name in Section.QUESTIONS
    )
    return [
        (label_of(name), marked(pieces(one, other))) for name, one, other in both if one or other
    ]


#: How words are shown by what became of them: said aloud as well, not by a line or a colour alone.
SHOWN = {
    Change.KEPT: "{}",
    Change.REMOVED: '<del><span class="unseen">[supprimé\N{NO-BREAK SPACE}: </span>{}<span class="unseen">]</span></del>',
    Change.ADDED: '<ins><span class="unseen">[ajouté\N{NO-BREAK SPACE}: </span>{}<span class="unseen">]</span></ins>',
}


def marked(told: list[Piece]) -> SafeString:
    """Return words in one line of HTML, so that nothing stands between them that is not theirs."""
    return format_html_join(
        "", "{}", ((format_html(SHOWN[one.change], one.words),) for one in told)
    )
