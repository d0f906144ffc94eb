"""What templates need to speak French: dates, durations, words of the vocabulary."""

import json
from collections.abc import Iterable, Sized
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm, Textarea
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeData, SafeString, mark_safe

from jalon.catalogue.browsing import Piece
from jalon.journeys.models import BlocAward, Journey
from jalon.law import signatures
from jalon.law.clocks import WEEKDAYS, french, french_hour, french_period
from jalon.law.dates import Period
from jalon.law.immersion import accident_said
from jalon.law.plurals import counted, plural
from jalon.law.results import bloc_validity_said
from jalon.law.route_words import IN_A_WORD, in_words_of
from jalon.law.rulebook import enforces
from jalon.law.settings import Settings
from jalon.law.support import spread_said
from jalon.law.vocabulary import (
    Act,
    AidDeed,
    ClockKind,
    DocumentKind,
    Outcome,
    Role,
    Route,
    Scope,
    Stage,
)
from jalon.now import PARIS, today
from jalon.people.models import LEVELS, User
from jalon.web import form_actions
from jalon.web.fields import ONLY_WHAT_IS_NEEDED, Impersonal
from jalon.web.sealing import key_of, name_of
from jalon.words import held_together, number
from jalon.writing.models import WritingAid

register = template.Library()

WORDS = {
    "aid_deed": AidDeed,
    "stage": Stage,
    "act": Act,
    "role": Role,
    "route": Route,
    "scope": Scope,
    "clock": ClockKind,
    "document": DocumentKind,
    "outcome": Outcome,
}


@register.filter
def day(value: date | datetime | str | None) -> str:
    """Show a date as people say it."""
    if not value:
        return "—"
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    return french(value.astimezone(PARIS).date() if isinstance(value, datetime) else value)


@register.filter
def period(value: Period) -> str:
    """Show a period as people say it."""
    return french_period(value)


@register.filter
def moment(value: datetime | None) -> str:
    """Show a date and an hour."""
    if not value:
        return "—"
    local = value.astimezone(PARIS)
    return f"{french(local.date())} à {hour(local.time())}"


@register.filter
def hour(value: time) -> str:
    """Show an hour, never cut at the end of a line."""
    return french_hour(value)


@register.filter
def clock_time(value: datetime) -> str:
    """Show the hour of a moment, as the clocks of Paris show it."""
    return hour(value.astimezone(PARIS).time())


@register.filter
def since(value: datetime) -> str:
    """Show for how many days something lasts."""
    days = (today() - value.astimezone(PARIS).date()).days
    return "aujourd’hui" if days <= 0 else f"depuis {counted(days, 'jour')}"


@register.filter(name="pluralize")
def agreed(value: Any, endings: str = "s") -> str:
    """Show what ends a word for so many of a thing, or for a list of them: French says "0 dossier"."""
    one, _, several = endings.rpartition(",")
    return plural(len(value) if isinstance(value, Sized) else value or 0, several, one)


@register.filter
def ago(value: datetime) -> str:
    """Show how long ago something was, in days."""
    days = (today() - value.astimezone(PARIS).date()).days
    if days <= 0:
        return "aujourd’hui"
    return "hier" if days == 1 else f"il y a {days}\N{NO-BREAK SPACE}jours"


@register.filter
def left(value: date | None) -> str:
    """Show how far a date is."""
    if value is None:
        return ""
    days = (value - today()).days
    if days < 0:
        return f"en retard de {counted(-days, 'jour')}"
    return "aujourd’hui" if days == 0 else f"dans {counted(days, 'jour')}"


@register.filter
def urgency(value: date | None) -> str:
    """Return the tone of a date: late, soon, or none when it is far."""
    if value is None:
        return ""
    days = (value - today()).days
    return "late" if days < 0 else "soon" if days <= 14 else ""


@register.filter
def lasting(minutes: int) -> str:
    """Show minutes as pages and e-mails do, never in decimal hours, which papers keep: « 2 h 30 »."""
    return signatures.lasting(minutes)


@register.filter
def planned_hours(hours: Decimal) -> str:
    """Show hours that were planned, by halves, in the same way."""
    return signatures.lasting(int(hours * 60))


@register.filter
def euros(cents: int) -> str:
    """Return an amount as people write it: "1 250,50 €", "900 €"."""
    whole = f"{cents / 100:,.2f}".replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")
    return f"{whole.removesuffix(',00')}\N{NO-BREAK SPACE}€"


register.filter("number", number)
register.filter("spread_said", spread_said)
register.simple_tag(accident_said)


@register.filter
def weekday(value: date) -> str:
    """Show the day of the week."""
    return WEEKDAYS[value.weekday()]


