"""When two e-mail addresses are one: as the constraints of the database say it, whatever their capitals."""

from django.db.models import Q, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact


def at_address(email: str) -> Q:
    """Return the condition of rows whose `email` is an address.

    `iexact` compares by large letters, the constraints by small ones: the sign of kelvins is a k for these only.
    """
    return Q(Exact(Lower("email"), Lower(Value(email))))
