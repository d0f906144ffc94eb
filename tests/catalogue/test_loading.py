"""The catalogue's data: true sheets, blocs that never pass for official ones, a safe second load."""

from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from jalon.catalogue import queries
from jalon.catalogue.actions import load
from jalon.catalogue.models import Bloc, Certification, Competence, Criterion, Opening
from jalon.catalogue.versions import official_bloc_code
from jalon.law.routing import route_for
from jalon.law.vocabulary import Route

pytestmark = pytest.mark.django_db

AUTUMN = date(2026, 11, 23)

#: Code, level and end of registration, as the official sheets have them.
VERIFIED = {
    "RNCP36086": (3, date(2026, 12, 15)),
    "RNCP38622": (4, date(2027, 2, 9)),
    "RNCP38901": (4, date(2028, 4, 26)),
    "RNCP38903": (4, date(2027, 4, 26)),
    "RNCP36979": (3, date(2027, 10, 24)),
    "RNCP39883": (3, date(2029, 11, 28)),
    "RNCP39954": (3, date(2029, 12, 18)),
    "RNCP40906": (6, date(2030, 6, 25)),
    "RNCP41814": (5, date(2028, 12, 18)),
    "RNCP24895": (None, date(2020, 12, 3)),
}


def counts() -> tuple[int, ...]:
    """Return how many rows of each kind there are."""
    return tuple(model.objects.count() for model in (Certification, Bloc, Competence, Criterion))


def test_the_ten_verified_sheets_are_there_as_published() -> None:
    load()
    for code, (level, ends_on) in VERIFIED.items():
        found = Certification.objects.get(code=code)
        assert (found.level, found.ends_on) == (level, ends_on), code


def test_the_two_sheets_published_in_full_hold_all_their_competences() -> None:
    load()
    for code, blocs, competences in (("RNCP36086", 4, 9), ("RNCP38622", 2, 7)):
        assert Bloc.objects.filter(certification__code=code).count() == blocs
        assert Competence.objects.filter(bloc__certification__code=code).count() == competences


#: How many blocs the register publishes for each sheet.
PUBLISHED_BLOCS = {
    "RNCP38622": 2,
    "RNCP36086": 4,
    "RNCP38901": 3,
    "RNCP38903": 3,
    "RNCP36979": 3,
    "RNCP39883": 4,
    "RNCP39954": 2,
    "RNCP40906": 2,
    "RNCP41814": 3,
}


@pytest.mark.rule("R-132")
def test_each_sheet_has_as_many_blocs_as_the_register_publishes() -> None:
    load()
    for code, blocs in PUBLISHED_BLOCS.items():
        assert Certification.objects.get(code=code).blocs.count() == blocs, code


def test_loading_twice_changes_nothing() -> None:
    load()
    before = counts()
    load()
    assert counts() == before


def test_each_replaced_sheet_names_its_successor() -> None:
    load()
    chains = dict(
        Certification.objects.filter(successor__isnull=False).values_list("code", "successor__code")
    )
    assert chains == {"RNCP35885": "RNCP39883", "RNCP36308": "RNCP40906"}


@pytest.mark.rule("R-001", "R-002", "R-011")
def test_the_catalogue_shows_the_cases_of_the_law() -> None:
    load()
    routes = {
        code: route_for(queries.sheet(queries.certification(code)), AUTUMN)
        for code in ("RNCP38622", "RNCP41814", "RNCP24895")
    }
    assert routes["RNCP38622"].route == Route.FRANCE_VAE
    assert routes["RNCP41814"].route == Route.LAW_2002
    refusal = routes["RNCP24895"].refusal
    assert refusal and refusal.rule == "R-011"


SHEET = """
[RNCP50001]
title = "Essai"
openings = [{openings}]
"""


def listed(tmp_path: Path, openings: str) -> list[str]:
    """Load a sheet with these openings and return what is known of them then."""
    file = tmp_path / "openings.toml"
    file.write_text(SHEET.replace("{openings}", openings), encoding="utf-8")
    load(file)
    return [
        f"{opening} {opening.source}".strip()
        for opening in Opening.objects.filter(certification__code="RNCP50001")
    ]


@pytest.mark.rule("R-001")
def test_the_list_of_the_portal_is_that_of_the_file(tmp_path: Path) -> None:
    first = '{ from = 2024-01-01, to = 2024-06-30, source = "Arrêté" }'
    assert listed(tmp_path, first) == ["du 1er janvier 2024 au 30 juin 2024 Arrêté"]
    both = f"{first}, {{ from = 2025-01-13 }}"
    assert listed(tmp_path, both)[1:] == ["depuis le 13 janvier 2025"]
    assert listed(tmp_path, "{ from = 2025-01-13 }") == ["depuis le 13 janvier 2025"]


def test_an_opening_never_ends_before_it_starts(tmp_path: Path) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        listed(tmp_path, "{ from = 2025-01-13, to = 2025-01-12 }")


@pytest.mark.rule("R-132")
def test_a_bloc_code_has_the_form_of_the_register_and_belongs_to_its_sheet() -> None:
    assert official_bloc_code("RNCP24895BC01", "RNCP24895")
    assert not official_bloc_code("RNCP24895BC01", "RNCP38622")
    assert not official_bloc_code("RNCP24895BC01", "RNCP2489")
    assert not official_bloc_code("RNCP24895BC1", "RNCP24895")
    assert not official_bloc_code("RNCP24895BC01\n", "RNCP24895")


@pytest.mark.rule("R-132")
def test_a_file_with_a_foreign_bloc_loads_nothing(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(
        '[RNCP50001]\ntitle = "Essai"\n[[RNCP50001.blocs]]\ncode = "RNCP50002BC01"\n'
        'title = "Bloc"\ncompetences = []\n'
    )
    with pytest.raises(ValueError, match="R-132"):
        load(bad)
    assert not Certification.objects.filter(code="RNCP50001").exists()


@pytest.mark.rule("R-132")
@pytest.mark.parametrize(
    ("code", "demonstration"),
    [
        ("RNCP38622BC1", False),  # not the form of the register
        ("RNCP38622-D9", False),  # a demonstration code that would pass for official
        ("RNCP38622BC09", True),  # an official code on an invented bloc
        ("RNCP24895BC09", False),  # the code of another sheet
        ("RNCP24895-D9", True),
    ],
)
def test_the_database_itself_refuses_a_wrong_bloc_code(code: str, demonstration: bool) -> None:
    load()
    sheet = Certification.objects.get(code="RNCP38622")
    with pytest.raises(IntegrityError), transaction.atomic():
        Bloc.objects.create(
            certification=sheet, code=code, title="Bloc", demonstration=demonstration, position=9
        )


@pytest.mark.rule("R-132")
def test_a_bloc_cannot_move_to_another_sheet() -> None:
    load()
    bloc = Bloc.objects.get(code="RNCP24895BC01")
    with pytest.raises(IntegrityError), transaction.atomic():
        Bloc.objects.filter(pk=bloc.pk).update(
            certification=Certification.objects.get(code="RNCP35885")
        )


def test_every_invented_bloc_is_marked_as_demonstration() -> None:
    load()
    official = Bloc.objects.filter(demonstration=False)
    assert [bloc.code for bloc in official] == ["RNCP24895BC01"]
