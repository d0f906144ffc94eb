"""Let PostgreSQL know that few tallies are those of every team: expecting hundreds, it called two processes for fifty."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('journeys', '0029_few_tallies_are_read_at_once'),
    ]

    operations = [
        migrations.RunSQL(
            [
                'ALTER TABLE journeys_tally RESET (parallel_workers)',
                'CREATE STATISTICS tallies_spread (mcv) ON name, organisation_id, grain FROM journeys_tally',
            ],
            [
                'DROP STATISTICS tallies_spread',
                'ALTER TABLE journeys_tally SET (parallel_workers = 0)',
            ],
        ),
    ]
