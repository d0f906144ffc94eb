"""An installation that lacks something says so at once, and is closed unless told otherwise."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "JALON_MODE": "production",
    "JALON_SECRET_KEY": "a secret long enough to protect the people who trust us with a file",
    "JALON_HOSTS": "jalon.exemple.fr",
    "DATABASE_URL": "postgresql://jalon@base.exemple.fr/jalon?sslmode=require",
}
SHOW = """
import json
from jalon.config import settings
print(json.dumps({name: value for name, value in vars(settings).items() if name.isupper()}, default=str))
"""


def read(script: str = SHOW, **environment: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process of its own, with nothing of ours in its environment."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JALON_", "DATABASE_URL", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, "-c", script],
        env=kept | {"PYTHONPATH": str(ROOT / "src")} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def production() -> dict:
    """Return the settings of a well-made production."""
    done = read(**PRODUCTION)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", ["JALON_SECRET_KEY", "JALON_HOSTS", "DATABASE_URL"])
def test_production_does_not_start_without_what_it_cannot_do_without(name):
    done = read(**{key: value for key, value in PRODUCTION.items() if key != name})
    assert done.returncode
    assert f"{name} is missing" in done.stderr


def test_jalon_runs_in_production_unless_told_otherwise():
    assert "JALON_SECRET_KEY is missing" in read().stderr


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"JALON_MODE": "prod"}, "production, demo, dev or test is meant"),
        ({"JALON_SECRET_KEY": "court"}, "shorter than 50 characters"),
        ({"JALON_METRICS_TOKEN": "court"}, "JALON_METRICS_TOKEN is shorter than 32 characters"),
        ({"DATABASE_URL": "n’importe quoi"}, "not the address of a PostgreSQL"),
        ({"JALON_SMTP_PORT": "vingt-cinq"}, "a whole number is meant"),
        ({"JALON_MODE": "demo"}, "the demo mode uses its own database"),
        ({"JALON_MODE": "dev"}, "the dev mode uses its own database"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_says_which(wrong, says):
    done = read(**PRODUCTION | wrong)
    assert done.returncode
    assert says in done.stderr


def test_production_talks_over_tls_only(production):
    assert production["SECURE_SSL_REDIRECT"]
    assert production["SECURE_HSTS_SECONDS"] >= 31536000
    assert production["SESSION_COOKIE_SECURE"] and production["CSRF_COOKIE_SECURE"]
    assert production["SITE_ADDRESS"] == "https://jalon.exemple.fr"


def test_production_hands_the_database_the_options_of_its_address(production):
    database = production["DATABASES"]["default"]
    assert (database["HOST"], database["NAME"]) == ("base.exemple.fr", "jalon")
    assert database["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize(("command", "role"), [({}, "jalon"), ({"JALON_AS_OWNER": "1"}, "owner")])
def test_production_knows_the_owner_of_the_database_for_the_commands_that_migrate_only(
    command, role
):
    owner = {"JALON_OWNER_DATABASE_URL": "postgresql://owner@base.exemple.fr/jalon"}
    done = read(**PRODUCTION, **owner, **command)
    assert json.loads(done.stdout)["DATABASES"]["default"]["USER"] == role


def test_the_disk_is_told_and_only_the_pages_have_a_limit_on_what_they_ask_of_the_database():
    def options(**more: str) -> str:
        said = json.loads(read(**PRODUCTION | more).stdout)
        return said["DATABASES"]["default"]["OPTIONS"].get("options", "")

    disk = "-c random_page_cost=1.1"
    assert options() == disk
    assert options(JALON_PAGES="1") == f"{disk} -c statement_timeout=15s"
    assert options(JALON_PAGES="1", JALON_PAGE_SECONDS="0") == ""
    own = "postgresql://base.exemple.fr/jalon?options=-c%20random_page_cost%3D4"
    assert options(DATABASE_URL=own) == f"{disk} -c random_page_cost=4"  # the last one counts


def test_production_asks_staff_for_a_second_factor_and_limits_attempts(production):
    assert production["SECOND_FACTOR_FOR_STAFF"]
    assert set(production["ACCOUNT_RATE_LIMITS"]) == {"confirm_email"}  # the rest is the library's
    assert production["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1


def test_production_logs_in_json_and_has_no_measures_to_read_unless_told(production):
    (handler,) = production["LOGGING"]["handlers"].values()
    assert handler["formatter"] == "json"
    assert production["METRICS_TOKEN"] == ""


def test_production_shows_no_demonstration(production):
    assert not production["DEMO"] and not production["TEST"] and not production["DEBUG"]
    assert production["EMAIL_BACKEND"].endswith("smtp.EmailBackend")


def test_production_shows_no_debugging_whatever_is_asked_of_it():
    for name in ("DEBUG", "DJANGO_DEBUG", "JALON_DEBUG", "JALON_DEV"):
        asked = json.loads(read(**PRODUCTION | {name: "1"}).stdout)
        assert not asked["DEBUG"] and not asked["DEV"]
        assert "jalon.demo" not in asked["INSTALLED_APPS"]


#: A database that need not run: the settings only name it.
PRETEND = """
from jalon.config import embedded
embedded.start = lambda folder, **how: "postgresql:///postgres"
embedded.ensure_database = lambda address, name: f"postgresql:///{name}"
"""


@pytest.mark.parametrize(
    ("mode", "debug", "base"),
    [("demo", False, "jalon"), ("dev", True, "jalon_dev"), ("test", False, "jalon")],
)
def test_only_development_shows_what_went_wrong(mode, debug, base, tmp_path):
    done = read(PRETEND + SHOW, JALON_MODE=mode, JALON_VAR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    read_settings = json.loads(done.stdout)
    assert read_settings["DEBUG"] is debug
    assert read_settings["DATABASES"]["default"]["NAME"] == base
    assert "jalon.demo" in read_settings["INSTALLED_APPS"]


def test_no_page_may_run_a_script_or_style_of_its_own(production):
    directives = production["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert directives["script-src"] == directives["style-src"] == ["'self'"]
    assert directives["default-src"] == ["'none'"]


def test_whom_to_call_is_a_setting_and_no_file_to_change():
    done = read(
        **PRODUCTION, JALON_CONTACT_NAME="Centre d’essai", JALON_CONTACT_PHONE="01 02 03 04 05"
    )
    said = json.loads(done.stdout)
    assert (said["CONTACT_NAME"], said["CONTACT_PHONE"]) == ("Centre d’essai", "01 02 03 04 05")
    assert said["CONTACT_EMAIL"] and said["CONTACT_SITE"]


def test_an_installation_knows_whether_somebody_said_whom_to_call(production: dict) -> None:
    assert not production["CONTACT_CHOSEN"]
    said = json.loads(read(**PRODUCTION, JALON_CONTACT_NAME="Formation Loire").stdout)
    assert said["CONTACT_CHOSEN"]
