"""When a file may be written, and by whom."""

import pytest

from jalon.law.vocabulary import Role, Stage
from jalon.law.writing import EDITABLE_FEASIBILITY, EDITABLE_VALIDATION, WRITERS, may_write


@pytest.mark.rule("R-017")
@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("editable", [EDITABLE_FEASIBILITY, EDITABLE_VALIDATION])
def test_a_file_is_written_by_its_own_people_until_it_leaves(editable, stage, role):
    refused = may_write(editable, stage, frozenset({role}))
    assert (refused is None) == (stage in editable and role in WRITERS)


@pytest.mark.rule("R-017")
def test_a_file_under_examination_is_not_writable_but_a_returned_one_is():
    candidate = frozenset({Role.CANDIDATE})
    assert may_write(EDITABLE_FEASIBILITY, Stage.FEASIBILITY_SENT, candidate).rule == "R-017"
    assert may_write(EDITABLE_FEASIBILITY, Stage.FEASIBILITY_INCOMPLETE, candidate) is None
