"""The pages that everyone may read."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from jalon import web
from jalon.journeys.models import BlocAward
from jalon.journeys.shown import success, usual_months
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Role
from jalon.people.policy import roles
from jalon.web.public.accessibility import statement
from jalon.web.public.forms import CodeForm
from jalon.web.public.orientation import orient

#: Served from the root: a browser lets such a script answer for the addresses below its own only.
OFFLINE = Path(web.__file__).parent / "static" / "jalon" / "offline.js"


@dataclass(frozen=True)
class Step:
    """One of the five steps, as the public reads it."""

    title: str
    text: str
    delay: str
    article: str = ""


@enforces("R-134")
def steps() -> tuple[Step, ...]:
    """Return the five steps of a journey and how long the law gives each; the fourth is the writing."""
    return (
        Step(
            "Déposer sa candidature",
            "Vous choisissez une certification, entière ou par blocs, avec ou sans accompagnement.",
            "quelques minutes, en ligne et sans frais",
        ),
        Step(
            "Rencontrer son architecte-accompagnateur",
            "Vous vérifiez ensemble que la VAE et ce CQPM vous conviennent, et vous fixez un calendrier.",
            "un rendez-vous, à distance ou sur place",
        ),
        Step(
            "Envoyer le dossier de faisabilité",
            "Vous résumez votre expérience. Le certificateur dit si votre demande est acceptée.",
            "réponse deux mois au plus après un dossier complet ; sans réponse, c’est oui",
            "R6412-4",
        ),
        Step(
            "Écrire le dossier de validation",
            "Vous décrivez ce que vous savez faire, compétence par compétence, avec des exemples vécus.",
            "à votre rythme, en avançant au moins une fois dans les six mois qui suivent la décision",
            "R6412-4 et R6412-5",
        ),
        Step(
            "Rencontrer le jury",
            "Des professionnels du métier vous écoutent, ou vous regardent faire.",
            "avant la fin du troisième mois qui suit l’envoi ; résultat quinze jours au plus après",
            "R6412-5 et R6412-7",
        ),
    )


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Ask for one's trade, tell how it goes here in true figures, and the five steps with their delays."""
    context = {
        "steps": steps(),
        "months": usual_months(),
        "success": success(),
        "price": settings.PRICE,
    }
    return render(request, "public/home.html", context)


@require_safe
def orientation(request: HttpRequest) -> HttpResponse:
    """Ask a few questions, one a page, and say where to go."""
    return render(request, "public/orientation.html", orient(request.GET.dict()))


PAGES = {
    "contact": "Contact",
    "handicap": "Handicap et aménagements",
    "accessibilite": "Accessibilité",
    "donnees-personnelles": "Données personnelles",
    "mentions-legales": "Mentions légales",
}


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """Show one of the fixed pages."""
    if name not in PAGES:
        raise Http404
    context = {"title": PAGES[name], "statement": statement()}
    return render(request, f"public/{name}.html", context)


def verify(request: HttpRequest) -> HttpResponse:
    """Say what a bloc attestation is worth: the bloc and its date, nobody's name."""
    form = CodeForm(request.POST or None)
    award = None
    if request.method == "POST" and form.is_valid():
        award = (
            BlocAward.objects.given_here()
            .told()
            .filter(verification_code=form.cleaned_data["code"].strip().upper())
            .select_related("bloc__certification", "attempt")
            .first()
        )
        if award is None:
            form.add_error("code", "Aucune attestation ne porte ce code. Vérifiez les caractères.")
    return render(request, "public/verify.html", {"form": form, "award": award})


HOMES = (
    (Role.CERTIFIER, "certifier:inbox"),
    (Role.ARCHITECT, "architect:today"),
    (Role.HEAD, "architect:today"),
    (Role.JUROR, "juror:home"),
    (Role.ADMINISTRATOR, "office:people"),
)


@login_required
def after_sign_in(request: HttpRequest) -> HttpResponse:
    """Send each person to their own home."""
    held = roles(request.user)
    return redirect(next((home for role, home in HOMES if role in held), "candidate:home"))


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Send the script that opens without network the pages in which somebody writes."""
    return HttpResponse(OFFLINE.read_text(), content_type="text/javascript; charset=utf-8")
