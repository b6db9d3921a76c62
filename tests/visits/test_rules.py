"""Who may do what: role by action."""

import pytest

from accounts.choices import Role
from core.decisions import Decision
from tests.factories.accounts import person
from tests.factories.visits import FollowUpFactory, VisitFactory, led_visit
from visits import rules
from visits.choices import VisitState

pytestmark = pytest.mark.django_db
S = VisitState
ACTIONS = {
    "keep campaigns": lambda user, world: rules.can_keep_campaigns(user),
    "plan": lambda user, world: rules.can_plan(user),
    "change": lambda user, world: rules.can_change(user, world["visit"]),
    "change a reported one": lambda user, world: rules.can_change(user, world["reported"]),
    "report": lambda user, world: rules.can_report(user, world["visit"]),
    "confirm": lambda user, world: rules.can_move(user, world["visit"], S.CONFIRMED),
    "hold": lambda user, world: rules.can_move(user, world["visit"], S.HELD),
    "call off": lambda user, world: rules.can_move(user, world["visit"], S.CANCELLED),
    "check": lambda user, world: rules.can_move(user, world["reported"], S.CHECKED),
    "add evidence": lambda user, world: rules.can_add_evidence(user, world["visit"]),
    "draw an agreement": lambda user, world: rules.can_draw_agreement(user, world["visit"]),
    "draw a posting": lambda user, world: rules.can_draw_posting(user, world["visit"]),
    "link": lambda user, world: rules.can_link(user, world["visit"]),
    "close the follow-up": lambda user, world: rules.can_close_follow_up(user, world["follow-up"]),
}
ALLOWED = {
    "officer": set(ACTIONS),
    "admin": set(ACTIONS),
    "organiser": set(ACTIONS) - {"keep campaigns", "change a reported one", "check"},
    "college_staff": {"plan", "draw an agreement", "draw a posting", "link"},
    "leading": {"report", "confirm", "hold", "add evidence", "link"},
    "leader": set(),
    "companion": {"add evidence"},
    "owner": {"close the follow-up"},
    "student": set(),
    "stranger": set(),
}


@pytest.fixture
def cast(officer, admin, college_staff, college, leader, student, stranger):
    return {
        "officer": officer,
        "admin": admin,
        "college_staff": college_staff,
        "leader": leader,
        "student": student,
        "stranger": stranger,
        "organiser": person(Role.COLLEGE, college=college),
        "leading": person(Role.LEADER),
        "companion": person(Role.LEADER),
        "owner": person(Role.LEADER),
    }


@pytest.fixture
def world(cast):
    visit = led_visit(cast["leading"], organiser=cast["organiser"])
    visit.participants.create(side="school", user=cast["companion"], name="陪同")
    reported = led_visit(cast["leading"], organiser=cast["organiser"], state=S.REPORTED)
    return {"visit": visit, "reported": reported, "follow-up": FollowUpFactory(visit=visit, owner=cast["owner"])}


@pytest.mark.parametrize("role", ALLOWED)
@pytest.mark.parametrize("action", ACTIONS)
def test_each_role_may_do_exactly_this(role, action, cast, world):
    decision = ACTIONS[action](cast[role], world)

    assert isinstance(decision, Decision)
    assert bool(decision) is (action in ALLOWED[role])
    assert bool(decision.reason) is not bool(decision)


def test_a_visit_that_was_called_off_is_changed_by_nobody(officer):
    decision = rules.can_change(officer, VisitFactory(state=S.CANCELLED))

    assert (bool(decision), decision.reason) == (False, "A visit that was called off is not changed any more.")


def test_a_student_who_is_named_as_leader_may_not_report(student):
    assert not rules.can_report(student, led_visit(student))
