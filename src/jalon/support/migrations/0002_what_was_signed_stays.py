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
    replaces = [
        ("support", "0005_what_was_signed_stays"),
    ]
    dependencies = [
        ("support", "0001_models"),
        ("journeys", "0003_what_was_kept_stays"),
    ]
    operations = [migrations.RunSQL(GUARDS)]
