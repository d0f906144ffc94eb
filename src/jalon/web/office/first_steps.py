"""What an administrator does, on an installation that is new, before anybody can register."""

from dataclasses import dataclass

from django.urls import reverse

from jalon.people.queries import opening


@dataclass(frozen=True)
class Step:
    """Something to do, where, and whether it is done."""

    label: str
    address: str
    done: bool


def first_steps() -> list[Step]:
    """Return what opens an office, in order; nothing once all of it is done."""
    has = opening()
    certifications = (
        reverse("office:certifying", args=[has.certifier])
        if has.certifier
        else reverse("office:organisations")
    )
    steps = [
        Step(
            "Dites qui les candidats peuvent appeler",
            reverse("office:contact_details"),
            has.contact,
        ),
        Step(
            "Ajoutez l’organisme qui accompagne",
            reverse("office:new_organisation"),
            has.accompanist,
        ),
        Step(
            "Ajoutez le certificateur",
            reverse("office:new_organisation"),
            has.certifier is not None,
        ),
        Step("Dites quelles certifications il délivre", certifications, has.certifications),
        Step(
            "Ajoutez un responsable ou un architecte : ils reçoivent un lien",
            reverse("office:add"),
            has.accompanying,
        ),
    ]
    return [] if all(one.done for one in steps) else steps
