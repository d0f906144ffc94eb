"""A sheet is found by the words of the shop floor too: they enter what the database keeps of it."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models
from django.db.models import F, Value

import jalon.catalogue.models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0006_imports_of_the_register")]

    operations = [
        migrations.AddField(
            "certification",
            "trade_words",
            models.TextField(blank=True, default="", verbose_name="mots de l’atelier"),
            preserve_default=False,
        ),
        migrations.RemoveIndex("certification", "certification_words"),
        migrations.RemoveField("certification", "words"),
        migrations.AddField(
            "certification",
            "words",
            models.GeneratedField(
                db_persist=True,
                expression=jalon.catalogue.models.FrenchVector(
                    models.Func(
                        F("title"),
                        Value(" "),
                        F("keywords"),
                        Value(" "),
                        F("description"),
                        Value(" "),
                        F("trade_words"),
                        arg_joiner=" || ",
                        output_field=models.TextField(),
                        template="(%(expressions)s)",
                    )
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            "certification",
            django.contrib.postgres.indexes.GinIndex(fields=["words"], name="certification_words"),
        ),
    ]
