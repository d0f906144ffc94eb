"""What every page says of this installation."""

import pytest
from django.test import Client, override_settings

from jalon.web.contact import activity_notice

pytestmark = pytest.mark.django_db


def footer() -> str:
    """Return the foot of a page."""
    return Client().get("/").content.decode().rsplit("<footer", 1)[1]


@pytest.mark.rule("R-129")
def test_the_number_of_activity_is_never_shown_without_its_warning(db: None) -> None:
    assert activity_notice() == ""
    assert "numéro" not in footer()
    with override_settings(ACTIVITY_NUMBER="00 00 00000 00"):
        foot = footer()
    assert "00 00 00000 00. Cet enregistrement ne vaut pas agrément de l’État." in foot
