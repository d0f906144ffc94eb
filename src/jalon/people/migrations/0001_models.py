"""The tables of this room, as the first release has them."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import jalon.now
import jalon.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('people', '0001_initial'),
        ('people', '0002_the_office_says_whom_to_call'),
        ('people', '0003_territories_and_certifiers'),
        ('people', '0004_organisations_outside'),
        ('people', '0005_certifier_settings'),
        ('people', '0006_civil_status'),
        ('people', '0007_what_may_change'),
        ('people', '0008_equivalences_of_blocs'),
        ('people', '0009_roles_are_offered'),
        ('people', '0010_jury_reading_is_settled'),
        ('people', '0011_looked_for_by_any_letters'),
        ('people', '0012_colleagues_replace_each_other'),
        ('people', '0013_what_a_person_is_looked_for_by'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('catalogue', '0002_models'),
    ]

    operations = [
        jalon.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                        ('email', models.EmailField(max_length=254, unique=True, verbose_name='adresse e-mail')),
                        ('first_name', models.CharField(max_length=150, verbose_name='prénom')),
                        ('last_name', models.CharField(max_length=150, verbose_name='nom')),
                        ('phone', models.CharField(blank=True, max_length=30, verbose_name='téléphone')),
                        ('deceased_on', models.DateField(blank=True, null=True, verbose_name='décédé le')),
                        ('is_active', models.BooleanField(default=True, verbose_name='compte ouvert')),
                        ('joined_at', models.DateTimeField(default=jalon.now.now, verbose_name='créé le')),
                        ('plain_name', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.text.Lower(django.db.models.functions.text.Concat('last_name', models.Value('\n'), 'first_name')), function='jalon_unaccent', output_field=models.TextField()), output_field=models.TextField())),
                        ('plain_email', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.text.Lower('email'), function='jalon_unaccent', output_field=models.TextField()), output_field=models.TextField())),
                        ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                        ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                    ],
                    options={
                        'verbose_name': 'compte',
                        'verbose_name_plural': 'comptes',
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['plain_name', 'plain_email'], name='people_looked_for', opclasses=['gin_trgm_ops', 'gin_trgm_ops'])],
                        'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_account_per_email')],
                    },
                ),
                migrations.CreateModel(
                    name='Organisation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=20, verbose_name='nature')),
                        ('name', models.CharField(max_length=200, verbose_name='nom')),
                        ('siret', models.CharField(max_length=14, unique=True, verbose_name='SIRET')),
                        ('qualiopi_until', models.DateField(blank=True, null=True, verbose_name='certification Qualiopi valable jusqu’au')),
                        ('address', models.TextField(blank=True, verbose_name='adresse')),
                        ('phone', models.CharField(blank=True, max_length=30, verbose_name='téléphone')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse e-mail')),
                        ('works_here', models.BooleanField(default=True, help_text='Décochez si l’organisme n’a pas accès à Jalon : ce qu’il fait y sera noté par d’autres.', verbose_name='travaille dans Jalon')),
                        ('disability_contact', models.CharField(blank=True, max_length=200, verbose_name='contact handicap')),
                        ('territory', models.CharField(blank=True, max_length=200, verbose_name='territoire')),
                        ('closed_on', models.DateField(blank=True, null=True, verbose_name='fermé depuis le')),
                        ('certifications', models.ManyToManyField(related_name='certifiers', through='people.Certifying', to='catalogue.certification')),
                    ],
                    options={
                        'verbose_name': 'organisme',
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['accompanist', 'certifier'])), name='organisation_kind_known'), models.CheckConstraint(condition=models.Q(('siret__regex', '^\\d{14}$')), name='siret_has_14_digits')],
                    },
                ),
                migrations.CreateModel(
                    name='Certifying',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='certifying', to='people.organisation')),
                        ('certification', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='certifying', to='catalogue.certification')),
                        ('territory', models.CharField(blank=True, max_length=200, verbose_name='territoire')),
                    ],
                    options={
                        'verbose_name': 'certification délivrée',
                        'constraints': [models.UniqueConstraint(fields=('certification', 'organisation'), name='a_certifier_is_named_once')],
                    },
                ),
                migrations.CreateModel(
                    name='CertifierSetting',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settings', to='people.organisation')),
                        ('setting', models.CharField(max_length=20, verbose_name='réglage')),
                        ('value', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='valeur')),
                        ('start', models.DateField(verbose_name='à partir du')),
                        ('source', models.CharField(max_length=200, verbose_name='texte ou décision')),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settled', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(default=jalon.now.now, verbose_name='écrit le')),
                    ],
                    options={
                        'verbose_name': 'réglage du certificateur',
                        'verbose_name_plural': 'réglages du certificateur',
                        'ordering': ['setting', 'start', 'at', 'pk'],
                        'indexes': [models.Index(fields=['organisation', 'start', 'at'], name='settings_of_a_certifier')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('setting__in', ['quorum', 'parity', 'bloc_validity', 'jury_delay', 'fraud_answer', 'jury_reading'])), name='certifier_setting_known')],
                    },
                ),
                migrations.CreateModel(
                    name='BlocEquivalence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='equivalences', to='people.organisation')),
                        ('former', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counted_for', to='catalogue.bloc', verbose_name='ancien bloc')),
                        ('bloc', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counted_by', to='catalogue.bloc', verbose_name='nouveau bloc')),
                        ('start', models.DateField(verbose_name='à partir du')),
                        ('source', models.CharField(max_length=200, verbose_name='texte ou décision')),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(default=jalon.now.now, verbose_name='écrit le')),
                        ('ended_on', models.DateField(blank=True, null=True, verbose_name='finie le')),
                        ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'équivalence de blocs',
                        'verbose_name_plural': 'équivalences de blocs',
                        'ordering': ['-at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('organisation', 'former', 'bloc'), name='an_equivalence_is_written_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ContactDetails',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=200, verbose_name='nom')),
                        ('email', models.EmailField(max_length=254, verbose_name='adresse e-mail')),
                        ('phone', models.CharField(max_length=30, verbose_name='téléphone')),
                        ('site', models.CharField(max_length=200, verbose_name='site')),
                        ('changed_at', models.DateTimeField(default=jalon.now.now, verbose_name='changées le')),
                        ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='changées par')),
                    ],
                    options={
                        'verbose_name': 'coordonnées',
                        'verbose_name_plural': 'coordonnées',
                        'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_row_of_contact_details')],
                    },
                ),
                migrations.CreateModel(
                    name='Membership',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.organisation')),
                        ('role', models.CharField(max_length=20, verbose_name='rôle')),
                        ('since', models.DateTimeField(default=jalon.now.now, verbose_name='depuis')),
                        ('offered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('accepted_at', models.DateTimeField(blank=True, default=jalon.now.now, null=True, verbose_name='accepté le')),
                        ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='terminé le')),
                    ],
                    options={
                        'verbose_name': 'appartenance',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('user', 'organisation', 'role'), name='one_living_membership', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('role__in', ['administrator', 'juror']), ('organisation__isnull', False), _connector='OR'), name='staff_belongs_somewhere'), models.CheckConstraint(condition=models.Q(('role__in', ['candidate', 'system']), _negated=True), name='membership_is_a_staff_role')],
                    },
                ),
                migrations.CreateModel(
                    name='CoverPeriod',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('absent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covers', to=settings.AUTH_USER_MODEL)),
                        ('cover', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covering', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covers', to='people.organisation')),
                        ('starts_on', models.DateField(verbose_name='du')),
                        ('ends_on', models.DateField(verbose_name='au')),
                        ('named_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('named_at', models.DateTimeField(default=jalon.now.now, verbose_name='dit le')),
                        ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='retiré le')),
                    ],
                    options={
                        'verbose_name': 'remplacement',
                        'ordering': ['starts_on', 'pk'],
                        'indexes': [models.Index(fields=['cover', 'ends_on'], name='covers_by_a_colleague'), models.Index(fields=['absent', 'ends_on'], name='covers_of_an_absent')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='a_cover_ends_after_it_began'), models.CheckConstraint(condition=models.Q(('absent', models.F('cover')), _negated=True), name='nobody_covers_themselves')],
                    },
                ),
                migrations.CreateModel(
                    name='CandidateProfile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='candidate_profile', to=settings.AUTH_USER_MODEL)),
                        ('civility', models.CharField(blank=True, choices=[('madame', 'Madame'), ('monsieur', 'Monsieur')], max_length=10, verbose_name='civilité')),
                        ('birth_name', models.CharField(blank=True, max_length=150, verbose_name='nom de naissance')),
                        ('other_first_names', models.CharField(blank=True, max_length=200, verbose_name='autres prénoms')),
                        ('born_on', models.DateField(blank=True, null=True, verbose_name='date de naissance')),
                        ('birth_town', models.CharField(blank=True, max_length=150, verbose_name='commune de naissance')),
                        ('birth_department', models.CharField(blank=True, max_length=100, verbose_name='département de naissance')),
                        ('birth_country', models.CharField(blank=True, default='France', max_length=100, verbose_name='pays de naissance')),
                        ('nationality', models.CharField(blank=True, max_length=100, verbose_name='nationalité')),
                        ('street', models.CharField(blank=True, max_length=250, verbose_name='adresse')),
                        ('postcode', models.CharField(blank=True, max_length=10, verbose_name='code postal')),
                        ('town', models.CharField(blank=True, max_length=150, verbose_name='commune')),
                        ('country', models.CharField(blank=True, default='France', max_length=100, verbose_name='pays')),
                        ('phone', models.CharField(blank=True, max_length=30, verbose_name='téléphone')),
                        ('situation', models.CharField(blank=True, choices=[('employee', 'En emploi'), ('self_employed', 'À mon compte'), ('public_agent', 'Agent public'), ('jobseeker', 'En recherche d’emploi'), ('volunteer', 'Bénévole'), ('inactive', 'Sans activité')], max_length=30, verbose_name='situation actuelle')),
                        ('collective_agreement', models.CharField(blank=True, max_length=200, verbose_name='convention collective')),
                        ('education_level', models.CharField(blank=True, choices=[('N1', 'Niveau 1 (savoirs de base)'), ('N2', 'Niveau 2 (avant le CAP)'), ('N3', 'Niveau 3 (CAP, BEP)'), ('N4', 'Niveau 4 (bac)'), ('N5', 'Niveau 5 (BTS, DUT)'), ('N6', 'Niveau 6 (licence, BUT)'), ('N7', 'Niveau 7 (master, ingénieur)'), ('N8', 'Niveau 8 (doctorat)')], max_length=2, verbose_name='plus haut niveau d’études')),
                        ('certification_level', models.CharField(blank=True, choices=[('N1', 'Niveau 1 (savoirs de base)'), ('N2', 'Niveau 2 (avant le CAP)'), ('N3', 'Niveau 3 (CAP, BEP)'), ('N4', 'Niveau 4 (bac)'), ('N5', 'Niveau 5 (BTS, DUT)'), ('N6', 'Niveau 6 (licence, BUT)'), ('N7', 'Niveau 7 (master, ingénieur)'), ('N8', 'Niveau 8 (doctorat)')], max_length=2, verbose_name='plus haut niveau de certification')),
                        ('assistance', models.CharField(blank=True, choices=[('assisted', 'Une personne m’assiste (curatelle)'), ('represented', 'Une personne me représente (tutelle)')], help_text='Votre accord et votre signature restent personnels : personne ne signe pour vous.', max_length=20, verbose_name='mesure de protection')),
                        ('assisted_by', models.CharField(blank=True, max_length=250, verbose_name='nom et téléphone de cette personne')),
                        ('certification_title', models.CharField(blank=True, max_length=250, verbose_name='intitulé de votre plus haut diplôme')),
                    ],
                    options={
                        'verbose_name': 'état civil',
                    },
                ),
            ],
        ),
    ]
