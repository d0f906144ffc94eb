"""The tables of this room, as the first release has them."""

import datetime
import django.db.models.deletion
import jalon.law.vocabulary
import jalon.now
import jalon.tables
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('juries', '0001_initial'),
        ('juries', '0002_initial'),
        ('juries', '0003_panels_that_change'),
        ('juries', '0004_declarations_are_appended'),
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
                    name='Juror',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='juror', to=settings.AUTH_USER_MODEL)),
                        ('certifier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jurors', to='people.organisation')),
                        ('college', models.CharField(max_length=20, verbose_name='collège')),
                        ('union', models.CharField(blank=True, max_length=100, verbose_name='organisation syndicale')),
                        ('gender', models.CharField(max_length=10, verbose_name='genre')),
                        ('employer', models.CharField(blank=True, max_length=200, verbose_name='employeur')),
                        ('employer_siren', models.CharField(blank=True, max_length=9, verbose_name='SIREN de l’employeur')),
                        ('qualified_for', models.ManyToManyField(blank=True, related_name='jurors', to='catalogue.certification')),
                    ],
                    options={
                        'verbose_name': 'membre de jury',
                        'ordering': ['user__last_name', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('college', 'employees'), _negated=True), models.Q(('union', ''), _negated=True), _connector='OR'), name='employees_side_names_its_union')],
                    },
                ),
                migrations.CreateModel(
                    name='Session',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('certifier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='people.organisation')),
                        ('certification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='catalogue.certification')),
                        ('reference', models.CharField(max_length=20, unique=True, verbose_name='référence')),
                        ('held_on', models.DateField(verbose_name='date')),
                        ('mode', models.CharField(max_length=20, verbose_name='modalité')),
                        ('form', models.CharField(max_length=20, verbose_name='forme')),
                        ('place', models.CharField(blank=True, max_length=250, verbose_name='lieu')),
                        ('link', models.URLField(blank=True, verbose_name='lien de visioconférence')),
                        ('documents', models.TextField(verbose_name='documents à apporter')),
                        ('accessibility_contact', models.CharField(max_length=200, verbose_name='contact accessibilité')),
                        ('starts_at', models.TimeField(default=datetime.time(9, 0), verbose_name='début')),
                        ('ends_at', models.TimeField(default=datetime.time(18, 0), verbose_name='fin')),
                        ('imbalance_reason', models.TextField(blank=True, verbose_name='motif d’un jury d’un seul genre')),
                        ('conflict_reason', models.TextField(blank=True, verbose_name='vérification d’un employeur commun')),
                        ('quorum', models.PositiveSmallIntegerField(default=2, verbose_name='quorum')),
                        ('parity', models.BooleanField(default=False, verbose_name='parité employeurs – salariés')),
                        ('created_at', models.DateTimeField(verbose_name='créée le')),
                        ('revision', models.PositiveSmallIntegerField(default=0, verbose_name='nombre de changements')),
                        ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='annulée le')),
                        ('cancelled_reason', models.TextField(blank=True, verbose_name='motif de l’annulation')),
                    ],
                    options={
                        'verbose_name': 'session de jury',
                        'ordering': ['held_on', 'pk'],
                        'indexes': [models.Index(fields=['certifier', 'held_on'], name='sessions_of_a_certifier')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('mode', 'on_site'), models.Q(('place', ''), _negated=True)), models.Q(('mode', 'remote'), models.Q(('link', ''), _negated=True)), _connector='OR'), name='session_is_somewhere'), models.CheckConstraint(condition=models.Q(('quorum__gte', 2)), name='quorum_of_two_at_least'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='session_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('cancelled_at__isnull', True), models.Q(('cancelled_reason', ''), _negated=True), _connector='OR'), name='a_cancelled_session_says_why')],
                        'triggers': [pgtrigger.compiler.Trigger(name='sessions_are_locked', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM 1 FROM juries_hearing h WHERE h.session_id = OLD.id FOR SHARE; IF EXISTS (SELECT 1 FROM juries_hearing h WHERE h.session_id = OLD.id AND h.locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD);", hash='8e040ffa15d057cc1ce935a4399e9942ba0a4f86', operation='DELETE OR UPDATE OF "certifier_id", "certification_id", "reference", "held_on", "mode", "form", "place", "link", "documents", "quorum", "parity", "cancelled_at"', pgid='pgtrigger_sessions_are_locked_b4622', table='juries_session', when='BEFORE')), pgtrigger.compiler.Trigger(name='sessions_are_not_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM juries_hearing WHERE locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL;", hash='dd22869dc3760a7d026c644ce867d8971e99f49e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_sessions_are_not_emptied_933b9', table='juries_session', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Seat',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='panel', to='juries.session')),
                        ('juror', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='juries.juror')),
                        ('role', models.CharField(max_length=20, verbose_name='rôle')),
                        ('summoned_on', models.DateField(verbose_name='convoqué le')),
                        ('answer', models.CharField(default=jalon.law.vocabulary.SeatAnswer['AWAITED'], max_length=10, verbose_name='réponse')),
                        ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='répondu le')),
                        ('answer_reason', models.CharField(blank=True, max_length=250, verbose_name='motif')),
                        ('added_at', models.DateTimeField(default=jalon.now.now, verbose_name='dans le jury depuis le')),
                        ('left_at', models.DateTimeField(blank=True, null=True, verbose_name='remplacé le')),
                        ('left_reason', models.CharField(blank=True, max_length=250, verbose_name='motif du remplacement')),
                    ],
                    options={
                        'verbose_name': 'siège',
                        'ordering': ['-role', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('answer__in', ['awaited', 'accepted', 'declined'])), name='seat_answer_known'), models.UniqueConstraint(condition=models.Q(('left_at__isnull', True)), fields=('session', 'juror'), name='one_seat_each'), models.UniqueConstraint(condition=models.Q(('left_at__isnull', True), ('role', 'president')), fields=('session',), name='one_president_a_session')],
                        'triggers': [pgtrigger.compiler.Trigger(name='seats_are_locked', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM 1 FROM juries_hearing h WHERE h.session_id IN (NEW.session_id, OLD.session_id) FOR SHARE; IF EXISTS (SELECT 1 FROM juries_hearing h WHERE h.session_id IN (NEW.session_id, OLD.session_id) AND h.locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD);", hash='8dd4c782384fab69d4c7e3ab43903291f01f51c0', operation='DELETE OR UPDATE OF "session_id", "juror_id", "role", "summoned_on"', pgid='pgtrigger_seats_are_locked_d2ff5', table='juries_seat', when='BEFORE')), pgtrigger.compiler.Trigger(name='seats_are_not_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM juries_hearing WHERE locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL;", hash='d215107da47917668cffb6eba292f025a8efeb7f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_seats_are_not_emptied_5bb01', table='juries_seat', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Hearing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='juries.session')),
                        ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='journeys.attempt')),
                        ('starts_at', models.TimeField(verbose_name='heure')),
                        ('minutes', models.PositiveSmallIntegerField(default=60, verbose_name='durée en minutes')),
                        ('chair', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='juries.seat', verbose_name='préside pour ce candidat')),
                        ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='annulé le')),
                        ('locked_at', models.DateTimeField(blank=True, null=True, verbose_name='procès-verbal signé le')),
                        ('entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hearing', to='journeys.journalentry')),
                    ],
                    options={
                        'verbose_name': 'passage devant le jury',
                        'ordering': ['starts_at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True)), fields=('attempt',), name='one_living_hearing_an_attempt'), models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True)), fields=('session', 'starts_at'), name='one_candidate_at_a_time')],
                        'triggers': [pgtrigger.compiler.Trigger(name='minutes_are_locked', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."locked_at" IS NOT NULL)', func="RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='8942d32ebb980803228028b0e70e42c6b92de8d9', operation='UPDATE OR DELETE', pgid='pgtrigger_minutes_are_locked_7becd', table='juries_hearing', when='BEFORE')), pgtrigger.compiler.Trigger(name='minutes_are_not_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM juries_hearing WHERE locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL;", hash='a320ffcb4cef6ec7137019d46ac36dc8356abdd3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_minutes_are_not_emptied_76db5', table='juries_hearing', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Vacancy',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('hearing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vacancies', to='juries.hearing')),
                        ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vacancies', to='juries.seat')),
                    ],
                    options={
                        'verbose_name': 'siège vacant',
                        'constraints': [models.UniqueConstraint(fields=('hearing', 'seat'), name='one_vacancy_each')],
                        'triggers': [pgtrigger.compiler.Trigger(name='vacancies_are_locked', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM 1 FROM juries_hearing h WHERE h.id IN (NEW.hearing_id, OLD.hearing_id) FOR SHARE; IF EXISTS (SELECT 1 FROM juries_hearing h WHERE h.id IN (NEW.hearing_id, OLD.hearing_id) AND h.locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD);", hash='9729d90099287db0664932dc332594f9581322ba', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_vacancies_are_locked_58de1', table='juries_vacancy', when='BEFORE')), pgtrigger.compiler.Trigger(name='vacancies_are_not_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM juries_hearing WHERE locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL;", hash='83c6ccb0d161cdd333b6e2b556ff317c1076ff0c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_vacancies_are_not_emptied_1a84d', table='juries_vacancy', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Declaration',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('hearing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='declarations', to='juries.hearing')),
                        ('juror', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='juries.juror')),
                        ('related', models.BooleanField(verbose_name='lien avec le candidat')),
                        ('detail', models.TextField(blank=True, verbose_name='précisions')),
                        ('signed_at', models.DateTimeField(verbose_name='signée le')),
                    ],
                    options={
                        'verbose_name': 'déclaration d’indépendance',
                        'ordering': ['pk'],
                        'triggers': [pgtrigger.compiler.Trigger(name='declarations_are_locked', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM 1 FROM juries_hearing h WHERE h.id IN (NEW.hearing_id, OLD.hearing_id) FOR SHARE; IF EXISTS (SELECT 1 FROM juries_hearing h WHERE h.id IN (NEW.hearing_id, OLD.hearing_id) AND h.locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD);", hash='31bd70b2db95f43ca07b41d27cbc6f3457ea19c3', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_declarations_are_locked_81595', table='juries_declaration', when='BEFORE')), pgtrigger.compiler.Trigger(name='declarations_are_not_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM juries_hearing WHERE locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL;", hash='99fdea8ce685f0d53c0e39896c8bb671f74cc473', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_declarations_are_not_emptied_ab034', table='juries_declaration', when='BEFORE')), pgtrigger.compiler.Trigger(name='declarations_are_only_appended', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'R-064: what was declared stays, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='6742505c682175a49f9a0bdd423dcf82dd334c6f', operation='UPDATE OR DELETE', pgid='pgtrigger_declarations_are_only_appended_53207', table='juries_declaration', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='LiftedLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('declaration', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='lift', to='juries.declaration')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reason', models.TextField(verbose_name='motif')),
                        ('at', models.DateTimeField(verbose_name='levé le')),
                    ],
                    options={
                        'verbose_name': 'lien levé',
                        'verbose_name_plural': 'liens levés',
                        'triggers': [pgtrigger.compiler.Trigger(name='lifted_links_are_only_appended', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'R-064: what was declared stays, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='72da03afabf1ef53478cc2af62cabcea62045b52', operation='UPDATE OR DELETE', pgid='pgtrigger_lifted_links_are_only_appended_40634', table='juries_liftedlink', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Assessment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('hearing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='juries.hearing')),
                        ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='catalogue.competence')),
                        ('mastery', models.CharField(max_length=20, verbose_name='constat')),
                        ('comment', models.TextField(blank=True, verbose_name='remarque')),
                        ('criteria', models.TextField(blank=True, verbose_name='critères au jour du constat')),
                        ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='juries.juror')),
                        ('written_at', models.DateTimeField(blank=True, null=True, verbose_name='écrit le')),
                    ],
                    options={
                        'verbose_name': 'constat',
                        'constraints': [models.UniqueConstraint(fields=('hearing', 'competence'), name='one_assessment_each')],
                        'triggers': [pgtrigger.compiler.Trigger(name='assessments_are_locked', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM 1 FROM juries_hearing h WHERE h.id IN (NEW.hearing_id, OLD.hearing_id) FOR SHARE; IF EXISTS (SELECT 1 FROM juries_hearing h WHERE h.id IN (NEW.hearing_id, OLD.hearing_id) AND h.locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD);", hash='831a8601327a16aa78b5fbd04d830b762ec50e03', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_assessments_are_locked_c1743', table='juries_assessment', when='BEFORE')), pgtrigger.compiler.Trigger(name='assessments_are_not_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM juries_hearing WHERE locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL;", hash='6b1b5397e00cc010b97b48ef47ac40543a2cd5cf', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_assessments_are_not_emptied_de85b', table='juries_assessment', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='OwnAssessment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('hearing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='own_assessments', to='juries.hearing')),
                        ('juror', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='juries.juror')),
                        ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.competence')),
                        ('mastery', models.CharField(max_length=20, verbose_name='constat')),
                        ('comment', models.TextField(blank=True, verbose_name='remarque')),
                    ],
                    options={
                        'verbose_name': 'constat d’un membre',
                        'constraints': [models.UniqueConstraint(fields=('hearing', 'juror', 'competence'), name='one_own_assessment_each')],
                        'triggers': [pgtrigger.compiler.Trigger(name='own_assessments_are_locked', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM 1 FROM juries_hearing h WHERE h.id IN (NEW.hearing_id, OLD.hearing_id) FOR SHARE; IF EXISTS (SELECT 1 FROM juries_hearing h WHERE h.id IN (NEW.hearing_id, OLD.hearing_id) AND h.locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD);", hash='418d71ac14a40da3ea3888f5bd65fc7897b1797b', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_own_assessments_are_locked_218b0', table='juries_ownassessment', when='BEFORE')), pgtrigger.compiler.Trigger(name='own_assessments_are_not_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM juries_hearing WHERE locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL;", hash='2df71daa6e49a28d52237cbb84a4347ef4aad744', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_own_assessments_are_not_emptied_993c1', table='juries_ownassessment', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Vote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('hearing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='juries.hearing')),
                        ('bloc', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='catalogue.bloc')),
                        ('votes_for', models.PositiveSmallIntegerField(verbose_name='pour')),
                        ('votes_against', models.PositiveSmallIntegerField(verbose_name='contre')),
                        ('president_for', models.BooleanField(blank=True, null=True, verbose_name='le président vote pour')),
                        ('ground', models.TextField(blank=True, verbose_name='motif')),
                    ],
                    options={
                        'verbose_name': 'vote',
                        'constraints': [models.UniqueConstraint(fields=('hearing', 'bloc'), name='one_vote_each')],
                        'triggers': [pgtrigger.compiler.Trigger(name='votes_are_locked', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM 1 FROM juries_hearing h WHERE h.id IN (NEW.hearing_id, OLD.hearing_id) FOR SHARE; IF EXISTS (SELECT 1 FROM juries_hearing h WHERE h.id IN (NEW.hearing_id, OLD.hearing_id) AND h.locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD);", hash='745ed32cfc4bae6cfd0cbe22acef2a6cda3848a4', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_votes_are_locked_b2d41', table='juries_vote', when='BEFORE')), pgtrigger.compiler.Trigger(name='votes_are_not_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM juries_hearing WHERE locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL;", hash='1c89d4999768a2e8fa2da43cd0ee74e3cb9d6684', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_votes_are_not_emptied_748e1', table='juries_vote', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Addendum',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('hearing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addenda', to='juries.hearing')),
                        ('text', models.TextField(verbose_name='additif')),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='juries.juror')),
                        ('signed_at', models.DateTimeField(verbose_name='signé le')),
                    ],
                    options={
                        'verbose_name': 'additif',
                        'ordering': ['signed_at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='addenda_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';", hash='5c4d11f152d853ee93bbb774adf5c1d3b7b379d5', operation='UPDATE OR DELETE', pgid='pgtrigger_addenda_stay_f1a92', table='juries_addendum', when='BEFORE')), pgtrigger.compiler.Trigger(name='addenda_are_not_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM juries_hearing WHERE locked_at IS NOT NULL) THEN RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL;", hash='1f750e7bd1c80348485e563a6fa8d89f58143431', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_addenda_are_not_emptied_16f74', table='juries_addendum', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
