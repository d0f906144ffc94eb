"""How many feasibility files a person may send in a civil year."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.law import admissibility
from jalon.law.case import Filing
from jalon.law.vocabulary import Act, Route, Scope
from jalon.now import PARIS, at, today

from .cases import SHEET, TODAY, ready_to_send, rule_against

SAME = SHEET.code
OTHERS = ("RNCP36086", "RNCP40001", "RNCP40002", "RNCP40003")


def filed(code=SAME, on=date(2027, 1, 20), journey="j-0", **changes):
    """Return an earlier file of the candidate."""
    given_ = {
        "scope": Scope.WHOLE,
    } | changes
    return Filing(journey, code, on, **given_)


def sending(*filings, **changes):
    """Return the rule that refuses one more file after these."""
    return rule_against(Act.SEND_FEASIBILITY, ready_to_send(filings=filings, **changes))


@pytest.mark.rule("R-018")
def test_a_second_file_for_the_same_certification_waits_for_the_next_year():
    assert sending(filed()) == "R-018"
    assert sending(filed(on=date(2026, 12, 31))) is None


@pytest.mark.rule("R-019")
def test_a_fourth_certification_in_the_year_is_refused():
    three = [filed(code) for code in OTHERS[:3]]
    assert sending(*three[:2]) is None
    assert sending(*three) == "R-019"


@pytest.mark.rule("R-019")
def test_three_files_for_one_other_certification_count_as_one_certification():
    assert sending(*[filed(OTHERS[0]) for _ in range(3)]) is None


@pytest.mark.rule("R-020")
def test_earlier_bloc_files_do_not_count_on_the_portal_route():
    assert sending(filed(scope=Scope.BLOCS)) is None
    assert sending(*[filed(code, scope=Scope.BLOCS) for code in OTHERS]) is None


@pytest.mark.rule("R-020")
def test_a_bloc_file_after_a_whole_file_is_warned_about():
    after_whole = ready_to_send(filings=(filed(),), scope=Scope.BLOCS)
    assert admissibility.bloc_filing_warning(after_whole).rule == "R-020"
    after_blocs = ready_to_send(filings=(filed(scope=Scope.BLOCS),), scope=Scope.BLOCS)
    assert admissibility.bloc_filing_warning(after_blocs) is None
    assert admissibility.bloc_filing_warning(ready_to_send(filings=(filed(),))) is None


@pytest.mark.rule("R-018", "R-020")
def test_a_bloc_file_after_a_whole_file_is_not_refused_on_the_portal_route():
    assert sending(filed(), scope=Scope.BLOCS) is None
    assert sending(filed()) == "R-018"
    assert sending(filed(), scope=Scope.BLOCS, route=Route.LAW_2002) == "R-018"


@pytest.mark.rule("R-018", "R-019")
def test_who_writes_a_file_that_will_not_leave_this_year_reads_it_before_sending():
    warned = admissibility.filing_warning(ready_to_send(filings=(filed(),)))
    assert warned and warned.rule == "R-018"
    assert "le 20 janvier 2027" in warned.why and "1er janvier 2028" in warned.why
    three = tuple(filed(code) for code in OTHERS[:3])
    fourth = admissibility.filing_warning(ready_to_send(filings=three))
    assert fourth and fourth.rule == "R-019"
    assert admissibility.filing_warning(ready_to_send()) is None


@pytest.mark.rule("R-021")
def test_bloc_files_count_on_the_2002_route():
    assert sending(filed(scope=Scope.BLOCS), route=Route.LAW_2002) == "R-018"
    blocs = [filed(code, scope=Scope.BLOCS) for code in OTHERS[:3]]
    assert sending(*blocs, route=Route.LAW_2002) == "R-019"


@pytest.mark.rule("R-022")
@pytest.mark.parametrize(
    ("moment", "year"),
    [
        (datetime(2026, 12, 31, 23, 59, tzinfo=PARIS), 2026),
        (datetime(2027, 1, 1, 0, 1, tzinfo=PARIS), 2027),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), 2027),
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), 2026),
    ],
)
def test_the_year_is_the_parisian_one(moment, year):
    with at(moment):
        assert today().year == year
        refused = sending(filed(on=date(2026, 6, 1)), today=today())
    assert refused == ("R-018" if year == 2026 else None)


@pytest.mark.rule("R-022")
@given(
    first=st.datetimes(datetime(2026, 12, 30), datetime(2027, 1, 2)),
    later=st.timedeltas(timedelta(), timedelta(days=3)),
)
def test_two_files_collide_exactly_when_paris_writes_the_same_year(first, later):
    one, two = (moment.replace(tzinfo=UTC).astimezone(PARIS) for moment in (first, first + later))
    refused = sending(filed(on=one.date()), today=two.date())
    assert (refused == "R-018") == (one.year == two.year)


@pytest.mark.rule("R-023")
def test_a_file_sent_again_after_being_incomplete_is_the_same_file():
    assert sending(filed(journey="j-1")) is None


@pytest.mark.rule("R-024")
def test_only_the_certifiers_written_permission_lifts_the_yearly_cap():
    assert sending(filed(), extra_filing_reason=" ") == "R-018"
    assert sending(filed(), extra_filing_reason="Dossier rejeté par erreur.") is None


@pytest.mark.rule("R-025")
def test_after_a_lapse_the_caps_do_not_apply_to_the_new_presentation():
    lapsed = filed(lapsed=True)
    three = [filed(code) for code in OTHERS[:3]]
    assert sending(lapsed) is None
    assert sending(lapsed, *three) is None


@pytest.mark.rule("R-025")
def test_after_a_lapse_the_caps_apply_when_the_referential_changed():
    assert sending(filed(lapsed=True, referential_changed=True)) == "R-018"


@pytest.mark.rule("R-025")
def test_a_file_presented_again_after_a_lapse_then_rejected_counts():
    again = filed(on=date(2027, 2, 20), journey="j-00")
    assert sending(filed(lapsed=True), again) == "R-018"


@pytest.mark.rule("R-019", "R-020", "R-021")
@given(
    filings=st.lists(
        st.builds(
            filed,
            code=st.sampled_from(OTHERS),
            on=st.dates(date(2026, 11, 1), TODAY),
            scope=st.sampled_from(list(Scope)),
        ),
        max_size=8,
    ),
    route=st.sampled_from(list(Route)),
)
def test_the_cap_counts_distinct_certifications_of_the_year(filings, route):
    counted = {
        filing.code
        for filing in filings
        if filing.submitted_on.year == TODAY.year
        and (route == Route.LAW_2002 or filing.scope == Scope.WHOLE)
    }
    assert (sending(*filings, route=route) == "R-019") == (len(counted) >= 3)
