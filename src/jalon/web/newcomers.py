"""The link mailed to an address that has no account: it opens the page that makes one, and proves the address."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.core import signing

from jalon.now import now

#: For how long it proves it.
PROVES_FOR = timedelta(days=1)
SALT = "jalon.newcomer"


def welcome(address: str, email: str) -> str:
    """Return the address of the page that makes an account, with this e-mail address filled in and proved."""
    proof = signing.dumps([email, now().isoformat()], salt=SALT)
    asked = urlencode({"email": email, "preuve": proof})
    return f"{address}{'&' if '?' in address else '?'}{asked}"


def proved_by(proof: str) -> str:
    """Return the e-mail address that a link proves; empty for a link that is old or not of ours."""
    try:
        email, at = signing.loads(proof, salt=SALT)
    except signing.BadSignature:
        return ""
    return str(email) if now() - datetime.fromisoformat(at) < PROVES_FOR else ""
