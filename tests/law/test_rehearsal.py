"""The mock grid of a rehearsal: who writes it and when, when it may be shared, who reads it."""

from datetime import date

from jalon.law.rehearsal import may_rehearse, may_share, reads_grid, was_held
from jalon.law.vocabulary import Role, Stage

ARCHITECT = frozenset({Role.ARCHITECT})
DAY = date(2027, 3, 1)


def test_a_grid_is_written_by_who_accompanies_while_a_jury_is_awaited() -> None:
    assert may_rehearse(ARCHITECT, Stage.JURY_SCHEDULED) is None
    assert may_rehearse(frozenset({Role.HEAD}), Stage.VALIDATION_SENT) is None
    for role in set(Role) - {Role.ARCHITECT, Role.HEAD}:
        assert may_rehearse(frozenset({role}), Stage.JURY_SCHEDULED), role
    early = may_rehearse(ARCHITECT, Stage.ADMISSIBLE)
    assert early and "revenez à ce moment-là" in early.why


def test_a_grid_is_shared_once_each_competence_has_a_finding_and_the_whole_an_advice() -> None:
    missing = may_share(3, 5, "Bien.")
    assert missing and "2 compétences à noter" in missing.why
    silent = may_share(5, 5, "  ")
    assert silent and "avis d’ensemble" in silent.why
    assert may_share(5, 5, "Bien.") is None


def test_a_rehearsal_counts_once_it_was_held_and_lasted() -> None:
    assert was_held(DAY, 60, DAY) is None
    for day, minutes in ((date(2027, 3, 2), 60), (DAY, 0), (None, 60)):
        refusal = was_held(day, minutes, DAY)
        assert refusal and refusal.fields == ("held_on", "minutes")


def test_a_candidate_reads_what_is_shared_the_team_what_it_writes_and_who_judges_nothing() -> None:
    for shared in (True, False):
        candidate = frozenset({Role.CANDIDATE})
        assert reads_grid(candidate, shared=shared, accompanies=False) is shared
        assert reads_grid(ARCHITECT, shared=shared, accompanies=True)
        assert reads_grid(frozenset(), shared=shared, accompanies=True)
        for judging in (Role.CERTIFIER, Role.JUROR):
            assert not reads_grid(ARCHITECT | {judging}, shared=shared, accompanies=True)
        assert not reads_grid(frozenset({Role.ADMINISTRATOR}), shared=shared, accompanies=False)
