"""The tables of this room, as the first release has them."""

import django.db.models.deletion
import jalon.mailbox.models
import jalon.now
import jalon.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('mailbox', '0001_initial'),
        ('mailbox', '0002_initial'),
        ('mailbox', '0003_what_was_sent'),
        ('mailbox', '0004_mails_that_wait_for_the_worker'),
        ('mailbox', '0005_enough_reminders_a_day'),
        ('mailbox', '0006_mails_that_may_have_left'),
        ('mailbox', '0007_the_feed_of_an_agenda'),
        ('mailbox', '0008_mornings_off'),
    ]

    initial = True

    dependencies = [
        ('journeys', '0001_models'),
        ('people', '0001_models'),
    ]

    operations = [
        jalon.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Notice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('message', models.CharField(max_length=40, verbose_name='message')),
                        ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='journeys.journalentry')),
                        ('about', models.CharField(blank=True, max_length=40, verbose_name='à propos de')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL)),
                        ('title', models.CharField(max_length=250, verbose_name='ce qui est dit')),
                        ('path', models.CharField(max_length=250, verbose_name='page à ouvrir')),
                        ('created_at', models.DateTimeField(verbose_name='créé le')),
                        ('due_at', models.DateTimeField(verbose_name='à dire le')),
                        ('state', models.CharField(default=jalon.mailbox.models.NoticeState['WAITING'], max_length=10, verbose_name='courriel')),
                        ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='courriel envoyé le')),
                        ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='lu le')),
                        ('subject', models.CharField(blank=True, max_length=250, verbose_name='objet du courriel envoyé')),
                        ('text', models.TextField(blank=True, verbose_name='texte du courriel envoyé')),
                    ],
                    options={
                        'verbose_name': 'avis',
                        'ordering': ['-due_at', '-pk'],
                        'indexes': [models.Index(fields=['person', '-due_at'], name='notices_of_a_person'), models.Index(condition=models.Q(('state', 'waiting')), fields=['due_at'], name='notices_waiting')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sent', 'unwanted', 'dropped', 'enough', 'held'])), name='notice_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('about', ''), ('entry__isnull', False)), models.Q(('entry__isnull', True), models.Q(('about', ''), _negated=True)), _connector='OR'), name='a_notice_is_about_one_thing'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(('sent_at__isnull', True), models.Q(('state', 'sent'), _negated=True)), _connector='OR'), name='a_sent_notice_says_when'), models.UniqueConstraint(fields=('entry', 'message', 'person'), name='a_person_is_told_once'), models.UniqueConstraint(condition=models.Q(('entry__isnull', True)), fields=('message', 'about', 'person'), name='a_person_is_told_once_of_anything_else')],
                    },
                ),
                migrations.CreateModel(
                    name='SwitchedOff',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='switched_off', to=settings.AUTH_USER_MODEL)),
                        ('category', models.CharField(max_length=20, verbose_name='catégorie')),
                        ('since', models.DateTimeField(default=jalon.now.now, verbose_name='depuis')),
                    ],
                    options={
                        'verbose_name': 'catégorie de courriels non reçue',
                        'constraints': [models.UniqueConstraint(fields=('person', 'category'), name='one_choice_a_category'), models.CheckConstraint(condition=models.Q(('category__in', ['progress', 'reminders'])), name='decisions_are_always_sent')],
                    },
                ),
                migrations.CreateModel(
                    name='MorningOff',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='morning_off', to=settings.AUTH_USER_MODEL)),
                        ('since', models.DateTimeField(default=jalon.now.now, verbose_name='depuis')),
                    ],
                    options={
                        'verbose_name': 'courriel du matin non reçu',
                        'verbose_name_plural': 'courriels du matin non reçus',
                    },
                ),
                migrations.CreateModel(
                    name='AccountMail',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('to', models.EmailField(max_length=254, verbose_name='à')),
                        ('subject', models.CharField(max_length=250, verbose_name='objet')),
                        ('text', models.TextField(verbose_name='texte')),
                        ('written_at', models.DateTimeField(verbose_name='écrit le')),
                        ('useful_until', models.DateTimeField(verbose_name='utile jusqu’au')),
                    ],
                    options={
                        'verbose_name': 'courriel de connexion à envoyer',
                    },
                ),
                migrations.CreateModel(
                    name='RecordedMail',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('to', models.CharField(max_length=250, verbose_name='à')),
                        ('subject', models.CharField(max_length=250, verbose_name='objet')),
                        ('body', models.TextField(verbose_name='texte')),
                        ('at', models.DateTimeField(verbose_name='le')),
                    ],
                    options={
                        'verbose_name': 'courriel de démonstration',
                        'ordering': ['-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='CalendarFeed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to=settings.AUTH_USER_MODEL)),
                        ('secret', models.CharField(max_length=64, unique=True, verbose_name='empreinte de l’adresse')),
                        ('made_at', models.DateTimeField(verbose_name='créée le')),
                        ('changed_at', models.DateTimeField(verbose_name='contenu changé le')),
                        ('content', models.CharField(blank=True, max_length=64, verbose_name='empreinte du contenu')),
                        ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='lue le')),
                        ('of_work', models.BooleanField(default=False, verbose_name='avec l’agenda d’accompagnateur')),
                    ],
                    options={
                        'verbose_name': 'agenda partagé par adresse secrète',
                        'verbose_name_plural': 'agendas partagés par adresse secrète',
                    },
                ),
            ],
        ),
    ]
