"""A bloc is marked as ready, and points are ticked, by who reads the file again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0006_imports_of_the_register'),
        ('writing', '0007_versions_of_texts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReadyBloc',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fingerprint', models.CharField(max_length=64, verbose_name='empreinte des textes relus')),
                ('marked_at', models.DateTimeField(verbose_name='relu le')),
                ('fallen_at', models.DateTimeField(blank=True, null=True, verbose_name='texte changé le')),
                ('bloc', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.bloc')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ready_blocs', to='writing.validationfile')),
                ('marked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'bloc relu et prêt',
                'constraints': [models.UniqueConstraint(fields=('file', 'bloc'), name='a_bloc_is_ready_once')],
            },
        ),
        migrations.CreateModel(
            name='TickedPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('point', models.CharField(max_length=20, verbose_name='point relu')),
                ('ticked_at', models.DateTimeField(verbose_name='coché le')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ticked', to='writing.validationfile')),
                ('ticked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'point relu avant l’envoi',
                'constraints': [models.CheckConstraint(condition=models.Q(('point__in', ['true_stories', 'names', 'readable', 'aloud'])), name='point_known'), models.UniqueConstraint(fields=('file', 'point'), name='a_point_is_ticked_once')],
            },
        ),
    ]
