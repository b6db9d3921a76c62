"""An event for students out of an incoming visit."""

from datetime import time

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import RuleBroken
from events.models import Event
from partnerships.choices.agreements import Side
from tests.factories.accounts import FacilityFactory
from tests.factories.visits import VisitFactory
from visits.choices import Direction, VisitState
from visits.services.events import draw_event

pytestmark = pytest.mark.django_db


def test_one_click_takes_over_day_hours_room_and_guests(officer, now, college):
    visit = VisitFactory(direction=Direction.INCOMING, starts_at_time=time(14, 0), ends_at_time=time(16, 0))
    visit.colleges.add(college)
    room = FacilityFactory()
    visit.rooms.add(room)
    visit.participants.create(side=Side.ENTERPRISE, name="沈浩", title="总经理")
    visit.participants.create(side=Side.SCHOOL, name="刘琴", title="副院长")

    event = draw_event(visit, by=officer, at=now)
    again = draw_event(visit, by=officer, at=now)

    visit.refresh_from_db()
    assert (again, visit.event, Event.objects.count()) == (event, event, 1)
    assert (event.state, event.kind) == ("draft", "recommendation_meeting")
    assert (event.held_on, event.starts_at_time, event.ends_at_time) == (visit.starts_on, time(14, 0), time(16, 0))
    assert (event.room, event.college, list(event.enterprises.all())) == (room, college, [visit.enterprise])
    assert list(event.speakers.values_list("name", "title", "enterprise")) == [("沈浩", "总经理", visit.enterprise_id)]


def test_a_visit_that_took_place_makes_an_event_that_was_held(officer, now):
    visit = VisitFactory(direction=Direction.INCOMING, state=VisitState.REPORTED, starts_on=now.date())

    event = draw_event(visit, by=officer, at=now)

    assert (event.state, event.held_on) == ("held", visit.starts_on)
    assert visit.enterprise.timeline.filter(kind="event_held").count() == 1


@pytest.mark.parametrize(
    "fields",
    [{"direction": Direction.OUTGOING}, {"direction": Direction.INCOMING, "state": VisitState.CANCELLED}],
)
def test_only_guests_who_come_meet_students(officer, now, fields):
    with pytest.raises(RuleBroken):
        draw_event(VisitFactory(**fields), by=officer, at=now)

    assert not Event.objects.exists()


def test_the_leadership_makes_no_event(leader, now):
    with pytest.raises(PermissionDenied):
        draw_event(VisitFactory(direction=Direction.INCOMING), by=leader, at=now)

    assert not Event.objects.exists()


def test_the_button_stands_on_the_page_of_the_visit_and_leads_to_the_event(client, officer):
    visit = VisitFactory(direction=Direction.INCOMING)
    client.force_login(officer)
    assert f"/visits/{visit.pk}/event/" in client.get(f"/visits/{visit.pk}/").content.decode()

    response = client.post(f"/visits/{visit.pk}/event/")

    event = Event.objects.get()
    assert response.url == f"/events/{event.pk}/"
    text = client.get(f"/visits/{visit.pk}/").content.decode()
    assert f"/visits/{visit.pk}/event/" not in text
    assert response.url in text
