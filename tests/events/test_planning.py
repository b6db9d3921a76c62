"""An event from its draft to the day it was held or called off."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import RuleBroken, StaleEdit
from events.choices import EVENT_NEXT, EventItemKind, EventKind, EventState
from events.models import Event
from events.services.planning import Parts, change_event, discard_event, move_event, plan_event
from events.services.seats import sign_up
from notifications.choices import Channel
from notifications.models.messages import OutgoingMessage
from partnerships.models.timeline import TimelineEntry
from tests.factories.accounts import person
from tests.factories.accounts import student as make_student
from tests.factories.events import EventFactory, OpenEventFactory
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db
FIELDS = {"kind": EventKind.TALK, "name": "宣讲会", "held_on": date(2026, 11, 25), "place": "报告厅"}


def told() -> list[tuple[int, str, str]]:
    return list(TimelineEntry.objects.order_by("pk").values_list("enterprise", "kind", "detail"))


def subjects_to(user) -> list[str]:
    return list(user.messages.filter(channel=Channel.INBOX).order_by("pk").values_list("subject", flat=True))


def test_a_planned_event_is_a_draft_with_all_its_parts(officer, now):
    enterprise = EnterpriseFactory()
    parts = Parts(
        enterprises=[enterprise],
        speakers=[("沈浩", "总经理", enterprise), ("李老师", "", None)],
        programme=[(time(14, 0), "行业现状"), (None, "提问")],
        audience=["学生代表"],
    )

    event = plan_event(fields=FIELDS, parts=parts, by=officer, at=now)

    assert (event.state, event.organiser, len(event.check_in_secret)) == (EventState.DRAFT, officer, 64)
    assert list(event.speakers.values_list("name", "title", "enterprise")) == [
        ("沈浩", "总经理", enterprise.pk),
        ("李老师", "", None),
    ]
    assert sorted(event.items.values_list("kind", "name", "starts_at_time"), key=str) == sorted(
        [
            (EventItemKind.CONTENT, "行业现状", time(14, 0)),
            (EventItemKind.CONTENT, "提问", None),
            (EventItemKind.AUDIENCE, "学生代表", None),
        ],
        key=str,
    )
    assert told() == [(enterprise.pk, "event_moved", "planned")]


@pytest.mark.parametrize("role", ["leader", "student", "stranger"])
def test_others_plan_nothing(request, role, now):
    with pytest.raises(PermissionDenied):
        plan_event(fields=FIELDS, parts=Parts(), by=request.getfixturevalue(role), at=now)

    assert not Event.objects.exists()


@pytest.mark.parametrize("state", EventState)
@pytest.mark.parametrize("to", EventState)
def test_an_event_moves_along_its_table_only(officer, now, state, to):
    event = EventFactory(state=state)

    if to in EVENT_NEXT[state]:
        move_event(event, to, by=officer, at=now, reason="讲者生病")
        event.refresh_from_db()
        assert (event.state, event.version) == (to, 2)
    else:
        with pytest.raises(RuleBroken):
            move_event(event, to, by=officer, at=now, reason="讲者生病")
        event.refresh_from_db()
        assert (event.state, event.version) == (state, 1)
        assert not OutgoingMessage.objects.exists()


def test_the_enterprises_hear_how_far_it_is_and_being_held_counts_as_contact(officer, now):
    enterprise = EnterpriseFactory()
    event = EventFactory(state=EventState.DRAFT, held_on=now.date())
    event.enterprises.add(enterprise)

    move_event(event, EventState.PUBLISHED, by=officer, at=now)
    enterprise.refresh_from_db()
    assert enterprise.last_contact_at is None
    move_event(event, EventState.HELD, by=officer, at=now)

    enterprise.refresh_from_db()
    assert enterprise.last_contact_at == now
    assert told() == [(enterprise.pk, "event_moved", "published"), (enterprise.pk, "event_held", "talk")]


@pytest.mark.parametrize(("lacks", "field"), [({"held_on": None}, "held_on"), ({"place": ""}, "place")])
def test_what_is_announced_has_a_day_and_a_place(officer, now, lacks, field):
    event = EventFactory(state=EventState.DRAFT, **lacks)

    with pytest.raises(RuleBroken) as refusal:
        move_event(event, EventState.PUBLISHED, by=officer, at=now)

    event.refresh_from_db()
    assert (refusal.value.field, event.state) == (field, EventState.DRAFT)


def test_nothing_is_held_before_its_day(officer, now):
    event = OpenEventFactory()

    with pytest.raises(RuleBroken, match="not come yet"):
        move_event(event, EventState.HELD, by=officer, at=now)

    event.refresh_from_db()
    assert event.state == EventState.PUBLISHED


def test_calling_off_needs_a_reason_and_tells_everyone_signed_up(officer, now):
    event = OpenEventFactory(name="宣讲会", capacity=1)
    first, waiting, aside = (make_student(language="en") for _ in range(3))
    sign_up(event, student=first, at=now)
    sign_up(event, student=waiting, at=now)

    with pytest.raises(RuleBroken) as refusal:
        move_event(event, EventState.CANCELLED, by=officer, at=now)
    assert refusal.value.field == "reason"
    assert not OutgoingMessage.objects.exists()

    move_event(event, EventState.CANCELLED, by=officer, at=now, reason="讲者生病")
    assert [subjects_to(user) for user in (first, waiting, aside)] == [["Called off: 宣讲会"]] * 2 + [[]]
    assert "讲者生病" in first.messages.first().body


def test_another_place_is_told_and_a_larger_hall_lets_those_who_wait_in(officer, now):
    event = OpenEventFactory(name="宣讲会", capacity=1)
    first, waiting = make_student(language="en"), make_student(language="en")
    sign_up(event, student=first, at=now)
    sign_up(event, student=waiting, at=now + timedelta(minutes=1))

    fields = {"place": "大礼堂", "capacity": 2}
    change_event(event, version=1, fields=fields, parts=Parts(), by=officer, at=now)

    assert subjects_to(first) == ["Changed: 宣讲会"]
    assert subjects_to(waiting) == ["Changed: 宣讲会", "You have a place: 宣讲会"]
    assert set(event.registrations.values_list("state", flat=True)) == {"registered"}


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"capacity": 1}, "capacity"), ({"sign_up_until": datetime.fromisoformat("2026-11-27T00:00Z")}, "sign_up_until")],
)
def test_what_cannot_be_is_said_at_its_field(officer, now, fields, field):
    event = OpenEventFactory(capacity=2)
    for _ in range(2):
        sign_up(event, student=make_student(), at=now)

    with pytest.raises(RuleBroken) as refusal:
        change_event(event, version=1, fields=fields, parts=Parts(), by=officer, at=now)

    event.refresh_from_db()
    assert (refusal.value.field, event.capacity, event.sign_up_until) == (field, 2, None)


def test_a_stale_change_is_told(officer, now):
    event = EventFactory(version=2)

    with pytest.raises(StaleEdit):
        change_event(event, version=1, fields={"name": "新"}, parts=Parts(), by=officer, at=now)

    event.refresh_from_db()
    assert event.name != "新"


def test_a_college_keeps_its_own_events_only(college, college_staff, now):
    own, other = EventFactory(state="draft", college=college), EventFactory(state="draft")

    move_event(own, EventState.PUBLISHED, by=college_staff, at=now)
    with pytest.raises(PermissionDenied):
        move_event(other, EventState.PUBLISHED, by=college_staff, at=now)

    other.refresh_from_db()
    assert other.state == EventState.DRAFT


def test_the_organiser_loses_the_event_with_the_role(now):
    organiser = person(None)
    event = EventFactory(state="draft", organiser=organiser)

    with pytest.raises(PermissionDenied):
        discard_event(event, by=organiser)
    assert Event.objects.count() == 1


def test_only_a_draft_is_discarded(officer):
    draft, announced = EventFactory(state="draft"), OpenEventFactory()

    discard_event(draft, by=officer)
    with pytest.raises(RuleBroken, match="Only a draft"):
        discard_event(announced, by=officer)

    assert list(Event.objects.all()) == [announced]
