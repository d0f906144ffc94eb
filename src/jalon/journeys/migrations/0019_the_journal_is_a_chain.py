"""Each line of the journal holds the hash of the one before it; what is kept can only grow.

The guards speak to whoever changes rows by SQL, the application included. Personal data may go with
their journey once it is erased (R-122), and an erasure is only let in with its own line in `Purge`.
"""

import django.db.models.deletion
from django.db import migrations, models

#: What is refused, and what is let through: `jalon_rows_stay(free, once, erased, may_go)`. `free` columns
#: change at will, `once` are filled in a single time, `erased` are emptied with the journey's personal
#: data, and the row itself goes with them when `may_go`.
FUNCTIONS = r"""
CREATE FUNCTION jalon_is_erased(journey uuid) RETURNS boolean LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM journeys_journey j WHERE j.id = journey AND j.purged_at IS NOT NULL)
$$;

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

CREATE OR REPLACE FUNCTION jalon_journal_only_grows() RETURNS trigger LANGUAGE plpgsql
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

CREATE FUNCTION jalon_erase_looks(erased uuid) RETURNS bigint LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    WITH gone AS (DELETE FROM journeys_accesslog WHERE journey_id = erased RETURNING 1)
    SELECT count(*) FROM gone
$$;
REVOKE EXECUTE ON FUNCTION jalon_erase_facts, jalon_erase_looks FROM PUBLIC;
"""

#: The lines that are there already, all journeys at once, the first lines first.
CHAIN = r"""
ALTER TABLE journeys_journalentry DISABLE TRIGGER journal_rows_stay;
UPDATE journeys_journalentry e SET salt = replace(gen_random_uuid()::text, '-', '')
    WHERE NOT (facts_version = 0 AND facts = '{}');
UPDATE journeys_journalentry e SET facts_hash =
    encode(sha256(convert_to(e.salt || ':' || e.facts_version || ':' || e.facts::text, 'UTF8')), 'hex');
WITH RECURSIVE placed AS MATERIALIZED (
    SELECT e.id, e.journey_id, row_number() OVER (PARTITION BY e.journey_id ORDER BY e.number) AS place
    FROM journeys_journalentry e
), chained AS (
    SELECT p.id, p.journey_id, p.place, encode(sha256(convert_to(jsonb_build_array(1, '', e.journey_id,
        e.number, e.act, e.event, e.role, e.author_id, (extract(epoch FROM e.at) * 1000000)::bigint,
        e.occurred_on, e.channel, e.stage_before, e.stage_after, e.facts_hash, e.article,
        to_jsonb(e.law))::text, 'UTF8')), 'hex') AS hash
    FROM placed p JOIN journeys_journalentry e USING (id) WHERE p.place = 1
    UNION ALL
    SELECT p.id, p.journey_id, p.place, encode(sha256(convert_to(jsonb_build_array(1, c.hash, e.journey_id,
        e.number, e.act, e.event, e.role, e.author_id, (extract(epoch FROM e.at) * 1000000)::bigint,
        e.occurred_on, e.channel, e.stage_before, e.stage_after, e.facts_hash, e.article,
        to_jsonb(e.law))::text, 'UTF8')), 'hex')
    FROM chained c
    JOIN placed p ON p.journey_id = c.journey_id AND p.place = c.place + 1
    JOIN journeys_journalentry e ON e.id = p.id
)
UPDATE journeys_journalentry e SET hash = c.hash FROM chained c WHERE c.id = e.id;
-- A row changed twice has its references looked at again, and no table is altered until that is done.
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE journeys_journalentry ENABLE ALWAYS TRIGGER journal_rows_stay;
CREATE TRIGGER journal_is_chained BEFORE INSERT ON journeys_journalentry
    FOR EACH ROW EXECUTE FUNCTION jalon_journal_is_chained();
ALTER TABLE journeys_journalentry ENABLE ALWAYS TRIGGER journal_is_chained;
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

    dependencies = [
        ('journeys', '0018_whom_a_complaint_was_told'),
    ]

    operations = [
        migrations.CreateModel(
            name='JournalSeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='n°')),
                ('at', models.DateTimeField(verbose_name='posé le')),
                ('count', models.PositiveIntegerField(verbose_name='journaux qui avaient avancé')),
                ('hash', models.CharField(max_length=64, verbose_name='empreinte')),
            ],
            options={
                'verbose_name': 'sceau des journaux',
                'ordering': ['number'],
            },
        ),
        migrations.AddField(
            model_name='journalentry',
            name='facts_hash',
            field=models.CharField(db_default='', editable=False, max_length=64, verbose_name='empreinte des éléments'),
        ),
        migrations.AddField(
            model_name='journalentry',
            name='hash',
            field=models.CharField(db_default='', editable=False, max_length=64, verbose_name='empreinte'),
        ),
        migrations.AddField(
            model_name='journalentry',
            name='salt',
            field=models.CharField(db_default='', editable=False, max_length=32, verbose_name='grain'),
        ),
        migrations.CreateModel(
            name='SealedHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='ligne')),
                ('hash', models.CharField(max_length=64, verbose_name='empreinte')),
                ('journey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journeys.journey')),
                ('seal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='heads', to='journeys.journalseal')),
            ],
            options={
                'verbose_name': 'journal scellé',
                'constraints': [models.UniqueConstraint(fields=('journey', 'number'), name='a_line_is_sealed_once')],
            },
        ),
        migrations.RunSQL([FUNCTIONS, CHAIN, GUARDS]),
    ]
