from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("web", "0001_sending")]

    operations = [
        migrations.DeleteModel(name="Sending"),
        migrations.CreateModel(
            name="Sending",
            fields=[
                (
                    "door",
                    models.BinaryField(max_length=32, primary_key=True, serialize=False),
                ),
                ("key", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField(db_default=Now(), db_index=True)),
                ("went_to", models.TextField(blank=True)),
            ],
        ),
    ]
