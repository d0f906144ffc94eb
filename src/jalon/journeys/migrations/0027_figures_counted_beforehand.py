"""Figures counted beforehand: what may be counted again need not survive a crash, and costs no log.

Both tables are emptied together, so that no moment stands without its figures.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('journeys', '0026_who_acted_for_whom'),
        ('people', '0012_colleagues_replace_each_other'),
    ]

    operations = [
        migrations.CreateModel(
            name='TallyMoment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='comptés le')),
            ],
            options={
                'verbose_name': 'moment des chiffres gardés',
                'verbose_name_plural': 'moments des chiffres gardés',
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=30, verbose_name='chiffre')),
                ('grain', models.CharField(choices=[('d', 'jour'), ('m', 'mois')], max_length=1, verbose_name='par')),
                ('day', models.DateField(verbose_name='premier jour')),
                ('line', models.TextField(blank=True, verbose_name='ligne')),
                ('count', models.PositiveIntegerField(verbose_name='combien')),
                ('good', models.PositiveIntegerField(verbose_name='dont')),
                ('people', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None, verbose_name='quelques personnes')),
                ('days', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None, verbose_name='durées')),
                ('times', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), size=None, verbose_name='nombre de chaque durée')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisation', verbose_name='organisme')),
            ],
            options={
                'verbose_name': 'chiffre gardé',
                'verbose_name_plural': 'chiffres gardés',
                'indexes': [models.Index(fields=['name', 'organisation', 'grain', 'day'], name='tallies_of_days')],
            },
        ),
        migrations.RunSQL(
            'ALTER TABLE journeys_tally SET UNLOGGED; ALTER TABLE journeys_tallymoment SET UNLOGGED',
            migrations.RunSQL.noop,
        ),
    ]
