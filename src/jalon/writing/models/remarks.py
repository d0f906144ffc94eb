"""What who accompanies remarks in a text, at the words it bears on."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jalon.law.vocabulary import RemarkKind, RemarkState
from jalon.people.models import User
from jalon.words import WordField, known
from jalon.writing.anchors import Anchor
from jalon.writing.models.validation import Section


class Remark(models.Model):
    """One remark on words of one answer; its place follows the text as it is written."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="remarks")
    question = models.CharField("question", max_length=20)
    kind = WordField("nature", max_length=12, words=RemarkKind)
    words = models.TextField("mots visés")
    start = models.PositiveIntegerField("place des mots")
    before = models.TextField("ce qui précède", blank=True)
    after = models.TextField("ce qui suit", blank=True)
    gone = models.BooleanField("ces mots ont changé", default=False)
    body = models.TextField("remarque", blank=True)
    replacement = models.TextField("mots proposés", blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField("dite le")
    state = WordField("état", max_length=10, words=RemarkState, default=RemarkState.OPEN)
    answer = models.CharField("réponse", max_length=300, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    settled_at = models.DateTimeField("réglée le", null=True, blank=True)

    class Meta:
        verbose_name = "remarque"
        ordering: ClassVar = ["start", "pk"]
        constraints: ClassVar = [
            known("kind", RemarkKind, "remark_kind_known"),
            known("state", RemarkState, "remark_state_known"),
            models.CheckConstraint(condition=~Q(words=""), name="remark_bears_on_words"),
            models.CheckConstraint(
                condition=Q(question__in=Section.QUESTIONS), name="remark_question_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind.label} sur « {self.words} »"

    @property
    def anchor(self) -> Anchor:
        """Return the words and their place, as last known."""
        return Anchor(self.words, self.start, self.before, self.after)

    def stand(self, anchor: Anchor | None) -> None:
        """Take the place where the words are now; without one, keep the last and say that they changed."""
        self.gone = anchor is None
        if anchor:
            self.start, self.before, self.after = anchor.start, anchor.before, anchor.after

    @property
    def open(self) -> bool:
        """Say whether something is still expected of the candidate."""
        return self.state == RemarkState.OPEN

    @property
    def acceptable(self) -> bool:
        """Say whether the words proposed may still take the place of those they bear on."""
        return self.open and bool(self.replacement) and not self.gone
