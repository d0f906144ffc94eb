"""How a journey is looked for by words: in names, titles, references and telephones."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.db.models.lookups import Contains

from jalon.catalogue.models import Certification
from jalon.journeys.models import Journey
from jalon.journeys.queries import truth
from jalon.people.models import Membership, User
from jalon.words import plain

#: The figures of a code of the register: a telephone, or enough of one, has more.
MOST_OF_A_CODE = 5
#: How many words are looked for: each is asked of four places, and a name with its reference has fewer.
MOST_WORDS = 10
#: A telephone of France, with what stands before it at home and from abroad.
DIALLED = re.compile(r"(?:\+33|0033|33(?=\d{9}$))?0?(\d{5,})")


def searched(found: QuerySet[Journey], text: str) -> QuerySet[Journey]:
    """Return the journeys that hold every word, in a name or the title, or the candidate's telephone."""
    words = words_of(text)[:MOST_WORDS]
    every = Q()
    for word, titled in zip(words, sheets_holding(words), strict=True):
        every &= Q(pk__in=holding(word, titled))
    if figures := dialled(text):
        every |= Q(candidate__in=reached_at(figures))
    return found.filter(every)


def words_of(text: str) -> list[str]:
    """Return each word of a text once, in order."""
    return list(dict.fromkeys(text.split()))


def sheets_holding(words: Sequence[str]) -> list[list[int]]:
    """Return, for each word, the certifications that hold it in their title or code.

    They are few, and read first: the database would expect a twelfth of all journeys of each.
    """
    titled = plain("title")
    held = [
        truth(Q(Contains(titled, plain(Value(word)))) | Q(code__icontains=word)) for word in words
    ]
    rows = list(Certification.objects.values_list("pk", *held)) if words else []
    return [[row[0] for row in rows if row[place]] for place in range(1, len(words) + 1)]


def holding(word: str, sheets: Iterable[int]) -> QuerySet[Any, Any]:
    """Return the ids of the journeys that hold some letters, accents and capitals forgiven.

    Each place where they may stand is asked apart: an index answers for each, and none for all.
    """
    held = plain(Value(word))
    named = User.objects.filter(plain_name__contains=held)
    candidates = named | User.objects.filter(plain_email__contains=held)
    # Those who accompany are few: asked of all people, the database would rather look at every journey.
    staff = Membership.objects.filter(user__plain_name__contains=held)
    referenced = Journey.objects.alias(plain_reference=plain("reference"))
    by_name = Journey.objects.filter(candidate__in=candidates.values("pk")).values("pk")
    return by_name.union(
        Journey.objects.filter(architect__in=staff.values("user")).values("pk"),
        Journey.objects.filter(certification__in=sheets).values("pk"),
        referenced.filter(plain_reference__contains=held).values("pk"),
    )


def dialled(text: str) -> str:
    """Return the figures of a telephone without 0, +33 or 0033; nothing when the text is not one."""
    typed = re.sub(r"[\s.\-()]", "", text)
    found = DIALLED.fullmatch(typed)
    return found[1] if found and len(typed) > MOST_OF_A_CODE else ""


def reached_at(figures: str) -> QuerySet[User]:
    """Return the people whose telephone holds these figures, however it is written."""
    every = [
        Func(F(name), Value(r"\D"), Value(""), Value("g"), function="regexp_replace")
        for name in ("phone", "candidate_profile__phone")
    ]
    account, profile = (Cast(one, models.TextField()) for one in every)
    found = User.objects.annotate(account_phone=account, profile_phone=profile)
    held = Q(account_phone__contains=figures) | Q(profile_phone__contains=figures)
    return found.filter(held).values("pk")  # type: ignore[return-value]
