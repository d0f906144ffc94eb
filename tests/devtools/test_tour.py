"""The tour tells its stories to the end, in a process of its own."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.rule("R-029", "R-030", "R-044", "R-045", "R-047", "R-074", "R-081")
def test_the_six_stories_end_as_the_law_says() -> None:
    environment = os.environ | {"JALON_MODE": "test", "PYTHONPATH": str(settings.ROOT / "src")}
    told = subprocess.run(
        [sys.executable, "-m", "jalon", "tour", "--json"],
        env=environment,
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert told.returncode == 0, told.stderr[-2000:]
    lines = json.loads(told.stdout)
    stages = [line["stage"] for line in lines]
    assert {
        "Validation partielle",
        "Certification obtenue",
        "Réorientation",
        "Recevabilité caduque",
    } <= set(stages)
    assert all(line["date"] and line["actor"] and line["act"] and line["rule"] for line in lines)
    assert any(line["act"].startswith("REFUS") and "R-086" in line["rule"] for line in lines)
