"""The tour plays its stories to the end, in a process of its own, and tells them to people and machines."""

import json
import os
import subprocess
import sys
from datetime import date
from typing import Any

import pytest
from django.conf import settings

from jalon.demo.stories import TOLD
from jalon.law.clocks import add_months
from jalon.law.vocabulary import Act, ClockKind, Role, Stage
from tests.trials.measure import WHOLE

KEYS = {
    "story",
    "date",
    "actor",
    "act",
    "act_label",
    "stage",
    "stage_label",
    "rule",
    "article",
    "clock",
    "refused",
    "reason",
}


pytestmark = pytest.mark.long

#: Where each story ends.
ENDS = {
    "partial_then_whole": Stage.CERTIFIED,
    "silence": Stage.ADMISSIBLE,
    "law_2002": Stage.CERTIFIED,
    "inadmissible": Stage.INADMISSIBLE,
    "failure": Stage.REORIENTED,
    "lapse_avoided": Stage.ADMISSIBLE,
    "lapse_confirmed": Stage.LAPSED,
    "from_accompanied_to_alone": Stage.ADMISSIBLE,
    "stop_and_resume": Stage.VALIDATION_ACCEPTED,
    "outside": Stage.CERTIFIED,
}
#: The stories that the suite tells; `test_drivers.py` plays them all, without a server.
SAMPLE = ("partial_then_whole", "silence")


@pytest.fixture(scope="module")
def lines() -> list[dict[str, Any]]:
    """Return what the tour tells to machines."""
    environment = os.environ | {"JALON_MODE": "test", "PYTHONPATH": str(settings.ROOT / "src")}
    told = subprocess.run(
        [sys.executable, "-m", "jalon", "tour", "--json", *(() if WHOLE else SAMPLE)],
        env=environment,
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert told.returncode == 0, told.stderr[-2000:]
    found: list[dict[str, Any]] = json.loads(told.stdout)
    return found


@pytest.mark.rule("R-029", "R-030", "R-044", "R-045", "R-047", "R-074", "R-081")
def test_each_story_ends_as_the_law_says(lines: list[dict[str, Any]]) -> None:
    ends = {line["story"]: line["stage"] for line in lines}
    assert ends == {name: ENDS[name] for name in (ENDS if WHOLE else SAMPLE)}
    assert list(ENDS) == [story.name for story in TOLD]
    assert Act.ADMIT_TACITLY in {line["act"] for line in lines if line["story"] == "silence"}


def test_machines_read_ids_and_iso_dates(lines: list[dict[str, Any]]) -> None:
    for line in lines:
        assert set(line) == KEYS
        date.fromisoformat(line["date"])
        assert Act(line["act"]) and line["act_label"] and line["article"] is not None
        assert Role(line["actor"]["role"]) and line["actor"]["name"]
        assert line["stage"] is None or Stage(line["stage"]).label == line["stage_label"]
        assert line["rule"] is None or line["rule"].startswith("R-")
        if line["clock"]:
            assert ClockKind(line["clock"]["kind"]).statutory and line["rule"]
            assert line["clock"]["limit_on"] > line["date"]


def test_a_refusal_carries_its_rule_and_its_reason(lines: list[dict[str, Any]]) -> None:
    refused = [line for line in lines if line["refused"]]
    assert {line["rule"] for line in refused} >= {"R-010", "R-033", "R-064", "R-077", "R-086"}
    assert all(line["reason"] and not line["clock"] for line in refused)
    assert all(line["reason"] is None for line in lines if not line["refused"])


def test_the_two_months_of_the_certifier_run_from_the_complete_file(
    lines: list[dict[str, Any]],
) -> None:
    sent = [line for line in lines if line["act"] == Act.SEND_FEASIBILITY and not line["refused"]]
    for line in sent:
        assert (line["clock"]["kind"], line["rule"]) == (ClockKind.DECISION, "R-028")
        limit = add_months(date.fromisoformat(line["date"]), 2)
        assert line["clock"]["limit_on"] == limit.isoformat()
    assert sent
