"""A sheet that another replaced, one of whose blocs is known."""

from jalon.catalogue.models import Bloc, Certification
from jalon.people.models import Certifying, Organisation


def former_bloc(certifier: Organisation) -> tuple[Bloc, Certification]:
    """Return a bloc of a replaced sheet, and the sheet that replaces it, delivered by a certifier."""
    old, new = (Certification.objects.get(code=code) for code in ("RNCP36308", "RNCP40906"))
    Certifying.objects.get_or_create(organisation=certifier, certification=new)
    bloc, _ = Bloc.objects.get_or_create(
        certification=old, code="RNCP36308BC01", defaults={"title": "Cadrer", "position": 1}
    )
    return bloc, new
