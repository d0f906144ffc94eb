"""The database learns French: extensions, an immutable unaccent, a plain French configuration."""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(
            """
            CREATE FUNCTION jalon_unaccent(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
            STRICT AS $$ SELECT public.unaccent('public.unaccent', $1) $$;
            CREATE TEXT SEARCH CONFIGURATION french_plain (COPY = french);
            ALTER TEXT SEARCH CONFIGURATION french_plain
                ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
            """,
            "DROP TEXT SEARCH CONFIGURATION french_plain; DROP FUNCTION jalon_unaccent(text);",
        ),
    ]
