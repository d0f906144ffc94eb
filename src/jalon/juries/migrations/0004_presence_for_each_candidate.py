"""Who sits is noted for each candidate: a member may step aside for one and judge another."""

import django.db.models.deletion
from django.db import migrations, models

#: The migration is one transaction: what it wrote is checked before the column goes.
KEEP = """
    INSERT INTO juries_vacancy (hearing_id, seat_id)
    SELECT h.id, s.id FROM juries_hearing h JOIN juries_seat s USING (session_id) WHERE NOT s.present;
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("juries", "0003_declarations_are_locked")]

    operations = [
        migrations.CreateModel(
            name="Vacancy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hearing", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="vacancies", to="juries.hearing")),
                ("seat", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="vacancies", to="juries.seat")),
            ],
            options={"verbose_name": "siège vacant"},
        ),
        migrations.AddConstraint(
            model_name="vacancy",
            constraint=models.UniqueConstraint(fields=("hearing", "seat"), name="one_vacancy_each"),
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="seat", name="present"),
    ]
