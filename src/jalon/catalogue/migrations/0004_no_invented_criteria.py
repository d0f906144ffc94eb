"""Three sentences stood for the criteria of every competence: no source gives them, they go."""

from typing import Any

from django.db import migrations

INVENTED = (
    "Le candidat explique ce qu’il a fait lui-même, avec un exemple précis.",
    "Le résultat est conforme à ce qui était attendu, et il le vérifie.",
    "Les règles de sécurité et de qualité sont respectées.",
)


def forget_invented(apps: Any, schema_editor: Any) -> None:
    """Remove them; what a certifier wrote stays."""
    apps.get_model("catalogue", "Criterion").objects.filter(text__in=INVENTED).delete()


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_openings_on_the_portal")]

    operations = [migrations.RunPython(forget_invented, migrations.RunPython.noop)]
