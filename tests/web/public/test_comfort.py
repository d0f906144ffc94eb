"""The page on which people settle how they read: what is pressed holds on every page, on that device."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from jalon.demo.scenario import DemoPeople
from jalon.web.comfort import COOKIE

pytestmark = pytest.mark.django_db

ADDRESS = reverse("public:comfort")


def frame(client: Client, address: str = "/pages/contact/") -> str:
    """Return the frame of a page, up to its body."""
    return client.get(address).content.decode().split("<body", 1)[0]


def test_what_one_presses_holds_on_every_page_and_adds_to_what_was_chosen() -> None:
    client = Client()
    assert "data-" not in frame(client)
    went_to = client.post(ADDRESS, {"text": "largest"})["Location"]
    assert went_to == f"{ADDRESS}#text"
    client.post(ADDRESS, {"spacing": "wide"})
    assert 'data-text="largest" data-spacing="wide"' in frame(client)
    page = client.get(ADDRESS).content.decode()
    pressed = re.findall(r'value="(\w+)"\s+aria-pressed="true"', page)
    assert pressed == ["largest", "wide", "device", "off"]
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"]


def test_somebody_signed_in_keeps_the_same_comfort(demo: DemoPeople) -> None:
    client = Client()
    client.post(ADDRESS, {"text": "large"})
    client.force_login(demo.head)
    assert 'data-text="large"' in frame(client, reverse("architect:today"))


@pytest.mark.parametrize(
    ("colours", "dark"),
    [
        ("device", "screen and (prefers-color-scheme: dark)"),
        ("dark", "screen"),
        ("light", ""),
    ],
)
def test_colours_are_those_of_the_device_or_those_that_were_pressed(
    colours: str, dark: str
) -> None:
    client = Client()
    client.post(ADDRESS, {"colours": colours})
    found = re.search(r'dark\.css"\s+media="([^"]+)"', frame(client))
    assert (found.group(1) if found else "") == dark
    said = "light dark" if colours == "device" else colours
    assert re.search(rf'name="color-scheme"\s+content="{said}"', frame(client))


def test_the_ruler_brings_its_script_only_to_whom_asked_for_it() -> None:
    client = Client()
    assert "ruler.js" not in client.get("/").content.decode()
    client.post(ADDRESS, {"ruler": "on"})
    assert "ruler.js" in client.get("/").content.decode()


def test_one_button_puts_everything_back_and_nothing_is_kept_any_more() -> None:
    client = Client()
    assert "Tout remettre" not in client.get(ADDRESS).content.decode()
    client.post(ADDRESS, {"text": "large"})
    assert "Tout remettre" in client.get(ADDRESS).content.decode()
    client.post(ADDRESS, {"reset": "1"})
    assert "data-" not in frame(client) and not client.cookies[COOKIE].value


@pytest.mark.parametrize("rubbish", ["text-huge", "text", "-.-..", 'text-"><script>', "x" * 4000])
def test_a_cookie_that_says_nothing_of_ours_changes_nothing(rubbish: str) -> None:
    client = Client()
    client.cookies[COOKIE] = rubbish
    assert "data-" not in frame(client)


def test_the_page_leads_back_to_the_one_that_was_read() -> None:
    client = Client()
    page = client.get(
        ADDRESS, headers={"Referer": "http://testserver/certifications/?q=soudage"}
    ).content.decode()
    assert '<a href="/certifications/?q=soudage">' in page
    went_to = client.post(ADDRESS, {"text": "large", "retour": "/certifications/?q=soudage"})
    page = client.get(went_to["Location"]).content.decode()
    assert '<a href="/certifications/?q=soudage">' in page


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://exemple.fr/",
        "//exemple.fr/",
        "http://testserver//exemple.fr/",
        "javascript:alert(1)",
        "http://testserver/confort/?retour=/",
        "http://[",
    ],
)
def test_the_page_leads_back_to_no_other_site(elsewhere: str) -> None:
    page = Client().get(ADDRESS, {"retour": elsewhere}).content.decode()
    assert "Revenir à ma page" not in page
