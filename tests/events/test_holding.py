"""Events that were held."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from events import rules
from events.choices import EventItemKind, EventKind
from events.models import Event
from events.services.events import hold_event
from partnerships.choices.timeline import TimelineKind
from partnerships.models.timeline import TimelineEntry
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db


def test_an_event_is_kept_whole_and_told_on_each_enterprise(officer, now):
    first, second = EnterpriseFactory(), EnterpriseFactory()

    event = hold_event(
        kind=EventKind.RECOMMENDATION_MEETING,
        name="实习就业推介会",
        by=officer,
        at=now,
        held_on=date(2023, 5, 19),
        enterprises=[first, second],
        speakers=[("沈浩", "总经理", first), ("黄胜松", "", None)],
        contents=["行业现状"],
        audience=["教师", "学生代表"],
    )

    assert list(event.speakers.values_list("name", "title", "enterprise")) == [
        ("沈浩", "总经理", first.pk),
        ("黄胜松", "", None),
    ]
    assert sorted(event.items.values_list("kind", "name")) == sorted(
        [(EventItemKind.CONTENT, "行业现状"), (EventItemKind.AUDIENCE, "教师"), (EventItemKind.AUDIENCE, "学生代表")]
    )
    told = TimelineEntry.objects.order_by("enterprise").values_list("enterprise", "kind", "text", "detail", "link")
    assert list(told) == [
        (e.pk, TimelineKind.EVENT_HELD, "实习就业推介会", "recommendation_meeting", f"/events/{event.pk}/")
        for e in (first, second)
    ]


@pytest.mark.parametrize("role", ["leader", "student", "stranger"])
def test_others_cannot_enter_events(request, role, now):
    with pytest.raises(PermissionDenied):
        hold_event(kind=EventKind.TALK, name="宣讲会", by=request.getfixturevalue(role), at=now)

    assert not Event.objects.exists()
    assert not TimelineEntry.objects.exists()


@pytest.mark.parametrize(
    ("role", "may"), [("officer", True), ("college_staff", True), ("leader", False), ("student", False)]
)
def test_the_office_and_colleges_enter_events(request, role, may):
    assert bool(rules.can_hold_event(request.getfixturevalue(role))) is may
