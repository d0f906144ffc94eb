"""A figure reads few rows, fewer than PostgreSQL expects: no other process is called to help."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('journeys', '0028_tallies_in_one_index'),
    ]

    operations = [
        migrations.RunSQL(
            'ALTER TABLE journeys_tally SET (parallel_workers = 0)',
            'ALTER TABLE journeys_tally RESET (parallel_workers)',
        ),
    ]
