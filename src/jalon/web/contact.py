"""Whom the public may reach, and what the law lets the organisation say of its registration."""

from dataclasses import dataclass

from django.conf import settings

from jalon.law.rulebook import enforces


@dataclass(frozen=True)
class Contact:
    """The organisation as its own leaflet presents it."""

    name: str
    email: str
    phone: str
    site: str

    @property
    def dialled(self) -> str:
        """Return the phone number as a telephone wants it."""
        return "+33" + self.phone.replace(" ", "")[1:]


CONTACT = Contact(
    name="AFPI Grand Ouest Normandie",
    email="vae@fibn.fr",
    phone="02 31 46 77 11",
    site="www.formation-industries-bn.fr",
)


@enforces("R-129")
def activity_notice() -> str:
    """Return the one sentence under which the activity number may be shown, or nothing (L6352-12)."""
    number = settings.ACTIVITY_NUMBER
    if not number:
        return ""
    return (
        f"Enregistrée sous le numéro {number}. Cet enregistrement ne vaut pas agrément de l’État."
    )
