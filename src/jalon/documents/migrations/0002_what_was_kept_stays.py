"""A paper and an uploaded file keep their hash and their bytes' place; evidence that was sent stays."""

from django.db import migrations

GUARDS = r"""
CREATE FUNCTION jalon_document_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    free text[] := '{section_id,rectified_on,annulled_on}';
BEGIN
    IF TG_OP <> 'TRUNCATE' THEN
        IF TG_OP = 'DELETE' AND jalon_is_erased(OLD.journey_id) THEN
            RETURN OLD;
        END IF;
        IF TG_OP = 'UPDATE' THEN
            IF OLD.removed_at IS NULL THEN
                free := free || '{removed_at,removed_by_id,removed_why}'::text[];
            END IF;
            IF to_jsonb(NEW) - free = to_jsonb(OLD) - free AND NOT (
                (NEW.removed_at IS DISTINCT FROM OLD.removed_at
                    OR NEW.section_id IS NULL AND OLD.section_id IS NOT NULL)
                AND NOT jalon_is_erased(OLD.journey_id)
                AND EXISTS (
                    SELECT 1 FROM writing_validationfile v JOIN journeys_attempt a ON a.id = v.attempt_id
                    WHERE a.journey_id = OLD.journey_id AND v.sent_at IS NOT NULL
                        AND v.evidence_sent::text LIKE '%' || OLD.sha256 || '%')
            ) THEN
                RETURN NEW;
            END IF;
        END IF;
    END IF;
    RAISE EXCEPTION 'what was kept stays as it is: % of % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER documents_document_stays BEFORE UPDATE OR DELETE ON documents_document FOR EACH ROW
    EXECUTE FUNCTION jalon_document_stays();
CREATE TRIGGER documents_document_is_not_emptied BEFORE TRUNCATE ON documents_document FOR EACH STATEMENT
    EXECUTE FUNCTION jalon_document_stays();
"""


class Migration(migrations.Migration):
    replaces = [
        ("documents", "0005_what_was_kept_stays"),
    ]
    dependencies = [
        ("documents", "0001_models"),
        ("journeys", "0003_what_was_kept_stays"),
    ]
    operations = [migrations.RunSQL(GUARDS)]
