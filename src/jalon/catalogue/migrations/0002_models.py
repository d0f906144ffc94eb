"""The tables of this room, as the first release has them."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import jalon.catalogue.models
import jalon.tables
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('catalogue', '0002_initial'),
        ('catalogue', '0003_openings_on_the_portal'),
        ('catalogue', '0004_no_invented_criteria'),
        ('catalogue', '0005_versions_of_sheets'),
        ('catalogue', '0006_imports_of_the_register'),
        ('catalogue', '0007_words_of_the_shop_floor'),
    ]

    initial = True

    dependencies = [
        ('catalogue', '0001_search'),
    ]

    operations = [
        jalon.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Certification',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=12, unique=True, verbose_name='code RNCP')),
                        ('title', models.CharField(max_length=250, verbose_name='intitulé')),
                        ('level', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='niveau')),
                        ('certifier_name', models.CharField(default='UIMM', max_length=200, verbose_name='certificateur')),
                        ('description', models.TextField(blank=True, verbose_name='en bref')),
                        ('keywords', models.TextField(blank=True, verbose_name='mots du métier')),
                        ('trade_words', models.TextField(blank=True, verbose_name='mots de l’atelier')),
                        ('prerequisites', models.TextField(blank=True, verbose_name='prérequis')),
                        ('jury_form', models.TextField(blank=True, verbose_name='forme de l’évaluation')),
                        ('nsf', models.CharField(blank=True, max_length=60, verbose_name='NSF')),
                        ('formacodes', models.CharField(blank=True, max_length=60, verbose_name='Formacode')),
                        ('in_rncp', models.BooleanField(default=True, verbose_name='inscrite au RNCP')),
                        ('active', models.BooleanField(default=True, verbose_name='fiche active')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='fin d’enregistrement')),
                        ('deliverable_until', models.DateField(blank=True, null=True, verbose_name='délivrable jusqu’au')),
                        ('version', models.PositiveSmallIntegerField(default=1, verbose_name='version du référentiel')),
                        ('referential', models.CharField(blank=True, max_length=64, verbose_name='empreinte du référentiel')),
                        ('imported_on', models.DateField(blank=True, null=True, verbose_name='lue au répertoire national le')),
                        ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='predecessors', to='catalogue.certification')),
                        ('words', models.GeneratedField(db_persist=True, expression=jalon.catalogue.models.FrenchVector(models.Func(models.F('title'), models.Value(' '), models.F('keywords'), models.Value(' '), models.F('description'), models.Value(' '), models.F('trade_words'), arg_joiner=' || ', output_field=models.TextField(), template='(%(expressions)s)')), output_field=django.contrib.postgres.search.SearchVectorField())),
                    ],
                    options={
                        'verbose_name': 'certification',
                        'ordering': ['title'],
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words'], name='certification_words'), models.Index(fields=['level', 'title'], name='certification_by_level')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('level__isnull', True), models.Q(('level__gte', 3), ('level__lte', 8)), _connector='OR'), name='level_of_the_national_frame')],
                    },
                ),
                migrations.CreateModel(
                    name='RegisterImport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('format', models.CharField(max_length=3, verbose_name='format')),
                        ('name', models.CharField(max_length=200, verbose_name='fichier')),
                        ('day', models.DateField(blank=True, null=True, verbose_name='jour de l’export')),
                        ('total', models.PositiveIntegerField(verbose_name='fiches du fichier')),
                        ('only', models.JSONField(default=list, verbose_name='fiches demandées')),
                        ('sheets', models.JSONField(default=list, verbose_name='fiches retenues')),
                        ('flaws', models.JSONField(default=list, verbose_name='imperfections')),
                        ('read_at', models.DateTimeField(verbose_name='lu le')),
                        ('applied_at', models.DateTimeField(blank=True, null=True, verbose_name='appliqué le')),
                    ],
                    options={
                        'verbose_name': 'import du répertoire',
                        'verbose_name_plural': 'imports du répertoire',
                        'ordering': ['-read_at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Opening',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('certification', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='openings', to='catalogue.certification')),
                        ('start', models.DateField(verbose_name='ouverte depuis le')),
                        ('end', models.DateField(blank=True, null=True, verbose_name='jusqu’au')),
                        ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                    ],
                    options={
                        'verbose_name': 'ouverture sur le portail',
                        'verbose_name_plural': 'ouvertures sur le portail',
                        'ordering': ['certification', 'start'],
                        'constraints': [models.UniqueConstraint(fields=('certification', 'start'), name='openings_are_distinct'), models.CheckConstraint(condition=models.Q(('end__isnull', True), ('end__gte', models.F('start')), _connector='OR'), name='an_opening_ends_after_it_starts')],
                    },
                ),
                migrations.CreateModel(
                    name='Bloc',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('certification', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='every_bloc', to='catalogue.certification')),
                        ('version', models.PositiveSmallIntegerField(default=1, verbose_name='version du référentiel')),
                        ('code', models.CharField(max_length=20, verbose_name='code')),
                        ('title', models.CharField(max_length=300, verbose_name='intitulé')),
                        ('demonstration', models.BooleanField(default=False, verbose_name='bloc de démonstration')),
                        ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                    ],
                    options={
                        'verbose_name': 'bloc de compétences',
                        'ordering': ['certification', 'position'],
                        'constraints': [models.UniqueConstraint(fields=('certification', 'version', 'position'), name='blocs_are_ordered'), models.UniqueConstraint(fields=('certification', 'version', 'code'), name='bloc_codes_are_distinct'), models.CheckConstraint(condition=models.Q(models.Q(('code__regex', '^RNCP\\d{3,5}-D\\d{1,2}$'), ('demonstration', True)), models.Q(('code__regex', '^RNCP\\d{3,5}BC\\d{2}$'), ('demonstration', False)), _connector='OR'), name='bloc_code_of_the_register')],
                        'triggers': [pgtrigger.compiler.Trigger(name='bloc_belongs_to_its_sheet', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF substring(NEW.code FROM '^RNCP[0-9]+') IS DISTINCT FROM (SELECT code FROM catalogue_certification WHERE id = NEW.certification_id) THEN RAISE EXCEPTION 'R-132: % is not a bloc of this sheet', NEW.code USING ERRCODE = 'check_violation'; END IF; RETURN NEW;", hash='2e7af3f4a46f992841ea24f6fffb58a38f2408fc', operation='INSERT OR UPDATE OF "code", "certification_id"', pgid='pgtrigger_bloc_belongs_to_its_sheet_b25e4', table='catalogue_bloc', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Competence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('bloc', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='competences', to='catalogue.bloc')),
                        ('title', models.CharField(max_length=400, verbose_name='compétence')),
                        ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                    ],
                    options={
                        'verbose_name': 'compétence',
                        'ordering': ['bloc', 'position'],
                        'constraints': [models.UniqueConstraint(fields=('bloc', 'position'), name='competences_are_ordered')],
                    },
                ),
                migrations.CreateModel(
                    name='Criterion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('competence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='catalogue.competence')),
                        ('text', models.CharField(max_length=400, verbose_name='critère')),
                        ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                    ],
                    options={
                        'verbose_name': 'critère',
                        'ordering': ['competence', 'position'],
                        'constraints': [models.UniqueConstraint(fields=('competence', 'position'), name='criteria_are_ordered')],
                    },
                ),
            ],
        ),
    ]
