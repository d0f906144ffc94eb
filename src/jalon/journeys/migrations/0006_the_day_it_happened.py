"""Each line of the journal says the day it happened; a delay runs or has ended, and is never suspended."""

import jalon.now
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import TruncDate

#: The guard of the journal is opened once, by the owner of the table, for a column that is new.
DATE_WHAT_WAS_WRITTEN = """
ALTER TABLE journeys_journalentry DISABLE TRIGGER journal_rows_stay;
UPDATE journeys_journalentry SET occurred_on = (at AT TIME ZONE 'Europe/Paris')::date;
ALTER TABLE journeys_journalentry ENABLE ALWAYS TRIGGER journal_rows_stay;
UPDATE journeys_journey SET reached_on = (stage_since AT TIME ZONE 'Europe/Paris')::date;
UPDATE journeys_clock SET state = 'stopped', ended_on = paused_on WHERE state = 'paused';
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("journeys", "0005_the_law_that_was_applied")]
    operations = [
        migrations.AddField(
            "journalentry", "occurred_on", models.DateField(null=True, verbose_name="arrivé le")
        ),
        migrations.AddField(
            "journalentry",
            "channel",
            models.CharField(blank=True, default="", max_length=20, verbose_name="connu par"),
            preserve_default=False,
        ),
        migrations.AddField(
            "journey",
            "reached_on",
            models.DateField(null=True, verbose_name="étape atteinte par quelqu’un le"),
        ),
        migrations.RunSQL(DATE_WHAT_WAS_WRITTEN, migrations.RunSQL.noop),
        migrations.AlterField(
            "journalentry", "at", models.DateTimeField(verbose_name="écrit le")
        ),
        migrations.AlterField(
            "journalentry", "occurred_on", models.DateField(verbose_name="arrivé le")
        ),
        migrations.AlterField(
            "journey",
            "reached_on",
            models.DateField(verbose_name="étape atteinte par quelqu’un le"),
        ),
        migrations.AddConstraint(
            "journalentry",
            models.CheckConstraint(
                condition=Q(occurred_on__lte=TruncDate("at", tzinfo=jalon.now.PARIS)),
                name="journal_tells_what_happened",
            ),
        ),
        migrations.RemoveConstraint("clock", "one_living_clock_of_a_kind"),
        migrations.RemoveConstraint("clock", "clock_state_known"),
        migrations.RemoveField("clock", "paused_on"),
        migrations.AddConstraint(
            "clock",
            models.CheckConstraint(
                condition=Q(state__in=["running", "stopped", "expired"]), name="clock_state_known"
            ),
        ),
        migrations.AddConstraint(
            "clock",
            models.UniqueConstraint(
                condition=Q(state="running"),
                fields=["journey", "kind"],
                name="one_running_clock_of_a_kind",
            ),
        ),
    ]
