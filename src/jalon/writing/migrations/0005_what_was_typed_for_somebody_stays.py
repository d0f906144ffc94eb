"""What somebody typed for a candidate stays as it was typed, and is approved or declined once."""

from django.db import migrations

GUARDS = r"""
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
    replaces = [
        ("writing", "0011_texts_typed_by_another"),
    ]
    dependencies = [
        ("writing", "0004_versions_stay"),
    ]
    operations = [migrations.RunSQL(GUARDS)]
