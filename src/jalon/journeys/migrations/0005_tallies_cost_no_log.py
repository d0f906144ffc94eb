"""Figures counted beforehand: what may be counted again need not survive a crash, and costs no log.

Both tables are emptied together, so that no moment stands without its figures.
"""

from django.db import migrations


class Migration(migrations.Migration):
    replaces = [
        ("journeys", "0027_figures_counted_beforehand"),
    ]
    dependencies = [
        ("journeys", "0004_jobs_to_watch"),
    ]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE journeys_tally SET UNLOGGED; ALTER TABLE journeys_tallymoment SET UNLOGGED",
            migrations.RunSQL.noop,
        ),
    ]
