"""A visit up to its report: planned, changed, moved along, and who hears of it."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.choices import Role
from core.errors import RuleBroken, StaleEdit
from notifications.choices import Channel
from notifications.models.messages import OutgoingMessage
from partnerships.choices.agreements import Side
from partnerships.choices.timeline import TimelineKind
from partnerships.models.timeline import TimelineEntry
from tests.factories.accounts import FacilityFactory, person
from tests.factories.partnerships import ContactFactory, EnterpriseFactory
from tests.factories.visits import CampaignFactory, TripFactory, VisitFactory, led_visit
from visits.choices import REPORTED, VISIT_NEXT, Direction, Medium, ParticipantPart, TopicKind, VisitState
from visits.models.visits import Participant, Visit
from visits.services import planning, record

pytestmark = pytest.mark.django_db
S = VisitState


def people(visit):
    return list(visit.participants.order_by("pk").values_list("side", "name", "part"))


def told(user):
    return list(OutgoingMessage.objects.filter(recipient=user).values_list("key", "channel", "link").order_by("pk"))


def test_a_plan_holds_everything_that_was_said(officer, leader, college_staff, now):
    enterprise, companion, campaign = EnterpriseFactory(), college_staff, CampaignFactory()
    guest = ContactFactory(enterprise=enterprise)
    trip = TripFactory(starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 3))

    visit = planning.plan_visit(
        enterprise,
        by=officer,
        at=now,
        starts_on=date(2026, 12, 2),
        leader=leader,
        campaigns=[campaign],
        trip=trip,
        direction=Direction.OUTGOING,
        medium=Medium.ON_SITE,
        starts_at_time=time(9, 30),
        place="高新区 3 号楼",
        goal="谈实习基地",
        topics=["订单班", "实习"],
        agenda=["参观"],
        companions=[companion, leader],
        guests=[guest],
    )

    visit = Visit.objects.get(pk=visit.pk)
    assert (visit.state, visit.starts_on, visit.starts_at_time) == (S.PLANNED, date(2026, 12, 2), time(9, 30))
    assert (visit.place, visit.goal, visit.trip, visit.organiser) == ("高新区 3 号楼", "谈实习基地", trip, officer)
    assert (visit.version, list(visit.campaigns.all())) == (1, [campaign])
    assert sorted(people(visit)) == sorted(
        [
            (Side.SCHOOL, companion.name, ParticipantPart.TAKES_PART),
            (Side.SCHOOL, leader.name, ParticipantPart.LEADS),
            (Side.ENTERPRISE, guest.name, ParticipantPart.TAKES_PART),
        ]
    )
    assert list(visit.topics.values_list("kind", "name").order_by("pk")) == [
        (TopicKind.TOPIC, "订单班"),
        (TopicKind.TOPIC, "实习"),
        (TopicKind.AGENDA, "参观"),
    ]
    assert [(move.state, move.by) for move in visit.moves.all()] == [(S.PLANNED, officer)]
    entry = TimelineEntry.objects.get(enterprise=enterprise)
    assert (entry.kind, entry.text, entry.link) == (TimelineKind.VISIT_PLANNED, "谈实习基地", f"/visits/{visit.pk}/")


def test_planning_itself_tells_nobody_since_invitations_follow_from_the_plan(officer, leader, now):
    planning.plan_visit(EnterpriseFactory(), by=officer, at=now, starts_on=date(2026, 12, 2), leader=leader)

    assert not OutgoingMessage.objects.exists()


def test_a_visit_of_today_can_be_planned_one_of_yesterday_not(officer, leader, now, today):
    planning.plan_visit(EnterpriseFactory(), by=officer, at=now, starts_on=today, leader=leader)

    with pytest.raises(RuleBroken, match="This day has passed"):
        planning.plan_visit(EnterpriseFactory(), by=officer, at=now, starts_on=today - timedelta(days=1), leader=leader)
    assert Visit.objects.count() == 1
    assert TimelineEntry.objects.count() == 1


def test_a_leader_and_a_student_cannot_plan_and_nothing_changes(leader, student, now, today):
    for user in (leader, student):
        with pytest.raises(PermissionDenied):
            planning.plan_visit(EnterpriseFactory(), by=user, at=now, starts_on=today, leader=leader)
    assert (Visit.objects.count(), OutgoingMessage.objects.count()) == (0, 0)


def test_a_guest_of_another_enterprise_is_refused_and_nothing_is_half_written(officer, leader, now, today):
    with pytest.raises(RuleBroken, match="does not work for this enterprise"):
        planning.plan_visit(
            EnterpriseFactory(), by=officer, at=now, starts_on=today, leader=leader, guests=[ContactFactory()]
        )
    assert (Visit.objects.count(), Participant.objects.count()) == (0, 0)


def test_a_stop_lies_within_its_trip(officer, leader, now):
    with pytest.raises(RuleBroken, match="lasts from 1 Dec 2026 to 3 Dec 2026"):
        planning.plan_visit(
            EnterpriseFactory(),
            by=officer,
            at=now,
            starts_on=date(2026, 12, 4),
            leader=leader,
            trip=TripFactory(starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 3)),
        )


def test_a_past_visit_is_held_and_nobody_is_told(officer, leader, now):
    visit = record.record_past_visit(EnterpriseFactory(), by=officer, at=now, starts_on=date(2026, 3, 2), leader=leader)

    assert (visit.state, [move.state for move in visit.moves.all()]) == (S.HELD, [S.HELD])
    assert not OutgoingMessage.objects.exists()
    assert TimelineEntry.objects.get().detail == "held"


def test_a_past_visit_may_have_no_day_but_none_ahead(officer, now, today):
    assert record.record_past_visit(EnterpriseFactory(), by=officer, at=now, starts_on=None).starts_on is None
    with pytest.raises(RuleBroken, match="still ahead"):
        record.record_past_visit(EnterpriseFactory(), by=officer, at=now, starts_on=today + timedelta(days=1))
    assert Visit.objects.count() == 1


def test_places_shown_are_those_last_said(officer):
    visit, place = VisitFactory(state=S.HELD), FacilityFactory()
    record.show_places(visit, [FacilityFactory()], by=officer)
    record.show_places(visit, [place], by=officer)

    assert list(visit.places_shown.all()) == [place]


def change(visit, by, now, *, version=None, **fields):
    return planning.change_visit(visit, version=version or visit.version, fields=fields, by=by, at=now)


def test_with_a_new_leader_the_old_one_comes_along(officer, leader, now):
    visit = planning.plan_visit(EnterpriseFactory(), by=officer, at=now, starts_on=date(2026, 12, 2), leader=leader)
    other = person(Role.LEADER)
    row = visit.participants.get()

    change(visit, officer, now, leader=other, companions=[leader])

    assert sorted(people(visit)) == sorted(
        [(Side.SCHOOL, leader.name, ParticipantPart.TAKES_PART), (Side.SCHOOL, other.name, ParticipantPart.LEADS)]
    )
    assert visit.participants.get(user=leader).pk == row.pk


def test_guests_topics_and_campaigns_become_those_given(officer, now):
    visit = VisitFactory()
    stays, goes = (ContactFactory(enterprise=visit.enterprise) for _ in range(2))
    change(visit, officer, now, guests=[stays, goes], topics=["一"], campaigns=[CampaignFactory()])
    visit.refresh_from_db()

    change(visit, officer, now, guests=[stays], topics=["二", "三"], campaigns=[])

    assert [name for _side, name, _part in people(visit)] == [stays.name]
    assert [topic.name for topic in visit.topics.all()] == ["二", "三"]
    assert not visit.campaigns.exists()


def test_a_stale_change_is_refused_and_nothing_changes(officer, now):
    visit = VisitFactory(place="甲")
    change(visit, officer, now, place="乙")

    with pytest.raises(StaleEdit):
        change(visit, officer, now, version=1, place="丙")
    visit.refresh_from_db()
    assert (visit.place, visit.version) == ("乙", 2)


@pytest.mark.parametrize(
    ("state", "day", "words"),
    [
        (S.PLANNED, date(2026, 11, 23), "This day has passed"),
        (S.CONFIRMED, None, "needs a day"),
        (S.HELD, date(2026, 11, 26), "cannot be still ahead"),
    ],
)
def test_a_day_fits_the_state(officer, now, state, day, words):
    visit = VisitFactory(state=state, starts_on=date(2026, 11, 24))

    with pytest.raises(RuleBroken, match=words):
        change(visit, officer, now, starts_on=day)
    visit.refresh_from_db()
    assert visit.starts_on == date(2026, 11, 24)


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("to", S)
def test_a_visit_moves_along_its_table(officer, now, state, to):
    visit = VisitFactory(state=state, starts_on=date(2026, 11, 24))

    if to in VISIT_NEXT[state] and to not in (S.REPORTED, S.CHECKED) and state not in REPORTED:
        planning.move_visit(visit, to, by=officer, at=now, note="说明")
        after = to
    else:
        with pytest.raises(RuleBroken):
            planning.move_visit(visit, to, by=officer, at=now, note="说明")
        after = state

    visit.refresh_from_db()
    assert visit.state == after
    assert visit.moves.count() == (after != state)
    assert TimelineEntry.objects.filter(kind=TimelineKind.VISIT_MOVED, detail=to.value).count() == (after != state)


def test_a_visit_is_not_held_before_its_day(officer, now, today):
    visit = VisitFactory(starts_on=today + timedelta(days=1))

    with pytest.raises(RuleBroken, match="still ahead"):
        planning.move_visit(visit, S.HELD, by=officer, at=now)
    visit.refresh_from_db()
    assert visit.state == S.PLANNED


def test_calling_off_needs_a_reason_and_tells_the_organiser_who_does_not_take_part(
    officer, college_staff, leader, now, today
):
    visit = led_visit(leader, starts_on=today, organiser=college_staff)
    with pytest.raises(RuleBroken, match="Say why"):
        planning.move_visit(visit, S.CANCELLED, by=officer, at=now, note="  ")

    planning.move_visit(visit, S.CANCELLED, by=officer, at=now, note="企业临时有事")

    assert [(key, channel) for key, channel, _link in told(college_staff)] == [
        (f"visit:{visit.pk}:cancelled", Channel.EMAIL),
        (f"visit:{visit.pk}:cancelled", Channel.INBOX),
    ]
    assert "Why: 企业临时有事" in OutgoingMessage.objects.first().body
    assert (told(officer), told(leader)) == ([], [])
    assert visit.moves.get().note == "企业临时有事"


def test_a_leader_confirms_their_own_visit_and_no_other(leader, now, today):
    mine, other = led_visit(leader, starts_on=today), VisitFactory(starts_on=today)

    planning.move_visit(mine, S.CONFIRMED, by=leader, at=now)
    with pytest.raises(PermissionDenied):
        planning.move_visit(other, S.CONFIRMED, by=leader, at=now)

    assert [Visit.objects.get(pk=visit.pk).state for visit in (mine, other)] == [S.CONFIRMED, S.PLANNED]


def test_an_account_takes_part_once(officer, leader):
    visit = led_visit(leader)

    with pytest.raises(RuleBroken, match="takes part already"):
        planning.add_participant(visit, side=Side.SCHOOL, name="陈立", user=leader, by=officer)
    assert visit.participants.count() == 1
