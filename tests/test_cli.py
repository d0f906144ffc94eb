"""The command line: a word it knows runs, another one shows what there is."""

import json
import os
import shutil
import socket
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

from jalon import cli
from jalon.catalogue.models import Certification
from jalon.devtools import rules
from jalon.law.rulebook import rules as all_rules
from jalon.law.vocabulary import Role
from jalon.people.models import Membership
from tests.catalogue import exports

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(("words", "status"), [([], 0), (["--help"], 0), (["danse"], 2)])
def test_without_a_word_it_knows_it_lists_its_words(words, status, capsys):
    assert cli.main(words) == status
    shown = capsys.readouterr().out
    assert all(f"  {word}" in shown for word in cli.WORDS)


@pytest.mark.parametrize("word", ["demo", "serve", "restore"])
def test_a_word_asked_for_help_says_what_it_does_and_begins_nothing(word, capsys, monkeypatch):
    monkeypatch.setitem(cli.WORDS, word, (pytest.fail, "ce que fait le mot [--port N]"))
    assert cli.main([word, "--help"]) == 0
    assert capsys.readouterr().out == f"./jalon {word} : ce que fait le mot [--port N]\n"


def test_each_rule_is_listed_with_where_it_is_enforced_and_what_proves_it(capsys):
    assert rules.main(["--json"]) == 0
    listed = {line["id"]: line for line in json.loads(capsys.readouterr().out)}
    assert list(listed) == list(all_rules())
    for line in listed.values():
        for test in line["tests"]:
            path, name = test.split("::")
            assert f"def {name}(" in (ROOT / "tests" / path).read_text(encoding="utf-8")


def test_a_rule_enforced_nowhere_is_shown_as_such(capsys, monkeypatch):
    monkeypatch.setattr(rules, "enforcers", dict)
    rules.main([])
    shown = capsys.readouterr().out
    assert shown.count("NULLE PART") == len(all_rules())
    assert shown.strip().endswith("0 appliquées, 0 appliquées et prouvées par un test")


def test_at_least_seventy_five_rules_are_enforced_and_proven():
    proven = [line for line in rules.table() if line["enforced_by"] and line["tests"]]
    assert len(proven) >= 75


def test_the_marks_of_a_test_are_read_from_its_source(tmp_path, monkeypatch):
    (tmp_path / "test_one.py").write_text(
        "import pytest\n\n@pytest.mark.rule('R-001', 'R-002')\ndef test_it(): ...\n"
    )
    monkeypatch.setattr(rules, "TESTS", tmp_path)
    assert rules.marked_tests() == {
        "R-001": {"test_one.py::test_it"},
        "R-002": {"test_one.py::test_it"},
    }


WHOLE = exports.zipped(exports.xml(exports.register(40, ours=12)))


@pytest.mark.django_db
@pytest.mark.rule("R-131")
def test_the_catalogue_is_taken_from_the_registers_export_once_it_was_tried(tmp_path, capsys):
    file = tmp_path / "export-fiches-rncp-v4-1-2027-03-01.zip"
    file.write_bytes(WHOLE)
    assert cli.main(["catalogue", "import", str(file), "--dry-run"]) == 0
    tried = capsys.readouterr().out
    assert "40 fiches lues, 10 retenues" in tried and "Rien n’est changé" in tried
    assert not Certification.objects.filter(code="RNCP40001").exists()
    assert cli.main(["catalogue", "import", str(file), "--only", "RNCP40001,RNCP40002"]) == 0
    done = capsys.readouterr().out
    assert "RNCP40001 Certification 1 (nouvelle fiche)" in done and "C’est fait." in done
    assert Certification.objects.filter(code__startswith="RNCP400").count() == 2


@pytest.mark.django_db
@pytest.mark.rule("R-131")
def test_an_export_that_is_cut_is_refused_in_the_terminal(tmp_path, capsys):
    file = tmp_path / "export.zip"
    file.write_bytes(WHOLE[:-500])
    assert cli.main(["catalogue", "import", str(file)]) == 1
    assert "Rien n’a changé" in capsys.readouterr().err
    assert cli.main(["catalogue", "import", str(tmp_path / "absent.zip")]) == 1


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["import"],
        ["import", "a", "b"],
        ["import", "a", "--only"],
        ["import", "a", "--only", "R", "--uimm"],
    ],
)
def test_a_wrong_word_of_the_catalogue_says_how_it_is_used(words, capsys):
    assert cli.main(["catalogue", *words]) == 2
    assert "./jalon catalogue import FICHIER" in capsys.readouterr().err


