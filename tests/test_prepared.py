"""A query prepared once reads what the queryset reads, for whatever values it is given."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from jalon.catalogue.models import Bloc, Certification
from jalon.demo.scenario import DemoPeople
from jalon.now import today
from jalon.prepared import AnyOf, Given, Prepared

pytestmark = pytest.mark.django_db


def sheets(on: Any = None) -> QuerySet[Any, Any]:
    """Return sheets in force, with their blocs as JSON."""
    blocs = Bloc.objects.filter(certification=OuterRef("pk")).order_by("position")
    return (
        Certification.objects.filter(ends_on__gte=on or Given("on", DateField()))
        .annotate(blocs=ArraySubquery(blocs.values(one=JSONObject(code="code"))))
        .values("code", "ends_on", "blocs")
        .order_by("code")
    )


def test_it_reads_what_the_queryset_reads_for_each_day_that_is_given(demo: DemoPeople) -> None:
    prepared = Prepared(sheets)
    for on in (date(2020, 1, 1), today(), today() + timedelta(days=1000)):
        assert list(prepared.rows(on=on)) == list(sheets(on))
    assert list(prepared.rows(on=date(2020, 1, 1)))


def test_its_sql_is_made_once(demo: DemoPeople) -> None:
    made = []

    @Prepared
    def of_these() -> QuerySet[Any, Any]:
        """Return some sheets, by their codes."""
        made.append(1)
        return Certification.objects.filter(AnyOf(F("code"), Given("codes"))).values("code")

    codes = list(Certification.objects.values_list("code", flat=True)[:3])
    assert {row["code"] for row in of_these.rows(codes=codes)} == set(codes)
    assert list(of_these.rows(codes=[])) == []
    assert made == [1]


def test_a_value_that_is_not_given_is_told_at_once(demo: DemoPeople) -> None:
    with pytest.raises(KeyError, match="on"):
        list(Prepared(sheets).rows())
