"""The tables of this room, as the first release has them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import jalon.law.vocabulary
import jalon.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('writing', '0001_initial'),
        ('writing', '0002_civil_status'),
        ('writing', '0003_the_request_of_2002'),
        ('writing', '0006_remarks_on_texts'),
        ('writing', '0008_blocs_read_again'),
        ('writing', '0009_texts_as_they_are_typed'),
        ('writing', '0010_hours_by_half'),
        ('writing', '0012_aids_to_writing'),
        ('writing', '0013_names_at_their_longest'),
        ('writing', '0014_words_typed_by_an_aid'),
        ('writing', '0015_links_sent_and_voices_heard'),
    ]

    initial = True

    dependencies = [
        ('catalogue', '0002_models'),
        ('journeys', '0001_models'),
        ('people', '0001_models'),
    ]

    operations = [
        jalon.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='WritingAid',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('journey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aids', to='journeys.journey')),
                        ('name', models.CharField(max_length=150, verbose_name='prénom et nom')),
                        ('email', models.EmailField(max_length=254, verbose_name='adresse e-mail')),
                        ('why', models.CharField(max_length=300, verbose_name='pourquoi')),
                        ('until', models.DateField(verbose_name='jusqu’au')),
                        ('named_at', models.DateTimeField(verbose_name='nommée le')),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='retirée le')),
                        ('competences', models.ManyToManyField(related_name='+', to='catalogue.competence')),
                    ],
                    options={
                        'verbose_name': 'aide à l’écriture',
                        'verbose_name_plural': 'aides à l’écriture',
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(models.F('journey'), django.db.models.functions.text.Lower('email'), condition=models.Q(('withdrawn_at', None)), name='an_aid_has_one_link')],
                    },
                ),
                migrations.CreateModel(
                    name='AidTrace',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('aid', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='traces', to='writing.writingaid')),
                        ('deed', models.CharField(max_length=10, verbose_name='ce qui a été fait')),
                        ('competence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.competence')),
                        ('at', models.DateTimeField(verbose_name='le')),
                    ],
                    options={
                        'verbose_name': 'ce qu’a fait une aide à l’écriture',
                        'ordering': ['-at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('deed__in', ['sent', 'opened', 'read', 'heard', 'typed'])), name='aid_deed_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Pen',
                    fields=[
                        ('id', models.UUIDField(primary_key=True, serialize=False)),
                        ('journey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pens', to='journeys.journey')),
                        ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('aid', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='writing.writingaid')),
                        ('subject', models.CharField(max_length=60, verbose_name='page')),
                        ('field', models.CharField(max_length=60, verbose_name='champ')),
                        ('number', models.PositiveIntegerField(verbose_name='combientième envoi')),
                        ('sent', models.TextField(blank=True, verbose_name='texte envoyé')),
                        ('theirs', models.TextField(blank=True, verbose_name='texte écrit ailleurs en même temps')),
                        ('saved_at', models.DateTimeField(verbose_name='enregistré le')),
                    ],
                    options={
                        'verbose_name': 'texte envoyé par une page',
                        'indexes': [models.Index(fields=['journey', 'subject', 'field', 'saved_at'], name='writing_pen_journey_43ccc2_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('aid', None), ('author__isnull', False)), models.Q(('aid__isnull', False), ('author', None)), _connector='OR'), name='pen_is_of_one_hand')],
                    },
                ),
                migrations.CreateModel(
                    name='Draft',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('journey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='journeys.journey')),
                        ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('aid', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='writing.writingaid')),
                        ('subject', models.CharField(max_length=60, verbose_name='page')),
                        ('field', models.CharField(max_length=60, verbose_name='champ')),
                        ('text', models.TextField(verbose_name='texte')),
                    ],
                    options={
                        'verbose_name': 'texte pas encore envoyé',
                        'constraints': [models.UniqueConstraint(fields=('journey', 'author', 'subject', 'field'), name='one_draft_of_a_field'), models.UniqueConstraint(fields=('aid', 'subject', 'field'), name='one_draft_of_a_field_by_an_aid'), models.CheckConstraint(condition=models.Q(models.Q(('aid', None), ('author__isnull', False)), models.Q(('aid__isnull', False), ('author', None)), _connector='OR'), name='draft_is_of_one_hand')],
                    },
                ),
                migrations.CreateModel(
                    name='Experience',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('journey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='experiences', to='journeys.journey')),
                        ('kind', models.CharField(max_length=20, verbose_name='type d’activité')),
                        ('title', models.CharField(max_length=200, verbose_name='poste ou fonction')),
                        ('employer', models.CharField(blank=True, max_length=200, verbose_name='entreprise ou association')),
                        ('employer_siren', models.CharField(blank=True, max_length=9, verbose_name='numéro SIREN')),
                        ('town', models.CharField(blank=True, max_length=150, verbose_name='commune')),
                        ('started_on', models.DateField(verbose_name='début')),
                        ('ended_on', models.DateField(blank=True, null=True, verbose_name='fin')),
                        ('hours_per_week', models.PositiveSmallIntegerField(default=35, verbose_name='heures par semaine')),
                        ('activities', models.TextField(verbose_name='ce que vous faisiez')),
                        ('status', models.CharField(blank=True, max_length=2, verbose_name='statut')),
                        ('family', models.CharField(blank=True, max_length=1, verbose_name='famille professionnelle')),
                        ('hours_total', models.PositiveIntegerField(blank=True, null=True, verbose_name='durée totale en heures')),
                        ('working_time', models.CharField(blank=True, max_length=4, verbose_name='temps de travail')),
                        ('certification_prepared', models.CharField(blank=True, max_length=250, verbose_name='certification préparée et son niveau')),
                        ('purpose', models.CharField(blank=True, max_length=10, verbose_name='objet de l’immersion')),
                    ],
                    options={
                        'verbose_name': 'expérience',
                        'ordering': ['-started_on', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['employed', 'self_employed', 'unpaid', 'volunteer', 'union', 'elected', 'work_training', 'internship', 'pmsmp'])), name='experience_kind_known'), models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='experience_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('hours_per_week__gte', 1), ('hours_per_week__lte', 60)), name='experience_hours_plausible'), models.CheckConstraint(condition=models.Q(('employer_siren', ''), ('employer_siren__regex', '^\\d{9}$'), _connector='OR'), name='siren_has_9_digits')],
                    },
                ),
                migrations.CreateModel(
                    name='FeasibilityFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('journey', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='feasibility', to='journeys.journey')),
                        ('kind', models.CharField(default=jalon.law.vocabulary.FeasibilityKind['FULL'], max_length=10, verbose_name='type de dossier')),
                        ('admissible_until', models.DateField(blank=True, null=True, verbose_name='fin de validité de la recevabilité')),
                        ('prerequisites', models.CharField(blank=True, max_length=20, verbose_name='prérequis')),
                        ('goals', models.TextField(blank=True, verbose_name='ce que vous attendez de la VAE')),
                        ('trainings_followed', models.TextField(blank=True, verbose_name='formations suivies')),
                        ('trainings_chosen', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                        ('trainings_chosen_at', models.DateTimeField(blank=True, null=True, verbose_name='formations choisies le')),
                        ('hours_individual', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='heures individuelles')),
                        ('hours_group', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='heures collectives')),
                        ('hours_training', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='heures de formation')),
                        ('opinion', models.CharField(blank=True, max_length=20, verbose_name='avis de l’accompagnateur')),
                        ('opinion_comment', models.TextField(blank=True, verbose_name='motifs de l’avis')),
                        ('opinion_at', models.DateTimeField(blank=True, null=True, verbose_name='avis donné le')),
                        ('candidate_remark', models.TextField(blank=True, verbose_name='votre remarque')),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmé le')),
                        ('sworn_at', models.DateTimeField(blank=True, null=True, verbose_name='déclaration sur l’honneur signée le')),
                        ('sworn_name', models.CharField(blank=True, max_length=200, verbose_name='signé par')),
                        ('sworn_place', models.CharField(blank=True, max_length=100, verbose_name='signé à')),
                        ('civil_status', models.JSONField(blank=True, null=True, verbose_name='état civil à la signature')),
                        ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='envoyé le')),
                        ('completed_on', models.DateField(blank=True, null=True, verbose_name='complet le')),
                        ('missing', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, size=None)),
                        ('missing_comment', models.TextField(blank=True, verbose_name='commentaire du certificateur')),
                    ],
                    options={
                        'verbose_name': 'dossier de faisabilité',
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['full', 'adapted'])), name='feasibility_kind_known')],
                    },
                ),
                migrations.CreateModel(
                    name='AdmissibilityRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('feasibility', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='request', to='writing.feasibilityfile')),
                        ('nature', models.CharField(blank=True, max_length=10, verbose_name='nature de la demande')),
                        ('nationality', models.CharField(blank=True, max_length=10, verbose_name='nationalité')),
                        ('occupation', models.CharField(blank=True, max_length=20, verbose_name='situation actuelle')),
                        ('seeking_since', models.DateField(blank=True, null=True, verbose_name='inscrit à France Travail depuis')),
                        ('benefit', models.CharField(blank=True, max_length=12, verbose_name='indemnisation')),
                        ('disabled_worker', models.CharField(blank=True, max_length=3, verbose_name='reconnu travailleur handicapé')),
                        ('last_class', models.CharField(blank=True, max_length=2, verbose_name='dernière classe suivie')),
                        ('highest_diploma', models.CharField(blank=True, max_length=2, verbose_name='diplôme français le plus élevé')),
                        ('other_certification', models.CharField(blank=True, max_length=250, verbose_name='autre certification française')),
                        ('foreign_diploma', models.CharField(blank=True, max_length=250, verbose_name='diplôme étranger et son niveau comparable')),
                        ('studies_recognised', models.CharField(blank=True, max_length=3, verbose_name='reconnaissance d’études ou de formation à l’étranger')),
                        ('parts_obtained', models.TextField(blank=True, verbose_name='parties de cette certification déjà obtenues')),
                        ('related_certifications', models.TextField(blank=True, verbose_name='certifications du RNCP en rapport avec la demande')),
                        ('related_trainings', models.TextField(blank=True, verbose_name='formations courtes en rapport avec la demande')),
                    ],
                    options={
                        'verbose_name': 'demande de recevabilité',
                    },
                ),
                migrations.CreateModel(
                    name='BlocClaim',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('feasibility', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocs', to='writing.feasibilityfile')),
                        ('bloc', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='catalogue.bloc')),
                        ('text', models.TextField(blank=True, verbose_name='comment votre expérience couvre ce bloc')),
                        ('done', models.BooleanField(default=False, verbose_name='terminé')),
                    ],
                    options={
                        'verbose_name': 'bloc décrit',
                        'constraints': [models.UniqueConstraint(fields=('feasibility', 'bloc'), name='one_claim_per_bloc')],
                    },
                ),
                migrations.CreateModel(
                    name='CompetenceClaim',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('feasibility', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='competences', to='writing.feasibilityfile')),
                        ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='catalogue.competence')),
                        ('level', models.CharField(max_length=10, verbose_name='je sais le faire')),
                        ('example', models.TextField(blank=True, verbose_name='exemple')),
                    ],
                    options={
                        'verbose_name': 'compétence déclarée',
                        'constraints': [models.UniqueConstraint(fields=('feasibility', 'competence'), name='one_claim_per_competence'), models.CheckConstraint(condition=models.Q(('level__in', ['yes', 'partially', 'no'])), name='claim_level_known')],
                    },
                ),
                migrations.CreateModel(
                    name='ValidationFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('attempt', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='validation', to='journeys.attempt')),
                        ('presentation', models.TextField(blank=True, verbose_name='votre parcours en quelques lignes')),
                        ('originality_at', models.DateTimeField(blank=True, null=True, verbose_name='attestation d’originalité signée le')),
                        ('originality_name', models.CharField(blank=True, max_length=200, verbose_name='signée par')),
                        ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='envoyé le')),
                        ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='vérifié le')),
                        ('fingerprint', models.CharField(blank=True, max_length=64, verbose_name='empreinte du dossier envoyé')),
                        ('fingerprint_version', models.PositiveSmallIntegerField(default=1, verbose_name='version de l’empreinte')),
                        ('evidence_sent', models.JSONField(blank=True, default=list, verbose_name='preuves envoyées')),
                        ('return_items', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, size=None)),
                        ('return_comment', models.TextField(blank=True, verbose_name='commentaire du certificateur')),
                    ],
                    options={
                        'verbose_name': 'dossier de validation',
                    },
                ),
                migrations.CreateModel(
                    name='Section',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='writing.validationfile')),
                        ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='catalogue.competence')),
                        ('context', models.TextField(blank=True, verbose_name='Dans quelle situation ?')),
                        ('actions', models.TextField(blank=True, verbose_name='Qu’avez-vous fait, étape par étape ?')),
                        ('means', models.TextField(blank=True, verbose_name='Avec quels outils, machines ou documents ?')),
                        ('result', models.TextField(blank=True, verbose_name='Quel a été le résultat ?')),
                        ('learnt', models.TextField(blank=True, verbose_name='Qu’avez-vous appris ?')),
                        ('version', models.PositiveIntegerField(default=0, verbose_name='version')),
                        ('saved_at', models.DateTimeField(blank=True, null=True, verbose_name='enregistré le')),
                        ('saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'compétence décrite',
                        'ordering': ['competence__bloc__position', 'competence__position', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('file', 'competence'), name='one_section_per_competence')],
                    },
                ),
                migrations.CreateModel(
                    name='HelpedText',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='helped', to='writing.section')),
                        ('writer', models.CharField(max_length=301, verbose_name='écrit par')),
                        ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('aid', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='typed', to='writing.writingaid')),
                        ('recording', models.UUIDField(blank=True, null=True, verbose_name='enregistrement écouté')),
                        ('recorded', models.CharField(blank=True, max_length=200, verbose_name='son nom')),
                        ('base', models.JSONField(verbose_name='textes de départ')),
                        ('answers', models.JSONField(verbose_name='textes proposés')),
                        ('written_at', models.DateTimeField(verbose_name='écrit le')),
                        ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='approuvé le')),
                        ('declined_at', models.DateTimeField(blank=True, null=True, verbose_name='écarté le')),
                    ],
                    options={
                        'verbose_name': 'texte écrit par une autre personne',
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('approved_at', None), ('declined_at', None), _connector='OR'), name='a_helped_text_is_settled_one_way'), models.UniqueConstraint(condition=models.Q(('approved_at', None), ('declined_at', None)), fields=('section',), name='one_helped_text_waits_for_a_section')],
                    },
                ),
                migrations.CreateModel(
                    name='Remark',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='writing.section')),
                        ('question', models.CharField(max_length=20, verbose_name='question')),
                        ('kind', models.CharField(max_length=12, verbose_name='nature')),
                        ('words', models.TextField(verbose_name='mots visés')),
                        ('start', models.PositiveIntegerField(verbose_name='place des mots')),
                        ('before', models.TextField(blank=True, verbose_name='ce qui précède')),
                        ('after', models.TextField(blank=True, verbose_name='ce qui suit')),
                        ('gone', models.BooleanField(default=False, verbose_name='ces mots ont changé')),
                        ('body', models.TextField(blank=True, verbose_name='remarque')),
                        ('replacement', models.TextField(blank=True, verbose_name='mots proposés')),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('said_at', models.DateTimeField(verbose_name='dite le')),
                        ('state', models.CharField(default=jalon.law.vocabulary.RemarkState['OPEN'], max_length=10, verbose_name='état')),
                        ('answer', models.CharField(blank=True, max_length=300, verbose_name='réponse')),
                        ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='répondu le')),
                        ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='réglée le')),
                    ],
                    options={
                        'verbose_name': 'remarque',
                        'ordering': ['start', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['question', 'suggestion', 'praise'])), name='remark_kind_known'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'done', 'accepted'])), name='remark_state_known'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='remark_bears_on_words'), models.CheckConstraint(condition=models.Q(('question__in', ('context', 'actions', 'means', 'result', 'learnt'))), name='remark_question_known')],
                    },
                ),
                migrations.CreateModel(
                    name='SectionVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='writing.section')),
                        ('reason', models.CharField(max_length=10, verbose_name='gardée parce que')),
                        ('answers', models.JSONField(verbose_name='textes')),
                        ('words', models.PositiveIntegerField(verbose_name='nombre de mots')),
                        ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('hand', models.CharField(blank=True, max_length=600, verbose_name='écrite par une autre personne')),
                        ('written_at', models.DateTimeField(verbose_name='écrite le')),
                        ('kept_at', models.DateTimeField(verbose_name='gardée le')),
                    ],
                    options={
                        'verbose_name': 'version d’un texte',
                        'ordering': ['-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['saved', 'remarked', 'sent', 'helped'])), name='version_reason_known')],
                    },
                ),
                migrations.CreateModel(
                    name='ReadyBloc',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ready_blocs', to='writing.validationfile')),
                        ('bloc', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.bloc')),
                        ('fingerprint', models.CharField(max_length=64, verbose_name='empreinte des textes relus')),
                        ('marked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('marked_at', models.DateTimeField(verbose_name='relu le')),
                        ('fallen_at', models.DateTimeField(blank=True, null=True, verbose_name='texte changé le')),
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
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ticked', to='writing.validationfile')),
                        ('point', models.CharField(max_length=20, verbose_name='point relu')),
                        ('ticked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ticked_at', models.DateTimeField(verbose_name='coché le')),
                    ],
                    options={
                        'verbose_name': 'point relu avant l’envoi',
                        'constraints': [models.CheckConstraint(condition=models.Q(('point__in', ['true_stories', 'names', 'readable', 'aloud'])), name='point_known'), models.UniqueConstraint(fields=('file', 'point'), name='a_point_is_ticked_once')],
                    },
                ),
            ],
        ),
    ]
