"""The journal can only grow: the database refuses everything else, even to its owner."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("journeys", "0002_initial")]
    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION jalon_journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'the journal of a journey only grows: % refused', TG_OP
                    USING ERRCODE = 'integrity_constraint_violation';
            END $$;
            CREATE TRIGGER journal_rows_stay BEFORE UPDATE OR DELETE ON journeys_journalentry
                FOR EACH ROW EXECUTE FUNCTION jalon_journal_only_grows();
            CREATE TRIGGER journal_is_not_emptied BEFORE TRUNCATE ON journeys_journalentry
                FOR EACH STATEMENT EXECUTE FUNCTION jalon_journal_only_grows();
            ALTER TABLE journeys_journalentry ENABLE ALWAYS TRIGGER journal_rows_stay;
            """,
            """
            DROP TRIGGER journal_is_not_emptied ON journeys_journalentry;
            DROP TRIGGER journal_rows_stay ON journeys_journalentry;
            DROP FUNCTION jalon_journal_only_grows();
            """,
        ),
    ]
