"""Words kept and words shown: a column of the vocabulary, a text as searches compare it, a sentence as lines break."""

import re
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Lower
from django.db.models.query_utils import DeferredAttribute

from jalon.law.vocabulary import Word

W = TypeVar("W", bound=Word)

#: A plain space before a double sign, or inside guillemets: where a line must not break.
BREAKABLE = re.compile(r" (?=[?!:;»])|(?<=«) ")


class WordAttribute(DeferredAttribute):
    """Turns whatever is assigned (a form's text, a column's) into the word itself."""

    field: "WordField[Any]"

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = self.field.to_python(value)


if TYPE_CHECKING:
    TextField = models.CharField[W | str, W]
else:
    TextField = models.CharField


class WordField(TextField, Generic[W]):
    """A word of one enumeration; its labels are never written in a migration."""

    descriptor_class = WordAttribute

    def __init__(self, verbose_name: str = "", *, words: type[W], **options: Any) -> None:
        self.words = words
        super().__init__(verbose_name, choices=words.choices(), **{"max_length": 30} | options)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Return the plain column that a migration knows: a relabelled word moves no table."""
        name, _, arguments, options = super().deconstruct()
        options.pop("choices", None)
        return name, "django.db.models.CharField", arguments, options

    def clone(self) -> Any:
        """Return a copy that still knows its words."""
        _, _, arguments, options = self.deconstruct()
        return type(self)(*arguments, words=self.words, **options)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """Return the word, for queries that give values rather than rows."""
        return self.to_python(value)

    def to_python(self, value: Any) -> Any:
        """Return the word; what is no word of the enumeration stays as it is, for `clean` to refuse."""
        return value if not value else self.words._value2member_map_.get(value, value)


def known(field: str, words: type[Word], name: str) -> models.CheckConstraint:
    """Return the constraint that keeps a column to the words of the vocabulary."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [word.value for word in words]}), name=name
    )


def held_together(text: str) -> str:
    """Return a text whose signs never stand alone at the start of a line."""
    return BREAKABLE.sub("\N{NO-BREAK SPACE}", text)


def number(value: float) -> str:
    """Return a number as people write it: "1 204", "12,5", "−3"."""
    said = f"{value:,.1f}".removesuffix(".0")
    return said.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",").replace("-", "−")


def plain(text: Any) -> Func:
    """Return a text without accents nor capitals, as indexes keep it and searches compare it."""
    return Func(Lower(text), function="jalon_unaccent", output_field=models.TextField())
