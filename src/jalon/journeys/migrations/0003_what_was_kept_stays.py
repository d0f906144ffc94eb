"""What is kept beside the journal stays as it was written, and an erasure is told (R-122).

The guards speak to whoever changes rows by SQL, the application included. Personal data may go with
their journey once it is erased, and an erasure is only let in with its own line in `Purge`.
"""

from django.db import migrations

#: What is refused, and what is let through: `jalon_rows_stay(free, once, erased, may_go)`. `free` columns
#: change at will, `once` are filled in a single time, `erased` are emptied with the journey's personal
#: data, and the row itself goes with them when `may_go`.
FUNCTIONS = r"""
CREATE FUNCTION jalon_rows_stay() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    before jsonb;
    after jsonb;
    journey uuid;
    name text;
BEGIN
    IF TG_OP <> 'TRUNCATE' THEN
        before := to_jsonb(OLD);
        journey := CASE TG_TABLE_NAME
            WHEN 'journeys_gap' THEN (
                SELECT d.journey_id FROM journeys_admissibilitydecision d
                WHERE d.id = (before->>'decision_id')::bigint)
            ELSE (before->>'journey_id')::uuid END;
    END IF;
    IF TG_OP = 'DELETE' AND TG_ARGV[3]::boolean AND jalon_is_erased(journey) THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        after := to_jsonb(NEW) - TG_ARGV[0]::text[];
        before := before - TG_ARGV[0]::text[];
        FOREACH name IN ARRAY TG_ARGV[1]::text[] LOOP
            IF before->>name IS NULL THEN
                before := before - name;
                after := after - name;
            END IF;
        END LOOP;
        FOREACH name IN ARRAY TG_ARGV[2]::text[] LOOP
            IF after->>name = '' AND before->>name <> '' AND jalon_is_erased(journey) THEN
                before := before - name;
                after := after - name;
            END IF;
        END LOOP;
        IF before = after THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'what was kept stays as it is: % of % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION jalon_erasure_is_told() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM journeys_purge p WHERE p.journey_id = NEW.id) THEN
        RAISE EXCEPTION 'R-122: an erasure leaves its line' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION jalon_erase_looks(erased uuid) RETURNS bigint LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    WITH gone AS (DELETE FROM journeys_accesslog WHERE journey_id = erased RETURNING 1)
    SELECT count(*) FROM gone
$$;
REVOKE EXECUTE ON FUNCTION jalon_erase_looks FROM PUBLIC;
"""

#: Table, then what `jalon_rows_stay` takes.
KEPT = {
    "journeys_accesslog": ("{}", "{}", "{}", "true"),
    "journeys_listread": ("{}", "{}", "{}", "false"),
    "journeys_purge": ("{}", "{}", "{}", "false"),
    "journeys_journalseal": ("{}", "{}", "{}", "false"),
    "journeys_sealedhead": ("{}", "{}", "{}", "false"),
    "journeys_blocaward": ("{}", "{withdrawn_on}", "{}", "false"),
    "journeys_admissibilitydecision": (
        "{extended_until,gip_notice_on}",
        "{revoked_at}",
        "{reason,recommendations,analysis}",
        "false",
    ),
    "journeys_gap": ("{}", "{}", "{}", "true"),
}
GUARDS = "".join(
    f"""
    CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW
        EXECUTE FUNCTION jalon_rows_stay('{free}', '{once}', '{erased}', '{may_go}');
    CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT
        EXECUTE FUNCTION jalon_rows_stay();
    """
    for table, (free, once, erased, may_go) in KEPT.items()
) + """
    CREATE CONSTRAINT TRIGGER erasure_is_told AFTER UPDATE OF purged_at ON journeys_journey
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
        WHEN (OLD.purged_at IS NULL AND NEW.purged_at IS NOT NULL) EXECUTE FUNCTION jalon_erasure_is_told();
"""


class Migration(migrations.Migration):
    replaces = [
        ("journeys", "0016_how_long_data_are_kept"),
    ]
    dependencies = [
        ("journeys", "0002_the_journal_is_a_chain"),
    ]
    operations = [migrations.RunSQL([FUNCTIONS, GUARDS])]
