"""Nobody on both sides of one file: what a person loses, and how they are told."""

from datetime import date, timedelta

import pytest

from jalon.law.independence import (
    jury_reads_until,
    lifted_with_a_reason,
    link_not_taken_back,
    lost_roles,
    other_side,
)
from jalon.law.settings import Settings, Settled
from jalon.law.vocabulary import Role, Setting


@pytest.mark.rule("R-063")
@pytest.mark.parametrize(
    ("accompanied", "decided", "lost"),
    [
        (False, False, set()),
        (True, False, {Role.CERTIFIER}),
        (False, True, {Role.ARCHITECT, Role.HEAD}),
        (True, True, {Role.CERTIFIER, Role.ARCHITECT, Role.HEAD}),
    ],
)
def test_what_was_done_for_one_side_closes_the_other(
    accompanied: bool, decided: bool, lost: set[Role]
) -> None:
    assert lost_roles(accompanied=accompanied, decided=decided) == lost


@pytest.mark.rule("R-063")
def test_a_refusal_says_who_may_act_instead() -> None:
    accompanied = other_side(
        frozenset({Role.CERTIFIER}), lost_roles(accompanied=True, decided=False)
    )
    decided = other_side(frozenset({Role.ARCHITECT}), lost_roles(accompanied=False, decided=True))
    assert accompanied and "collègue du certificateur" in accompanied.why
    assert decided and "collègue de l’organisme" in decided.why


@pytest.mark.rule("R-063")
def test_an_act_of_nobodys_lost_role_is_not_refused_for_that() -> None:
    lost = lost_roles(accompanied=True, decided=False)
    assert other_side(frozenset({Role.CANDIDATE}), lost) is None


@pytest.mark.rule("R-064")
@pytest.mark.parametrize(
    ("linked", "related", "taken_back"),
    [(False, False, False), (False, True, False), (True, True, False), (True, False, True)],
)
def test_only_saying_none_after_a_link_takes_it_back(
    linked: bool, related: bool, taken_back: bool
) -> None:
    assert bool(link_not_taken_back(linked=linked, related=related)) == taken_back


@pytest.mark.rule("R-064")
def test_a_link_is_lifted_in_words() -> None:
    assert lifted_with_a_reason("  ") and not lifted_with_a_reason("Homonyme.")


@pytest.mark.rule("R-123")
def test_a_jury_reads_for_a_month_after_its_minutes_unless_the_certifier_settled_otherwise() -> (
    None
):
    signed = date(2027, 3, 2)
    assert jury_reads_until(signed, Settings(), signed) == date(2027, 4, 1)
    ten = Settings((Settled(Setting.JURY_READING, signed, 10),))
    assert jury_reads_until(signed, ten, signed) == date(2027, 3, 12)
    assert jury_reads_until(signed, ten, signed - timedelta(days=1)) == date(2027, 4, 1)