@register.filter
def weight(size: int) -> str:
    """Show how heavy a file is, in the units that people know."""
    thousands = max(round(size / 1000), 1)
    if thousands < 1000:
        return f"{thousands}\N{NO-BREAK SPACE}Ko"
    return f"{thousands / 1000:.1f}".replace(".", ",") + "\N{NO-BREAK SPACE}Mo"


@register.filter
def level(number: int | None) -> str:
    """Show the level of a certification with the diplomas by which people know it."""
    return dict(LEVELS)[f"N{number}"] if number else "Sans niveau"


@register.filter
def lower_first(text: str) -> str:
    """Show a sentence inside another one."""
    return text[:1].lower() + text[1:]


@register.filter(is_safe=True)
def unbroken(text: Any) -> str:
    """Return a sentence whose signs never stand alone at the start of a line; HTML said late stays HTML."""
    said = str(text)
    kept = held_together(said)
    return mark_safe(kept) if isinstance(said, SafeData) else kept  # noqa: S308  # was safe already


@register.filter(is_safe=True)
def introducing(label: Any) -> str:
    """Return a label before what is said of it: a question keeps its own sign, another gets a colon."""
    said = unbroken(label)
    return said if said.endswith("?") else f"{said}\N{NO-BREAK SPACE}:"


@register.filter
def validity(award: BlocAward, settings: Settings) -> str:
    """Show how long an acquired bloc holds."""
    return bloc_validity_said(settings, award.awarded_on, award.valid_until)


@register.filter
def word(value: str, kind: str) -> str:
    """Show the French label of a stored word."""
    try:
        return WORDS[kind](value).label
    except ValueError:
        return value


@register.filter
def of(sentence: Any, journey: Journey) -> str:
    """Say a sentence of the table, or of a page, in the words of a journey's route (R-133)."""
    return in_words_of(journey.route, str(sentence))


@register.filter
def of_route(sentence: str, route: Route) -> str:
    """Say a sentence of a page in the words of a route (R-133)."""
    return in_words_of(route, sentence)


@register.filter
def route_in_a_word(route: Route) -> str:
    """Show a route in a word."""
    return IN_A_WORD[route]


@register.filter
def marked(pieces: Iterable[Piece]) -> str:
    """Show a text, marked where it is what was looked for."""
    parts = (
        format_html("<mark>{}</mark>", one.text) if one.found else escape(one.text)
        for one in pieces
    )
    return mark_safe("".join(parts))  # noqa: S308  # each part is escaped


BROWSERS = {"Edg": "Edge", "Firefox": "Firefox", "Chrom": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


@register.filter
def device(user_agent: str) -> str:
    """Return what a browser says of itself, in words a person recognises."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "Navigateur")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    return f"{browser} sur {system}" if system else browser


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """Return what a mapping holds under a key."""
    return mapping.get(key) if mapping else None


@register.filter
@enforces("R-126")
def asks_for_free_text(form: BaseForm) -> str:
    """Return the reminder of what not to write of people, unless no text of the form is about them or says it already."""
    written = [field for field in form if isinstance(field.field.widget, Textarea)]
    texts = [field for field in written if not isinstance(field.field.widget, Impersonal)]
    said = any(ONLY_WHAT_IS_NEEDED in field.help_text for field in texts)
    return ONLY_WHAT_IS_NEEDED if texts and not said else ""


@register.filter
def typing_name(typist: User | WritingAid) -> str:
    """Return what names somebody on their devices."""
    return name_of(typist)


@register.filter
def typing_key(typist: User | WritingAid) -> str:
    """Return what seals, on somebody's devices, the texts that did not leave yet: known while they may type only."""
    return key_of(name_of(typist))


@register.filter
def before_typing(form: BaseForm) -> str:
    """Return as JSON the texts of a form as they stand, where it shows what was typed instead."""
    return json.dumps(
        {one.name: one.initial or "" for one in form if isinstance(one.field.widget, Textarea)}
    )


@register.filter
def is_refused(form: BaseForm) -> bool:
    """Say whether the law refused what a form asked: it is not its words that are to be corrected."""
    return form_actions.is_refused(form)


@register.simple_tag(takes_context=True)
def menu_link(context: dict[str, Any], name: str, label: str, *arguments: str) -> SafeString:
    """Show a link of the menu, marked when it leads to the page being read."""
    address = reverse(name, args=arguments)
    here = "request" in context and context["request"].path == address
    mark = mark_safe(' aria-current="page"') if here else ""
    return format_html('<li><a href="{}"{}>{}</a></li>', address, mark, label)
