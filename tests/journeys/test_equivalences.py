"""What a person acquired on a sheet that was replaced, on the journey that aims at the new one."""

import uuid
from datetime import date, timedelta

import pytest

from jalon.catalogue.models import Bloc, Certification
from jalon.catalogue.versions import BlocText, renew
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.effects.prior_blocs import with_what_was_acquired
from jalon.journeys.models import BlocAward, Journey
from jalon.journeys.snapshot import snapshot
from jalon.law.facts import Equivalents, Nothing, TargetRequest
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, Role, Route, Scope, Stage
from jalon.people.models import BlocEquivalence, Certifying, Organisation
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db

ACQUIRED = date(2024, 5, 2)


@pytest.fixture
def new(demo: DemoPeople) -> Scenario:
    """A person registered on the sheet that replaces another one, of which they hold a bloc."""
    sheet = Certification.objects.get(code="RNCP40906")
    scenario = Scenario(demo, sheet, TODAY, route=Route.FRANCE_VAE).register()
    old = Certification.objects.get(code="RNCP36308")
    bloc = Bloc.objects.create(certification=old, code="RNCP36308BC01", title="Cadrer", position=1)
    former = Journey.objects.get(pk=scenario.journey.pk)
    former.pk, former.reference = uuid.uuid4(), "J24-ANCIEN"
    former.certification, former.stage = old, Stage.ARCHIVED
    former.save(force_insert=True)
    BlocAward.objects.create(
        journey=former, bloc=bloc, awarded_on=ACQUIRED, verification_code="ANCIEN"
    )
    return scenario


def equivalence(scenario: Scenario, **changes: object) -> BlocEquivalence:
    """Write that the former bloc counts for the first of the new sheet."""
    values = {
        "organisation": scenario.journey.certifier,
        "former": Bloc.objects.get(code="RNCP36308BC01"),
        "bloc": scenario.journey.blocs.order_by("position").first(),
        "start": TODAY.date() - timedelta(days=30),
        "source": "Tableau de correspondance",
        "author": scenario.demo.officer,
    }
    return BlocEquivalence.objects.create(**values | changes)


def waiting(scenario: Scenario) -> frozenset[str]:
    """Return the blocs that the former sheet gives, and that are not counted yet."""
    journey = Journey.objects.get(pk=scenario.journey.pk)
    return snapshot(journey, Role.CANDIDATE).equivalent_blocs


@pytest.mark.rule("R-073")
def test_a_bloc_acquired_on_the_former_sheet_counts_on_the_new_one_from_the_day_it_was(
    new: Scenario,
) -> None:
    line = equivalence(new)
    assert waiting(new) == {line.bloc.code}
    new.do(Act.COUNT_EQUIVALENT, new.person)
    held = BlocAward.objects.of(new.journey).get()
    assert (held.bloc, held.awarded_on) == (line.bloc, ACQUIRED)
    assert "RNCP36308BC01" in held.source
    said = new.journey.journal.get(act=Act.COUNT_EQUIVALENT).facts_as(Equivalents)
    assert said.blocs[0].source == "Tableau de correspondance"
    case = snapshot(Journey.objects.get(pk=new.journey.pk), Role.CANDIDATE)
    assert line.bloc.code not in case.missing_blocs
    assert not case.equivalent_blocs


@pytest.mark.rule("R-073")
def test_what_no_table_says_counts_for_nothing(new: Scenario, demo: DemoPeople) -> None:
    other = Organisation.objects.exclude(pk=new.journey.certifier_id).first()
    equivalence(new, organisation=other)
    equivalence(new, start=new.at.date() + timedelta(days=1))
    equivalence(new, ended_on=new.at.date())
    assert not waiting(new)
    with pytest.raises(Refused) as refused:
        new.do(Act.COUNT_EQUIVALENT, new.person)
    assert refused.value.rule == "R-073"


@pytest.mark.rule("R-073")
def test_a_former_bloc_that_was_withdrawn_counts_for_nothing(new: Scenario) -> None:
    equivalence(new)
    BlocAward.objects.update(withdrawn_on=ACQUIRED)
    assert not waiting(new)


@pytest.mark.rule("R-073", "R-131")
def test_a_bloc_of_a_later_version_of_the_sheet_counts_for_nothing_on_a_journey_begun_before(
    new: Scenario,
) -> None:
    code = new.certification.code
    renew({code: [BlocText(f"{code}BC01", "Cadrer un projet", ("Analyser le besoin",))]})
    equivalence(new, bloc=Bloc.objects.get(code=f"{code}BC01"))
    assert waiting(new) == frozenset()
    assert with_what_was_acquired(new.journey, Nothing()).blocs == ()


@pytest.mark.rule("R-073")
def test_a_bloc_counted_on_a_journey_counts_again_once_its_target_is_the_sheet_after(
    new: Scenario,
) -> None:
    equivalence(new)
    new.do(Act.COUNT_EQUIVALENT, new.person)
    counted = BlocAward.objects.get(journey=new.journey)
    last = Certification.objects.get(code="RNCP38901")
    Certifying.objects.get_or_create(organisation=new.demo.certifier, certification=last)
    Certification.objects.filter(pk=new.certification.pk).update(successor=last)
    target = TargetRequest("", last.code, Scope.WHOLE)
    new.do(Act.CHANGE_TARGET, new.person, target)
    assert not waiting(new)
    assert not snapshot(new.journey, Role.CANDIDATE).acquired_blocs
    line = equivalence(new, former=counted.bloc, bloc=last.blocs.earliest("position"))
    assert waiting(new) == {line.bloc.code}
    new.do(Act.COUNT_EQUIVALENT, new.person)
    held = BlocAward.objects.of(new.journey).get()
    assert (held.bloc, held.awarded_on) == (line.bloc, ACQUIRED)
