"""What a company reads of its group, by a personal link, without signing in.

To open the link changes nothing but the list of who read, which each candidate sees.
"""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jalon.support import employers
from jalon.support.models import EmployerContact
from jalon.web.listing import ROWS


@require_safe
def employer(request: HttpRequest, token: str) -> HttpResponse:
    """Show what people of a group agreed to; that the link serves no more, once it is over."""
    contact = employers.contact_of(token)
    if contact is None:
        answer = render(request, "public/employer_over.html", status=410)
    else:
        answer = group(request, contact)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def group(request: HttpRequest, contact: EmployerContact) -> HttpResponse:
    """Show the people of a group who let something be read, and keep that it was."""
    named, others = employers.shown_of(contact.group)
    page = Paginator(named, ROWS).get_page(request.GET.get("page"))
    people = list(page.object_list)
    if request.method == "GET":
        employers.note_reading(contact, people)
    context = {
        "contact_of_company": contact,
        "group": contact.group,
        "page": page,
        "people": people,
        "others": others,
    }
    return render(request, "public/employer.html", context)
