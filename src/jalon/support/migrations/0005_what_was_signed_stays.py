"""A signature stays as it was given; of a journey that is erased, its drawing and its reason go (R-122)."""

from django.db import migrations

GUARDS = """
CREATE TRIGGER support_attendancesignature_stays
    BEFORE UPDATE OR DELETE ON support_attendancesignature FOR EACH ROW
    EXECUTE FUNCTION jalon_rows_stay('{}', '{}', '{strokes,reason}', 'false');
CREATE TRIGGER support_attendancesignature_is_not_emptied
    BEFORE TRUNCATE ON support_attendancesignature FOR EACH STATEMENT
    EXECUTE FUNCTION jalon_rows_stay();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0004_signatures"),
        ("journeys", "0019_the_journal_is_a_chain"),
    ]
    operations = [migrations.RunSQL(GUARDS)]
