from django.db import migrations, models

import jalon.now

BEFORE = """
UPDATE journeys_journey j SET
    candidate_seen_at = coalesce((
        SELECT max(e.at) FROM journeys_journalentry e
        WHERE e.journey_id = j.id AND e.author_id = j.candidate_id
    ), j.registered_at),
    team_seen_at = coalesce((
        SELECT max(e.at) FROM journeys_journalentry e
        WHERE e.journey_id = j.id AND e.role IN ('architect', 'head')
    ), j.registered_at)
"""


class Migration(migrations.Migration):
    dependencies = [("journeys", "0019_the_journal_is_a_chain")]

    operations = [
        migrations.AddField(
            model_name="journey",
            name="candidate_seen_at",
            field=models.DateTimeField(default=jalon.now.now, verbose_name="dernier signe du candidat"),
        ),
        migrations.AddField(
            model_name="journey",
            name="team_seen_at",
            field=models.DateTimeField(default=jalon.now.now, verbose_name="dernier geste de l’équipe"),
        ),
        migrations.RunSQL(BEFORE, migrations.RunSQL.noop),
    ]
