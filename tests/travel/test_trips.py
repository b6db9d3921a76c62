"""A trip: planned, changed with what its stops make of it, called off."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.choices import Role
from calendars.services.invitations import send_invitations
from core.errors import RuleBroken, StaleEdit
from notifications.choices import Channel
from notifications.models.messages import OutgoingMessage
from partnerships.choices.timeline import TimelineKind
from partnerships.models.timeline import TimelineEntry
from tests.factories.accounts import OfficeFactory, person
from tests.factories.partnerships import EnterpriseFactory, ProvinceFactory
from tests.factories.visits import CampaignFactory, VisitFactory, led_visit
from travel.services.trips import call_off_trip, change_trip, plan_trip
from visits.choices import VisitState
from visits.models.campaigns import Trip
from visits.models.visits import Visit
from visits.services.clashing import Clashing

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 3)


def member(user, *, leads=False):
    return (user, user.name, user.title, leads)


def plan(by, now, leader, **said):
    fields = {"name": "赴皖苏考察", "starts_on": FIRST, "ends_on": THIRD, "party": [member(leader, leads=True)]}
    return plan_trip(**{**fields, **said}, by=by, at=now)


def stops(trip):
    rows = Visit.objects.filter(trip=trip).order_by("starts_on", "stop")
    return list(rows.values_list("enterprise", "starts_on", "stop"))


def seats(visit):
    return list(visit.participants.order_by("name").values_list("name", "part"))


def test_a_trip_has_its_party_offices_and_days(officer, leader, now):
    office = OfficeFactory()
    trip = plan_trip(
        name="赴皖苏考察",
        starts_on=date(2026, 5, 16),
        ends_on=date(2026, 5, 19),
        is_year_assumed=True,
        offices=[office],
        party=[member(leader, leads=True), (None, "随员", "", False)],
        cars="考斯特一辆",
        by=officer,
        at=now,
    )

    assert (trip.days, trip.is_year_assumed, list(trip.offices.all())) == (4, True, [office])
    assert (trip.version, trip.organiser, trip.cars) == (1, officer, "考斯特一辆")
    assert list(trip.party.values_list("user", "name", "leads")) == [(leader.pk, "陈立", True), (None, "随员", False)]
    with pytest.raises(ValidationError):
        plan_trip(name="反", starts_on=date(2026, 5, 2), ends_on=date(2026, 5, 1), by=officer, at=now)
    assert Trip.objects.count() == 1


def test_enterprises_become_stops_spread_over_the_days_for_the_whole_party(officer, leader, college_staff, now):
    campaign, chosen = CampaignFactory(), EnterpriseFactory.create_batch(4, address="高新区 1 号")
    party = [member(leader, leads=True), member(college_staff), (None, "孙秘书", "秘书", False)]

    trip = plan(officer, now, leader, party=party, enterprises=chosen, campaign=campaign, goal="拓岗")

    assert stops(trip) == [
        (chosen[0].pk, FIRST, 1), (chosen[1].pk, FIRST, 2), (chosen[2].pk, SECOND, 3), (chosen[3].pk, THIRD, 4),
    ]  # fmt: skip
    visit = Visit.objects.get(enterprise=chosen[3])
    assert (visit.address, visit.goal, list(visit.campaigns.all())) == ("高新区 1 号", "拓岗", [campaign])
    assert seats(visit) == [("孙秘书", "takes_part"), ("赵倩", "takes_part"), ("陈立", "leads")]
    assert TimelineEntry.objects.filter(kind=TimelineKind.VISIT_PLANNED).count() == 4


def test_a_clash_on_one_day_refuses_the_whole_trip_unless_it_is_accepted(officer, leader, now):
    led_visit(leader, starts_on=SECOND)
    chosen = EnterpriseFactory.create_batch(3)

    with pytest.raises(Clashing, match="Chen Li is taken on 2 Dec 2026"):
        plan(officer, now, leader, enterprises=chosen)
    assert (Trip.objects.count(), Visit.objects.count()) == (0, 1)
    plan(officer, now, leader, enterprises=chosen, accept_clash=True)
    assert Visit.objects.count() == 4


def test_colleges_plan_trips_of_their_own_and_change_no_other(officer, college_staff, leader, student, now):
    own, other = plan(college_staff, now, leader), plan(officer, now, leader)

    change_trip(own, version=1, fields={"goal": "拓岗"}, by=college_staff, at=now)
    with pytest.raises(PermissionDenied, match="by its organiser and the employment office"):
        change_trip(other, version=1, fields={"goal": "拓岗"}, by=college_staff, at=now)
    for user in (leader, student):
        with pytest.raises(PermissionDenied):
            plan(user, now, leader)

    assert list(Trip.objects.order_by("pk").values_list("goal", "version")) == [("拓岗", 2), ("", 1)]


def test_a_stale_change_is_refused(officer, leader, now):
    trip = plan(officer, now, leader)
    change_trip(trip, version=1, fields={"goal": "先"}, by=officer, at=now)

    with pytest.raises(StaleEdit):
        change_trip(trip, version=1, fields={"goal": "后"}, by=officer, at=now)
    trip.refresh_from_db()
    assert trip.goal == "先"


@pytest.mark.parametrize(("fields", "field"), [({"starts_on": SECOND}, "starts_on"), ({"ends_on": SECOND}, "ends_on")])
def test_no_stop_is_left_outside_the_days(officer, leader, now, fields, field):
    trip = plan(officer, now, leader, enterprises=EnterpriseFactory.create_batch(3))

    with pytest.raises(RuleBroken, match="move it first, or keep that day") as refused:
        change_trip(trip, version=1, fields=fields, by=officer, at=now)
    trip.refresh_from_db()
    assert (refused.value.field, trip.starts_on, trip.ends_on) == (field, FIRST, THIRD)


def test_stops_ahead_follow_the_party_and_keep_what_is_their_own(officer, leader, college_staff, now):
    party = [member(leader, leads=True), (None, "孙秘书", "秘书", False)]
    trip = plan(officer, now, leader, party=party, enterprises=EnterpriseFactory.create_batch(2))
    first, second = trip.visits.order_by("stop")
    own = person(Role.OFFICER, name="于强")
    second.participants.create(side="school", user=own, name="于强")
    new = person(Role.LEADER, name="吴校长")

    party = [member(new, leads=True), member(college_staff), (None, "李司机", "", False)]
    change_trip(trip, version=1, fields={}, party=party, by=officer, at=now)

    assert seats(first) == [("吴校长", "leads"), ("李司机", "takes_part"), ("赵倩", "takes_part")]
    assert [name for name, _part in seats(second)] == ["于强", "吴校长", "李司机", "赵倩"]


def test_calling_off_a_trip_calls_off_every_stop_ahead_for_one_reason(officer, leader, now):
    trip = plan(officer, now, leader, enterprises=EnterpriseFactory.create_batch(3))
    with pytest.raises(RuleBroken, match="Say why"):
        call_off_trip(trip, why="  ", by=officer, at=now)
    assert set(trip.visits.values_list("state", flat=True)) == {VisitState.PLANNED}
    send_invitations(now=now)

    call_off_trip(trip, why="暴雨", by=officer, at=now)

    trip.refresh_from_db()
    assert (trip.called_off_at, trip.called_off_why) == (now, "暴雨")
    assert list(trip.visits.values_list("state", "stop")) == [(VisitState.CANCELLED, None)] * 3
    send_invitations(now=now)
    cancelled = OutgoingMessage.objects.filter(recipient=leader, channel=Channel.EMAIL, calendar_method="CANCEL")
    assert cancelled.count() == 3
    with pytest.raises(PermissionDenied, match="called off"):
        change_trip(trip, version=2, fields={}, by=officer, at=now)


def test_a_trip_that_began_keeps_what_took_place(officer, leader, now):
    trip = plan(officer, now, leader, enterprises=[EnterpriseFactory()])
    VisitFactory(trip=trip, starts_on=FIRST, state=VisitState.HELD)

    call_off_trip(trip, why="暴雨", by=officer, at=now)

    trip.refresh_from_db()
    assert trip.called_off_at is None
    assert sorted(trip.visits.values_list("state", flat=True)) == [VisitState.CANCELLED, VisitState.HELD]


def test_enterprises_of_one_place_stand_beside_each_other(client_of, officer):
    province = ProvinceFactory(code="320000", name_zh="江苏省", name_en="Jiangsu")
    far = EnterpriseFactory(legal_name="一", province=province, city="南京")
    near, beside = (
        EnterpriseFactory(legal_name="二"),
        EnterpriseFactory(legal_name="三", province=province, city="南京"),
    )
    query = "&".join(f"enterprise={each.pk}" for each in (far, near, beside))

    page = client_of(officer).get(f"/trips/new/?{query}&enterprise=x&enterprise=999999")

    assert [each.pk for each in page.context["enterprises"]] == [beside.pk, far.pk, near.pk]
