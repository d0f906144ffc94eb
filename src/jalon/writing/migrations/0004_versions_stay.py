"""Versions of a text stay as they were written; one that was sent, or typed for somebody, goes only with the data."""

from django.db import migrations

#: A version goes with the data of an erased journey, or when its text has more than are kept
#: (`writing/versions.py`); one that was sent, or that another hand wrote, goes only with the data.
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
        IF OLD.reason NOT IN ('sent', 'helped') AND kept > 200 THEN
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
    replaces = [
        ("writing", "0007_versions_of_texts"),
    ]
    dependencies = [
        ("writing", "0003_a_signed_request_stays"),
    ]
    operations = [migrations.RunSQL(GUARDS)]
