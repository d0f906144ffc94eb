"""Who writes messages, until when, and what may be joined."""

import pytest

from jalon.law.stages import ENDS, UNDER_WAY
from jalon.law.thread import (
    MOST_A_DAY,
    MOST_A_MESSAGE,
    MOST_FILES,
    left_today,
    may_join,
    may_send,
    may_settle,
    may_write,
    reads,
    reads_for_the_team,
)
from jalon.law.vocabulary import Role, Stage

WHOM = "Atelier VAE (contact@exemple.fr)"


def refused(*able: Role, stage: Stage = Stage.ADMISSIBLE, taken_on: bool = True) -> str:
    """Return why a message is not sent, nothing when it is."""
    refusal = may_write(frozenset(able), stage, taken_on=taken_on, whom=WHOM)
    return refusal.why if refusal else ""


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.ARCHITECT, Role.HEAD])
def test_both_sides_write_as_long_as_the_accompaniment_lasts(role: Role) -> None:
    assert not any(refused(role, stage=stage) for stage in UNDER_WAY - ENDS)


@pytest.mark.parametrize("stage", sorted(ENDS))
def test_once_it_is_over_the_candidate_is_told_whom_to_write_to_and_the_team_to_call(
    stage: Stage,
) -> None:
    assert refused(Role.CANDIDATE, stage=stage).endswith(f"écrivez à {WHOM}.")
    assert "appelez le candidat" in refused(Role.ARCHITECT, stage=stage)


def test_before_anybody_follows_the_file_the_candidate_is_told_whom_to_write_to() -> None:
    told = refused(Role.CANDIDATE, taken_on=False)
    assert "Personne ne suit encore" in told and WHOM in told


@pytest.mark.parametrize("role", [Role.CERTIFIER, Role.JUROR, Role.ADMINISTRATOR])
def test_nobody_else_writes_reads_or_says_that_it_asks_for_no_answer(role: Role) -> None:
    able = frozenset({role})
    assert refused(role) and may_settle(able)
    assert not reads(able, own=False, accompanies=False)


@pytest.mark.parametrize("role", [Role.CERTIFIER, Role.JUROR])
def test_who_judges_reads_nothing_even_from_the_organisation_that_accompanies(role: Role) -> None:
    assert not reads(frozenset({role}), own=False, accompanies=True)
    assert reads(frozenset(), own=False, accompanies=True)


def test_a_colleague_who_looks_is_not_the_one_who_read() -> None:
    assert reads_for_the_team(frozenset({Role.ARCHITECT}))
    assert not reads_for_the_team(frozenset()) and not reads_for_the_team(frozenset({Role.HEAD}))


def test_a_message_brings_a_few_files_and_a_thread_some_dozens() -> None:
    assert may_join(MOST_A_MESSAGE, 0) is None and may_join(0, MOST_FILES) is None
    many, full = may_join(MOST_A_MESSAGE + 1, 0), may_join(1, MOST_FILES)
    assert many and "second message" in many.why and full and "dossier" in full.why
    assert many.fields == full.fields == ("joined",)


def test_the_limit_of_a_day_is_told_before_it_is_reached() -> None:
    assert not left_today(MOST_A_DAY - 6) and not left_today(MOST_A_DAY)
    assert "5 messages" in left_today(MOST_A_DAY - 5) and "un message" in left_today(MOST_A_DAY - 1)
    refusal = may_send(MOST_A_DAY)
    assert may_send(MOST_A_DAY - 1) is None
    assert refusal and "demain, ou appelez" in refusal.why
