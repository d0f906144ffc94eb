"""A validation file that was sent stays as it was sent, until it comes back or is erased (R-122)."""

from django.db import migrations

GUARDS = r"""
CREATE FUNCTION jalon_sent_file_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    journey uuid;
    was_sent boolean;
BEGIN
    IF TG_OP <> 'TRUNCATE' THEN
        IF TG_TABLE_NAME = 'writing_section' THEN
            SELECT a.journey_id, v.sent_at IS NOT NULL AND v.fingerprint <> '' INTO journey, was_sent
                FROM writing_validationfile v JOIN journeys_attempt a ON a.id = v.attempt_id
                WHERE v.id = OLD.file_id;
        ELSE
            SELECT a.journey_id INTO journey FROM journeys_attempt a WHERE a.id = OLD.attempt_id;
            was_sent := OLD.sent_at IS NOT NULL AND OLD.fingerprint <> '';
            IF TG_OP = 'UPDATE' THEN
                -- What comes back is no longer sent; what the certifier says of it may change.
                was_sent := was_sent AND NEW.sent_at IS NOT NULL
                    AND to_jsonb(NEW) - '{accepted_at,return_items,return_comment}'::text[]
                        <> to_jsonb(OLD) - '{accepted_at,return_items,return_comment}'::text[];
            END IF;
        END IF;
        IF NOT coalesce(was_sent, false) OR jalon_is_erased(journey) THEN
            RETURN coalesce(NEW, OLD);
        END IF;
    END IF;
    RAISE EXCEPTION 'R-051: what was sent stays as it was: % of % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
GUARDS += "".join(
    f"""
    CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW
        EXECUTE FUNCTION jalon_sent_file_stays();
    CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT
        EXECUTE FUNCTION jalon_sent_file_stays();
    """
    for table in ("writing_validationfile", "writing_section")
)


class Migration(migrations.Migration):
    replaces = [
        ("writing", "0004_what_was_sent_stays"),
    ]
    dependencies = [
        ("writing", "0001_models"),
        ("journeys", "0003_what_was_kept_stays"),
    ]
    operations = [migrations.RunSQL(GUARDS)]
