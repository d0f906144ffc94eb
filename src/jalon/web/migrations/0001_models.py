"""The tables of this room, as the first release has them."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import jalon.now
import jalon.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('web', '0001_sending'),
        ('web', '0002_the_last_form_of_a_door'),
        ('web', '0003_saved_views'),
    ]

    initial = True

    dependencies = [
        ('people', '0001_models'),
    ]

    operations = [
        jalon.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Sending',
                    fields=[
                        ('door', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                        ('key', models.BinaryField(max_length=32)),
                        ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), db_index=True)),
                        ('went_to', models.TextField(blank=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='SavedView',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL)),
                        ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to='people.organisation')),
                        ('name', models.CharField(max_length=60, verbose_name='nom')),
                        ('query', models.CharField(max_length=500, verbose_name='ce que dit l’adresse')),
                        ('made_at', models.DateTimeField(default=jalon.now.now, verbose_name='enregistrée le')),
                        ('opened_first_by', models.ManyToManyField(related_name='first_views', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'vue enregistrée',
                        'verbose_name_plural': 'vues enregistrées',
                        'ordering': ['name', 'pk'],
                        'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), models.F('author'), condition=models.Q(('team', None)), name='own_views_are_named_apart'), models.UniqueConstraint(django.db.models.functions.text.Lower('name'), models.F('team'), condition=models.Q(('team', None), _negated=True), name='team_views_are_named_apart')],
                    },
                ),
            ],
        ),
    ]
