"""Until when a candidate goes on, or stops, by the link of a reminder."""

from jalon.law.attention import REMINDS
from jalon.law.lifecycle import TABLE
from jalon.law.news import may_go_on, may_stop
from jalon.law.stages import ENDS, UNDER_WAY
from jalon.law.vocabulary import Stage


def test_whoever_is_reminded_may_answer_both_ways() -> None:
    reminded = {stage for row in TABLE if row.act in REMINDS for stage in row.at}
    assert reminded
    assert not any(may_go_on(stage) or may_stop(stage) for stage in reminded)


def test_nothing_goes_on_or_stops_once_it_is_over_and_it_is_said_what_to_do() -> None:
    for stage in ENDS - UNDER_WAY:
        refusal = may_go_on(stage)
        assert refusal and "ouvrez votre page" in refusal.why
    refused = may_stop(Stage.DROPPED_OUT)
    assert refused and "appelez-nous" in refused.why
