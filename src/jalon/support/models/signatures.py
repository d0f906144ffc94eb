"""Who signed which hours, how and when; and the codes by which people sign from afar."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from jalon.journeys.models import Journey
from jalon.law.signatures import LONGEST
from jalon.law.vocabulary import SignedHow
from jalon.now import now
from jalon.support.models.path import Meeting
from jalon.support.models.workshops import HalfDay
from jalon.words import WordField, known

#: Holds what proves that somebody was there while it looks: nobody takes it away meanwhile.
THERE = """
IF NEW.meeting_id IS NOT NULL THEN
    PERFORM 1 FROM support_meeting m JOIN journeys_journey j ON j.id = m.journey_id
        WHERE m.id = NEW.meeting_id AND j.id = NEW.journey_id AND j.candidate_id = NEW.person_id
        FOR SHARE OF m;
ELSIF NEW.journey_id IS NOT NULL THEN
    PERFORM 1 FROM support_attendanceentry a
        JOIN support_enrolment e ON e.id = a.enrolment_id
        JOIN journeys_journey j ON j.id = e.journey_id
        WHERE a.half_day_id = NEW.half_day_id AND a.presence = 'present'
            AND j.id = NEW.journey_id AND j.candidate_id = NEW.person_id
        FOR SHARE OF a;
ELSE
    PERFORM 1 FROM support_halfday h JOIN support_workshop w ON w.id = h.workshop_id
        WHERE h.id = NEW.half_day_id AND w.led_by_id = NEW.person_id FOR SHARE OF w;
END IF;
IF NOT FOUND THEN
    RAISE EXCEPTION 'R-110: who was not there signs nothing'
        USING ERRCODE = 'integrity_constraint_violation';
END IF;
IF (NEW.how = 'drawn') <> (NEW.strokes <> '') OR (NEW.how = 'aloud') <> (btrim(NEW.reason) <> '') THEN
    RAISE EXCEPTION 'R-110: a signature is drawn, or says why not'
        USING ERRCODE = 'integrity_constraint_violation';
END IF;
RETURN NEW;
"""


class AttendanceSignature(models.Model):
    """What one person signed: hours of a half-day or a meeting; without a journey, who led the half-day.

    `digest` tells what was signed from anything else: once the hours are others, it counts no more.
    """

    journey = models.ForeignKey(
        Journey, on_delete=models.PROTECT, null=True, blank=True, related_name="signatures"
    )
    half_day = models.ForeignKey(
        HalfDay, on_delete=models.PROTECT, null=True, blank=True, related_name="signatures"
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="signatures"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    how = WordField("façon de signer", max_length=10, words=SignedHow)
    minutes = models.PositiveSmallIntegerField("minutes signées")
    digest = models.CharField("empreinte de ce qui est signé", max_length=64)
    strokes = models.CharField("tracé", max_length=LONGEST, blank=True)
    reason = models.CharField("raison", max_length=200, blank=True)
    signed_at = models.DateTimeField("signé le", default=now)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "signature de présence"
        verbose_name_plural = "signatures de présence"
        ordering: ClassVar = ["signed_at", "pk"]
        constraints: ClassVar = [
            known("how", SignedHow, "signed_how_known"),
            models.CheckConstraint(
                condition=Q(half_day__isnull=False, meeting__isnull=True)
                | Q(half_day__isnull=True, meeting__isnull=False, journey__isnull=False),
                name="a_signature_is_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="a_signature_is_of_some_time"),
            models.CheckConstraint(
                condition=Q(strokes__regex=r"^(M\d{1,3} \d{1,3}(L\d{1,3} \d{1,3})+)*$"),
                name="a_signature_is_made_of_strokes",
            ),
            models.UniqueConstraint(
                fields=["half_day", "person", "digest"],
                condition=Q(half_day__isnull=False),
                name="a_half_day_is_signed_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["meeting", "person", "digest"],
                condition=Q(meeting__isnull=False),
                name="a_meeting_is_signed_once",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="who_signs_was_there",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=" ".join(THERE.split()),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.how.label.lower()}"


class SigningCode(models.Model):
    """A code that was sent for some hours: what is kept of it opens nothing."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="signing_codes")
    half_day = models.ForeignKey(
        HalfDay, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    digest = models.CharField("empreinte de ce qui est à signer", max_length=64)
    secret = models.CharField("code, haché", max_length=128)
    sent_at = models.DateTimeField("envoyé le", default=now)
    until = models.DateTimeField("valable jusqu’à")
    tries = models.PositiveSmallIntegerField("essais", default=0)

    class Meta:
        verbose_name = "code de signature"
        verbose_name_plural = "codes de signature"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(half_day__isnull=False, meeting__isnull=True)
                | Q(half_day__isnull=True, meeting__isnull=False),
                name="a_code_is_for_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.journey}, envoyé le {self.sent_at}"
