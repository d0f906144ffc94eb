"""Versions of a text are kept, and stay as they were written."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

#: A version goes with the data of an erased journey, or when its text has more than are kept
#: (`writing/versions.py`); one that was sent goes only with the data.
GUARDS = r"""
CREATE FUNCTION jalon_version_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    journey uuid;
    kept integer;
BEGIN
    IF TG_OP = 'DELETE' THEN
        SELECT a.journey_id INTO journey FROM writing_section s
            JOIN writing_validationfile v ON v.id = s.file_id
            JOIN journeys_attempt a ON a.id = v.attempt_id WHERE s.id = OLD.section_id;
        IF jalon_is_erased(journey) THEN
            RETURN OLD;
        END IF;
        SELECT count(*) INTO kept FROM writing_sectionversion WHERE section_id = OLD.section_id;
        IF OLD.reason <> 'sent' AND kept > 200 THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'what was kept stays as it is: % of % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER writing_sectionversion_stays BEFORE UPDATE OR DELETE ON writing_sectionversion
    FOR EACH ROW EXECUTE FUNCTION jalon_version_stays();
CREATE TRIGGER writing_sectionversion_is_not_emptied BEFORE TRUNCATE ON writing_sectionversion
    FOR EACH STATEMENT EXECUTE FUNCTION jalon_version_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('writing', '0006_remarks_on_texts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='section',
            name='saved_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='SectionVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=10, verbose_name='gardée parce que')),
                ('answers', models.JSONField(verbose_name='textes')),
                ('words', models.PositiveIntegerField(verbose_name='nombre de mots')),
                ('written_at', models.DateTimeField(verbose_name='écrite le')),
                ('kept_at', models.DateTimeField(verbose_name='gardée le')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='writing.section')),
            ],
            options={
                'verbose_name': 'version d’un texte',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['saved', 'remarked', 'sent'])), name='version_reason_known')],
            },
        ),
        migrations.RunSQL(GUARDS),
    ]
