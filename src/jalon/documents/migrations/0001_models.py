"""The tables of this room, as the first release has them."""

import django.db.models.deletion
import jalon.tables
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('documents', '0001_initial'),
        ('documents', '0002_initial'),
        ('documents', '0003_papers_say_that_they_were_rectified'),
        ('documents', '0004_papers_say_that_they_were_annulled'),
        ('documents', '0006_recordings_have_a_length'),
    ]

    initial = True

    dependencies = [
        ('journeys', '0001_models'),
        ('people', '0001_models'),
        ('writing', '0001_models'),
    ]

    operations = [
        jalon.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Document',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('journey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='journeys.journey')),
                        ('kind', models.CharField(max_length=20, verbose_name='nature')),
                        ('name', models.CharField(max_length=200, verbose_name='nom')),
                        ('origin', models.CharField(max_length=10, verbose_name='origine')),
                        ('file', models.FileField(unique=True, upload_to='', verbose_name='fichier')),
                        ('media_type', models.CharField(max_length=50, verbose_name='type')),
                        ('size', models.PositiveIntegerField(verbose_name='taille')),
                        ('seconds', models.PositiveIntegerField(blank=True, null=True, verbose_name='durée en secondes')),
                        ('sha256', models.CharField(max_length=64, verbose_name='empreinte')),
                        ('section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='evidence', to='writing.section')),
                        ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='journeys.journalentry')),
                        ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(verbose_name='ajouté le')),
                        ('rectified_on', models.DateField(blank=True, null=True, verbose_name='rectifié le')),
                        ('annulled_on', models.DateField(blank=True, null=True, verbose_name='annulé le')),
                        ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='supprimé le')),
                        ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('removed_why', models.CharField(blank=True, max_length=200, verbose_name='supprimé parce que')),
                    ],
                    options={
                        'verbose_name': 'document',
                        'ordering': ['-created_at', 'pk'],
                        'indexes': [models.Index(condition=models.Q(('removed_at__isnull', True)), fields=['journey', 'kind'], name='documents_of_a_journey')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='hash_is_sha256'), models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='file_is_not_empty'), models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', True), ('removed_why', '')), models.Q(('removed_at__isnull', False), models.Q(('removed_why', ''), _negated=True)), _connector='OR'), name='a_removal_says_why'), models.UniqueConstraint(fields=('entry', 'kind', 'name'), name='a_paper_is_printed_once')],
                    },
                ),
            ],
        ),
    ]
