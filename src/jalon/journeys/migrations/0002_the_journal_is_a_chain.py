"""Each line of the journal holds the hash of the one before it, and stays, whoever asks.

Personal data may go with their journey once it is erased (R-122): what a line brought goes with its salt.
"""

from django.db import migrations

CHAIN = r"""
CREATE FUNCTION jalon_is_erased(journey uuid) RETURNS boolean LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM journeys_journey j WHERE j.id = journey AND j.purged_at IS NOT NULL)
$$;

CREATE FUNCTION jalon_journal_only_grows() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    -- Personal data erased for good (R-122): what a line brought goes with its salt, the line stays.
    IF TG_OP = 'UPDATE' THEN
        IF NEW.facts = '{}'::jsonb AND NEW.facts_version = 0 AND NEW.salt = ''
            AND to_jsonb(NEW) - '{facts,facts_version,salt}'::text[]
                = to_jsonb(OLD) - '{facts,facts_version,salt}'::text[]
            AND jalon_is_erased(NEW.journey_id)
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the journal of a journey only grows: % refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION jalon_journal_is_chained() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    before text := '';
    last integer := 0;
BEGIN
    -- act() holds this lock already; whoever else appends a line waits for it.
    PERFORM 1 FROM journeys_journey j WHERE j.id = NEW.journey_id FOR NO KEY UPDATE;
    SELECT e.number, e.hash INTO last, before FROM journeys_journalentry e
        WHERE e.journey_id = NEW.journey_id ORDER BY e.number DESC LIMIT 1;
    IF NEW.number <= last THEN
        RAISE EXCEPTION 'the journal of a journey only grows: line % after line %', NEW.number, last
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    NEW.salt := replace(gen_random_uuid()::text, '-', '');
    NEW.facts_hash := encode(sha256(convert_to(
        NEW.salt || ':' || NEW.facts_version || ':' || NEW.facts::text, 'UTF8')), 'hex');
    NEW.hash := encode(sha256(convert_to(jsonb_build_array(1, coalesce(before, ''), NEW.journey_id,
        NEW.number, NEW.act, NEW.event, NEW.role, NEW.author_id,
        (extract(epoch FROM NEW.at) * 1000000)::bigint, NEW.occurred_on, NEW.channel, NEW.stage_before,
        NEW.stage_after, NEW.facts_hash, NEW.article, to_jsonb(NEW.law))::text, 'UTF8')), 'hex');
    RETURN NEW;
END $$;

CREATE FUNCTION jalon_erase_facts(erased uuid, kept text[]) RETURNS bigint LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    WITH gone AS (
        UPDATE journeys_journalentry SET facts = '{}', facts_version = 0, salt = ''
        WHERE journey_id = erased AND facts <> '{}' AND act <> ALL (kept) RETURNING 1)
    SELECT count(*) FROM gone
$$;
REVOKE EXECUTE ON FUNCTION jalon_erase_facts FROM PUBLIC;

CREATE TRIGGER journal_rows_stay BEFORE UPDATE OR DELETE ON journeys_journalentry
    FOR EACH ROW EXECUTE FUNCTION jalon_journal_only_grows();
CREATE TRIGGER journal_is_not_emptied BEFORE TRUNCATE ON journeys_journalentry
    FOR EACH STATEMENT EXECUTE FUNCTION jalon_journal_only_grows();
CREATE TRIGGER journal_is_chained BEFORE INSERT ON journeys_journalentry
    FOR EACH ROW EXECUTE FUNCTION jalon_journal_is_chained();
"""


class Migration(migrations.Migration):
    replaces = [
        ("journeys", "0003_journal_is_append_only"),
        ("journeys", "0019_the_journal_is_a_chain"),
    ]
    dependencies = [
        ("journeys", "0001_models"),
    ]
    operations = [migrations.RunSQL(CHAIN)]
