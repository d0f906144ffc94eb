"""What the law lets the organisation say of its registration."""

from django.conf import settings

from jalon.law.rulebook import enforces


@enforces("R-129")
def activity_notice() -> str:
    """Return the one sentence under which the activity number may be shown, or nothing (L6352-12)."""
    number = settings.ACTIVITY_NUMBER
    if not number:
        return ""
    return (
        f"Enregistrée sous le numéro {number}. Cet enregistrement ne vaut pas agrément de l’État."
    )
