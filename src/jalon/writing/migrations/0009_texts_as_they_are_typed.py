"""What pages last sent of a text, and words typed in forms not sent yet, are kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('journeys', '0026_who_acted_for_whom'),
        ('writing', '0008_blocs_read_again'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=60, verbose_name='page')),
                ('field', models.CharField(max_length=60, verbose_name='champ')),
                ('text', models.TextField(verbose_name='texte')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('journey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='journeys.journey')),
            ],
            options={
                'verbose_name': 'texte pas encore envoyé',
                'constraints': [models.UniqueConstraint(fields=('journey', 'author', 'subject', 'field'), name='one_draft_of_a_field')],
            },
        ),
        migrations.CreateModel(
            name='Pen',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('subject', models.CharField(max_length=60, verbose_name='page')),
                ('field', models.CharField(max_length=60, verbose_name='champ')),
                ('number', models.PositiveIntegerField(verbose_name='combientième envoi')),
                ('sent', models.TextField(blank=True, verbose_name='texte envoyé')),
                ('theirs', models.TextField(blank=True, verbose_name='texte écrit ailleurs en même temps')),
                ('saved_at', models.DateTimeField(verbose_name='enregistré le')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('journey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pens', to='journeys.journey')),
            ],
            options={
                'verbose_name': 'texte envoyé par une page',
                'indexes': [models.Index(fields=['journey', 'subject', 'field', 'saved_at'], name='writing_pen_journey_43ccc2_idx')],
            },
        ),
    ]
