"""When a file may be written, and by whom."""

import pytest

from jalon.law.vocabulary import Role, Stage
from jalon.law.writing import FEASIBILITY, VALIDATION, may_write

CANDIDATE = frozenset({Role.CANDIDATE})


@pytest.mark.rule("R-017", "R-051")
@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("window", [FEASIBILITY, VALIDATION])
def test_a_file_is_written_by_its_own_people_until_it_leaves(window, stage, role):
    refused = may_write(window, stage, frozenset({role}))
    assert (refused is None) == (stage in window.stages and role in window.writers)


@pytest.mark.rule("R-017")
def test_a_file_under_examination_is_not_writable_but_a_returned_one_is():
    assert may_write(FEASIBILITY, Stage.FEASIBILITY_SENT, CANDIDATE).rule == "R-017"
    assert may_write(FEASIBILITY, Stage.FEASIBILITY_INCOMPLETE, CANDIDATE) is None


@pytest.mark.rule("R-051")
def test_the_text_for_the_jury_is_nobody_s_work_but_the_candidate_s():
    architect = frozenset({Role.ARCHITECT})
    assert may_write(FEASIBILITY, Stage.PATH_ACCEPTED, architect) is None
    assert may_write(VALIDATION, Stage.ADMISSIBLE, architect).rule == "R-051"
    assert may_write(VALIDATION, Stage.ADMISSIBLE, CANDIDATE) is None
