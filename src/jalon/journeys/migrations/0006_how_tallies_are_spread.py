"""Let PostgreSQL know that few tallies are those of every team: expecting hundreds, it called two processes for fifty."""

from django.db import migrations


class Migration(migrations.Migration):
    replaces = [
        ("journeys", "0029_few_tallies_are_read_at_once"),
        ("journeys", "0030_how_tallies_are_spread"),
    ]
    dependencies = [
        ("journeys", "0005_tallies_cost_no_log"),
    ]
    operations = [
        migrations.RunSQL(
            "CREATE STATISTICS tallies_spread (mcv) ON name, organisation_id, grain FROM journeys_tally",
            "DROP STATISTICS tallies_spread",
        ),
    ]
