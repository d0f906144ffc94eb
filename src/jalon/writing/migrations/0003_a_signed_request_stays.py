"""A feasibility file that was signed and sent stays as it was, until its signature is undone or it is erased."""

from django.db import migrations

#: Each table, and which feasibility file `f` a row belongs to.
WHOSE = {
    "writing_feasibilityfile": "f.id = OLD.id",
    "writing_admissibilityrequest": "f.id = OLD.feasibility_id",
    "writing_blocclaim": "f.id = OLD.feasibility_id",
    "writing_competenceclaim": "f.id = OLD.feasibility_id",
    "writing_experience": "f.journey_id = OLD.journey_id",
}


def guard(table: str, whose: str) -> str:
    """Return the guard of a table: of the file itself, only what the candidate said stays."""
    said = "'{prerequisites,goals,trainings_followed,candidate_remark,civil_status,sworn_name,sworn_place}'"
    unchanged = (
        f"""IF TG_OP = 'UPDATE' AND (NEW.sworn_at IS NULL OR NOT EXISTS (
            SELECT 1 FROM unnest({said}::text[]) AS said(name)
            WHERE to_jsonb(NEW)->name IS DISTINCT FROM to_jsonb(OLD)->name))
        THEN RETURN NEW; END IF;"""
        if table == "writing_feasibilityfile"
        else ""
    )
    return f"""
    CREATE FUNCTION jalon_{table}_stays() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
    BEGIN
        IF TG_OP <> 'TRUNCATE' THEN
            {unchanged}
            IF NOT EXISTS (
                SELECT 1 FROM writing_feasibilityfile f WHERE {whose} AND f.sworn_at IS NOT NULL
                AND f.sent_at IS NOT NULL AND NOT jalon_is_erased(f.journey_id))
            THEN
                RETURN coalesce(NEW, OLD);
            END IF;
        END IF;
        RAISE EXCEPTION 'R-017: what was signed and sent stays as it was: % of % refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END $$;
    CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW
        EXECUTE FUNCTION jalon_{table}_stays();
    CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT
        EXECUTE FUNCTION jalon_{table}_stays();
    """


class Migration(migrations.Migration):
    replaces = [
        ("writing", "0005_a_signed_request_stays"),
    ]
    dependencies = [
        ("writing", "0002_what_was_sent_stays"),
    ]
    operations = [migrations.RunSQL([guard(table, whose) for table, whose in WHOSE.items()])]
