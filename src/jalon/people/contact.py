"""Whom people may reach: the organisation that runs this installation, as its settings name it."""

from dataclasses import dataclass

from django.conf import settings


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


def contact() -> Contact:
    """Return whom this installation says to call or to write to."""
    return Contact(
        name=settings.CONTACT_NAME,
        email=settings.CONTACT_EMAIL,
        phone=settings.CONTACT_PHONE,
        site=settings.CONTACT_SITE,
    )
