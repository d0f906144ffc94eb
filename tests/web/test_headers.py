"""What a browser is told to refuse, graded: one point for each thing that a page cannot do."""

from collections.abc import Mapping

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from jalon.demo.scenario import DemoPeople
from tests.web.browsers import with_password

pytestmark = pytest.mark.django_db

#: What is checked, in the words of who grades; what an answer must say for it.
GRADES = {
    "nothing that is not named": ("Content-Security-Policy", "default-src 'none'"),
    "no script that is not ours": ("Content-Security-Policy", "script-src 'self'"),
    "no frame around a page": ("Content-Security-Policy", "frame-ancestors 'none'"),
    "no other base of links": ("Content-Security-Policy", "base-uri 'none'"),
    "forms go nowhere else": ("Content-Security-Policy", "form-action 'self'"),
    "a type is what it says": ("X-Content-Type-Options", "nosniff"),
    "no address told elsewhere": ("Referrer-Policy", "same-origin"),
    "no window shared": ("Cross-Origin-Opener-Policy", "same-origin"),
    "old browsers frame nothing": ("X-Frame-Options", "DENY"),
    "always by TLS": ("Strict-Transport-Security", "max-age=31536000"),
    "subdomains by TLS": ("Strict-Transport-Security", "includeSubDomains"),
}
UNSAFE = ("unsafe-inline", "unsafe-eval", "data:", "http:", "*")


def missing(headers: Mapping[str, str]) -> list[str]:
    """Return what an answer lets a browser do that it should not."""
    lacks = [what for what, (name, said) in GRADES.items() if said not in headers.get(name, "")]
    policy = headers.get("Content-Security-Policy", "")
    scripts = [part for part in policy.split(";") if part.strip().startswith(("default", "script"))]
    return lacks + [f"{word} for scripts" for word in UNSAFE for part in scripts if word in part]


@override_settings(SECURE_HSTS_SECONDS=31536000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True)
@pytest.mark.parametrize("page", ["public:home", "account_login", "architect:caseload", "health"])
def test_each_kind_of_page_tells_a_browser_to_refuse_everything_it_can(
    demo: DemoPeople, page: str
) -> None:
    client = Client()
    if page == "architect:caseload":
        client.force_login(demo.head)
    answer = client.get(reverse(page), secure=True)
    assert answer.status_code == 200
    assert missing(answer.headers) == []


def test_cookies_are_kept_from_scripts_and_from_other_sites(demo: DemoPeople) -> None:
    client = with_password(demo.head)
    client.get(reverse("account_change_password"))
    cookies = [one for one in client.cookies.values() if one.value]
    assert {one.key for one in cookies} >= {"sessionid", "csrftoken"}
    assert all(one["httponly"] and one["samesite"] == "Lax" for one in cookies)
