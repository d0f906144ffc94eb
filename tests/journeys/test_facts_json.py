"""Facts go into JSON and come back as they were, whatever their kind and their age."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jalon.journeys.facts_json import (
    UPGRADES,
    FactsInvalid,
    from_json,
    kind_of,
    to_json,
    upgrade,
)
from jalon.journeys.models import JournalEntry
from jalon.law import facts
from jalon.law.facts import Facts
from jalon.law.vocabulary import Act, Outcome
from jalon.now import PARIS

MEMBER = {
    "juror": "7",
    "name": "Ana Président",
    "role": "president",
    "qualified": True,
    "present": True,
    "gender": "woman",
    "college": "employees",
}
CONVENING = {
    "session": "3",
    "held_on": "2027-03-01",
    "starts_at": "09:30:00",
    "minutes": 60,
    "mode": "on_site",
    "form": "both",
    "place": "Bourges",
    "link": "",
    "documents": "Une pièce d’identité",
    "accessibility_contact": "Le référent",
    "panel": [MEMBER],
}


def kinds(parent: type[Facts] = Facts) -> Iterator[type[Facts]]:
    """Yield every kind of facts that the law knows."""
    for kind in parent.__subclasses__():
        if kind.__module__ == facts.__name__:
            yield kind
            yield from kinds(kind)


def filled(kind: type) -> st.SearchStrategy[object]:
    """Return facts of a kind with every field filled, those that have a default too."""
    return st.builds(kind, **{field.name: ... for field in fields(kind)})


@pytest.fixture(autouse=True, scope="module")
def _strategies() -> None:
    parts = (one for one in vars(facts).values() if isinstance(one, type) and is_dataclass(one))
    for part in parts:
        st.register_type_strategy(part, filled(part))
    # Hours are counted by half-hours: what is planned is never infinite, nor anything but a number.
    st.register_type_strategy(Decimal, st.decimals(0, 400, places=1))
    # A moment of the journal comes from the database: in UTC, or in Paris when it was just lived.
    st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))


@pytest.mark.parametrize("kind", sorted(kinds(), key=lambda kind: kind.__name__))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_facts_of_every_kind_come_back_as_they_were(kind: type[Facts], data: st.DataObject) -> None:
    brought = data.draw(filled(kind))
    kept = json.loads(json.dumps(to_json(brought)))
    assert not kind.unkept & kept.keys()
    assert to_json(from_json(kind, kept)) == to_json(brought)
    if not kind.unkept:
        assert from_json(kind, kept) == brought
    assert type(from_json(kind, kept)) is kind


@given(st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(PARIS)))
def test_a_moment_in_paris_comes_back_as_the_same_moment(moment: datetime) -> None:
    member = from_json(facts.Convening, CONVENING).panel[0]
    data = CONVENING | {"panel": [MEMBER | {"declared_on": moment.isoformat()}]}
    (read,) = from_json(facts.Convening, data).panel
    assert read.declared_on is not None
    assert read.declared_on.astimezone(UTC) == moment.astimezone(UTC)
    assert member.declared_on is None


def test_facts_are_words_numbers_and_iso_dates() -> None:
    called = from_json(facts.Convening, CONVENING | {"candidate_sirens": ["2", "1"]})
    data = to_json(called)
    assert data["starts_at"] == "09:30:00"
    assert data["candidate_sirens"] == ["1", "2"]
    assert data["panel"][0]["role"] == "president"


@pytest.mark.parametrize(
    ("spoilt", "field", "why"),
    [
        ({"minutes": "60"}, "minutes", "On attend `int`, et non `str`."),
        ({"mode": "ailleurs"}, "mode", "« ailleurs » n’est pas une valeur connue."),
        ({"held_on": "1er mars 2027"}, "held_on", "La date s’écrit 2027-03-01."),
        ({"starts_at": "9 h 30"}, "starts_at", "L’heure s’écrit 09:30:00."),
        ({"panel": [{**MEMBER, "gender": 1}]}, "panel[0].gender", "On attend `str`, et non `int`."),
        (
            {"panel": [MEMBER, {**MEMBER, "declared_on": "hier"}]},
            "panel[1].declared_on",
            "La date et l’heure s’écrivent 2027-03-01T09:30:00+01:00.",
        ),
        ({"panel": [{"juror": "7"}]}, "panel[0].name", "Il manque une valeur."),
        ({"panel": [{**MEMBER, "age": 40}]}, "panel[0].age", "Cette valeur n’est pas attendue."),
        ({"sesion": "3"}, "sesion", "Cette valeur n’est pas attendue."),
    ],
)
def test_spoilt_data_are_refused_with_the_name_of_the_field(
    spoilt: dict[str, object], field: str, why: str
) -> None:
    with pytest.raises(FactsInvalid) as refused:
        from_json(facts.Convening, CONVENING | spoilt)
    assert (refused.value.field, refused.value.why) == (field, why)


def test_a_missing_value_and_data_of_another_shape_are_refused() -> None:
    without = {name: value for name, value in CONVENING.items() if name != "session"}
    with pytest.raises(FactsInvalid, match=r"session : Il manque une valeur\."):
        from_json(facts.Convening, without)
    with pytest.raises(FactsInvalid, match="On attend `object`"):
        from_json(facts.Convening, ["3"])


@given(st.sampled_from(sorted(CONVENING)), st.sampled_from([None, [], {}, 3.5, "\x00"]))
def test_no_spoilt_value_is_ever_taken_for_another(field: str, value: object) -> None:
    try:
        read = from_json(facts.Convening, CONVENING | {field: value})
    except FactsInvalid as refused:
        assert refused.field.startswith(field)
    else:
        assert to_json(read)[field] == value


# ---------------------------------------------------------------- versions


@dataclass(frozen=True)
class Weighing(Facts):
    """Facts that changed twice."""

    version: ClassVar[int] = 3
    grams: int
    weigher: str


@pytest.fixture
def _two_upgrades() -> Iterator[None]:
    before = dict(UPGRADES)

    @upgrade(Weighing, from_version=1)
    def in_grams(data: dict[str, object]) -> dict[str, object]:
        return {"grams": int(str(data["kilos"])) * 1000}

    @upgrade(Weighing, from_version=2)
    def somebody(data: dict[str, object]) -> dict[str, object]:
        return {**data, "weigher": "inconnu"}

    yield
    UPGRADES.clear()
    UPGRADES.update(before)


@pytest.mark.usefixtures("_two_upgrades")
@pytest.mark.parametrize(
    ("version", "data"),
    [
        (1, {"kilos": 2}),
        (2, {"grams": 2000}),
        (3, {"grams": 2000, "weigher": "inconnu"}),
        (None, {"grams": 2000, "weigher": "inconnu"}),
    ],
)
def test_facts_of_any_age_are_read_as_those_of_today(
    version: int | None, data: dict[str, object]
) -> None:
    assert from_json(Weighing, data, version) == Weighing(2000, "inconnu")


@pytest.mark.parametrize("version", [0, 4])
def test_facts_of_an_unknown_version_are_not_guessed(version: int) -> None:
    with pytest.raises(FactsInvalid, match="n’a pas de version"):
        from_json(Weighing, {}, version)


def test_every_kind_can_read_each_of_its_former_versions() -> None:
    for kind in kinds():
        assert all((kind, one) in UPGRADES for one in range(1, kind.version)), kind


# ---------------------------------------------------------------- in the journal


def test_every_act_has_its_kind_of_facts() -> None:
    assert kind_of(Act.RECORD_DELIBERATION) is facts.Deliberation
    assert all(issubclass(kind_of(act), Facts) for act in Act)


def test_an_entry_gives_its_facts_of_the_kind_that_is_expected() -> None:
    absent = facts.Absence(Outcome.EXCUSED, date(2027, 3, 1), "Malade")
    entry = JournalEntry(act=Act.RECORD_ABSENCE, facts=to_json(absent))
    assert entry.facts_as(facts.Absence) == absent
    assert entry.facts_as(Facts) == absent
    with pytest.raises(TypeError, match="keeps Absence, not Deliberation"):
        entry.facts_as(facts.Deliberation)


def test_a_registration_of_before_the_list_of_the_portal_was_kept_is_still_read() -> None:
    before = {
        "route": "france_vae",
        "accompaniment": "alone",
        "scope": "whole",
        "blocs": [],
        "consent": True,
        "in_initial_training": False,
        "open_journeys_on_certification": 0,
    }
    assert from_json(facts.Registration, before, version=1).openings == ()