def test_the_launcher_keeps_what_was_compiled_where_nothing_is_written_beside_sources(tmp_path):
    shutil.copy(ROOT / "jalon", tmp_path)
    python = tmp_path / "var" / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(
        '#!/bin/sh\necho "$PYTHONPYCACHEPREFIX ${PYTHONDONTWRITEBYTECODE:-unset} $*"\n'
    )
    python.chmod(0o755)
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / lock).write_text("")
    stamp = subprocess.run(
        ["cksum", tmp_path / "requirements.lock"], check=True, capture_output=True, text=True
    )
    (python.parents[1] / ".locked").write_text(" ".join(stamp.stdout.split()[:2]))
    asked = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    told = subprocess.run(
        [tmp_path / "jalon", "test"], check=True, env=asked, capture_output=True, text=True
    )
    assert told.stdout == f"{tmp_path}/var/compiled unset -m jalon test\n"


def test_the_launcher_prepares_itself_for_a_user_who_has_no_folder(tmp_path):
    shutil.copy(ROOT / "jalon", tmp_path)
    (tmp_path / "requirements.lock").write_text("")
    uv = tmp_path / "bin" / "uv"
    uv.parent.mkdir()
    uv.write_text(
        """#!/bin/sh
mkdir -p var/venv/bin
printf '#!/bin/sh\necho begun' >var/venv/bin/python
chmod +x var/venv/bin/python
echo "$XDG_CACHE_HOME" >fetched
"""
    )
    uv.chmod(0o755)
    asked = {"PATH": f"{uv.parent}:{os.environ['PATH']}", "HOME": "/nonexistent"}
    told = subprocess.run(
        [tmp_path / "jalon", "serve"],
        check=True,
        env=asked,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert told.stdout == "begun\n"
    assert (tmp_path / "fetched").read_text() == f"{tmp_path}/var/cache\n"


def test_a_setting_that_lacks_is_said_in_a_line():
    asked = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")}
    told = subprocess.run(
        [sys.executable, "-m", "jalon", "migrate"],
        env=asked,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 2
    assert (
        told.stderr
        == "jalon : réglage à revoir : JALON_SECRET_KEY is missing from the environment\n"
    )


@pytest.mark.parametrize("shares", [False, True])
def test_pages_are_not_served_where_something_listens_already(shares, capsys, monkeypatch):
    monkeypatch.setattr(cli, "serve_pages", pytest.fail)
    with socket.socket() as other:
        if shares:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert cli.main(["serve", "--port", port]) == 1
    assert f"impossible d’écouter sur 127.0.0.1:{port}" in capsys.readouterr().err
    assert cli.main(["serve", "--port", "huit mille"]) == 1


@pytest.mark.django_db
def test_the_first_administrator_has_an_address(capsys):
    assert cli.main(["administrator", "paul", "Paul", "Martin"]) == 2
    assert capsys.readouterr().err == "« paul » n’est pas une adresse e-mail : rien n’est fait.\n"
    assert not Membership.objects.filter(role=Role.ADMINISTRATOR).exists()
    assert cli.main(["administrator", "paul.martin@exemple.fr", "Paul", "Martin"]) == 0
    assert capsys.readouterr().out.endswith("/compte/password/reset/\n")
    assert Membership.objects.get(role=Role.ADMINISTRATOR).user.email == "paul.martin@exemple.fr"


@pytest.mark.django_db
def test_before_the_first_seal_it_says_when_there_will_be_one(capsys):
    assert cli.main(["verify"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("Aucun sceau encore")


def test_the_launcher_names_no_host_and_locks_every_package_by_hash():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock and "://" not in (ROOT / "jalon").read_text(encoding="utf-8")
    packages = [line for line in lock.splitlines() if line[:1].isalnum()]
    assert packages and all(line.endswith("\\") for line in packages)


def test_each_trial_named_by_the_command_line_is_there() -> None:
    assert all((ROOT / path).is_file() for path in chain(*cli.TRIALS.values()))
