"""The demonstration shows a morning signed in each way, somebody who has not, and a certificate."""

import pytest

from jalon import now as timekeeper
from jalon.demo import attendance
from jalon.demo.scenario import DemoPeople, Scenario, moment_before
from jalon.documents.models import Document
from jalon.law.vocabulary import SignedHow
from jalon.support.attendance import sheet_of
from jalon.support.models import HalfDay


@pytest.mark.django_db
def test_a_morning_is_signed_in_each_way_and_somebody_still_has_to(
    demo: DemoPeople, scenario: Scenario
) -> None:
    for number in range(3, 3 * (attendance.SEATED + 1), 3):
        one = Scenario(demo, scenario.certification, moment_before(30), number=number)
        one.register().take_charge().first_meeting().propose_path().accept_path()
    timekeeper.travel(moment_before(0))
    attendance.certify_hours(attendance.sign_a_morning(demo), demo.architects[0])
    sheet = sheet_of(HalfDay.objects.get())
    ways = {row.hours.signature.how for row in sheet.rows if row.hours.signature}
    assert ways == {SignedHow.DRAWN, SignedHow.CODE, SignedHow.ALOUD}
    assert len(sheet.to_sign) == 1
    assert sheet.leader.signature
    assert Document.objects.filter(kind="service").count() == 1
