"""What somebody typed for a candidate stays as it was typed; a version of it never goes while the journey stands."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

#: A version that was sent, or that another hand wrote, goes only with the data of an erased journey.
GUARDS = r"""
CREATE OR REPLACE FUNCTION jalon_version_stays() RETURNS trigger LANGUAGE plpgsql
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
        IF OLD.reason NOT IN ('sent', 'helped') AND kept > 200 THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'what was kept stays as it is: % of % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION jalon_helped_text_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    journey uuid;
    free text[] := '{approved_at,declined_at}';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.approved_at IS NULL AND OLD.declined_at IS NULL
            AND to_jsonb(NEW) - free = to_jsonb(OLD) - free THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT a.journey_id INTO journey FROM writing_section s
            JOIN writing_validationfile v ON v.id = s.file_id
            JOIN journeys_attempt a ON a.id = v.attempt_id WHERE s.id = OLD.section_id;
        IF jalon_is_erased(journey) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'what was typed for somebody stays as it is: % of % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER writing_helpedtext_stays BEFORE UPDATE OR DELETE ON writing_helpedtext
    FOR EACH ROW EXECUTE FUNCTION jalon_helped_text_stays();
CREATE TRIGGER writing_helpedtext_is_not_emptied BEFORE TRUNCATE ON writing_helpedtext
    FOR EACH STATEMENT EXECUTE FUNCTION jalon_helped_text_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('writing', '0010_hours_by_half'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HelpedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('writer', models.CharField(max_length=150, verbose_name='écrit par')),
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
            },
        ),
        migrations.RemoveConstraint(
            model_name='sectionversion',
            name='version_reason_known',
        ),
        migrations.AddField(
            model_name='sectionversion',
            name='hand',
            field=models.CharField(blank=True, max_length=400, verbose_name='écrite par une autre personne'),
        ),
        migrations.AddConstraint(
            model_name='sectionversion',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['saved', 'remarked', 'sent', 'helped'])), name='version_reason_known'),
        ),
        migrations.AddField(
            model_name='helpedtext',
            name='author',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='helpedtext',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='helped', to='writing.section'),
        ),
        migrations.AddConstraint(
            model_name='helpedtext',
            constraint=models.CheckConstraint(condition=models.Q(('approved_at', None), ('declined_at', None), _connector='OR'), name='a_helped_text_is_settled_one_way'),
        ),
        migrations.AddConstraint(
            model_name='helpedtext',
            constraint=models.UniqueConstraint(condition=models.Q(('approved_at', None), ('declined_at', None)), fields=('section',), name='one_helped_text_waits_for_a_section'),
        ),
        migrations.RunSQL(GUARDS),
    ]
