"""The report of a visit, evidence and follow-ups."""

import threading
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import connection

from accounts.choices import Role
from core.errors import RuleBroken, StaleEdit
from notifications.models.messages import OutgoingMessage
from partnerships.choices.agreements import CommitmentKind, Side
from partnerships.choices.timeline import TimelineKind
from partnerships.models.commitments import Commitment
from partnerships.models.timeline import TimelineEntry
from tests.factories.accounts import FacilityFactory, MajorFactory, UserFactory, person
from tests.factories.visits import FollowUpFactory, ParticipantFactory, VisitFactory, led_visit, reported_visit
from visits.choices import EvidenceKind, FollowUpState, IntentionKind, IntentionState, VisitState
from visits.models.results import Evidence, FollowUp, Intention, Outcome
from visits.models.visits import Visit
from visits.services import planning, reporting
from visits.services.presence import Guest
from visits.services.reporting import FollowUpLine, IntentionLine, OutcomeLine, PromiseLine

pytestmark = pytest.mark.django_db
S = VisitState
DAY = date(2026, 11, 24)
PROMISE = PromiseLine(Side.ENTERPRISE, CommitmentKind.INTERNSHIP_PLACES, "接收实习生", 10, "人", date(2027, 3, 1))
NOTHING = {"outcomes": (), "commitments": ()}


def pdf(name="调研报告.pdf"):
    return ContentFile(b"%PDF-1.7 report", name=name)


def test_a_report_holds_everything_that_was_said(officer, leader, now):
    visit = led_visit(leader, state=S.HELD, starts_on=DAY)
    came, away = ParticipantFactory(visit=visit), ParticipantFactory(visit=visit)
    owner, first, second, place = UserFactory(), MajorFactory(), MajorFactory(), FacilityFactory()

    reporting.report_visit(
        visit,
        by=leader,
        at=now,
        minutes="谈到实习",
        feedback="基础扎实",
        present=[came, visit.participants.get(user=leader)],
        also_present=[Guest(Side.ENTERPRISE, "孙总", "董事长")],
        outcomes=[OutcomeLine(first, 3, 6000, 8, 3000), OutcomeLine(second, internships=2)],
        commitments=[PROMISE, PromiseLine(Side.SCHOOL, CommitmentKind.LECTURES, "开设讲座")],
        follow_ups=[FollowUpLine("寄送培养方案", owner, date(2026, 12, 1))],
        demand_report=pdf(),
        places_shown=[place],
        intentions=[IntentionLine(IntentionKind.BASE, "共建基地", class_of=2027)],
    )

    visit = Visit.objects.get(pk=visit.pk)
    assert (visit.state, visit.minutes, visit.feedback) == (S.REPORTED, "谈到实习", "基础扎实")
    assert (visit.reported_by, visit.reported_at) == (leader, now)
    assert list(visit.participants.order_by("pk").values_list("name", "was_present")) == [
        (leader.name, True),
        (came.name, True),
        (away.name, False),
        ("孙总", True),
    ]
    assert list(visit.outcomes.values_list("major", "posts", "post_pay", "internships", "internship_pay")) == [
        (first.pk, 3, 6000, 8, 3000),
        (second.pk, 0, None, 2, None),
    ]
    promises = visit.commitments.order_by("pk").values_list("side", "description", "number", "unit", "due_on")
    assert list(promises) == [
        ("enterprise", "接收实习生", Decimal("10"), "人", date(2027, 3, 1)),
        ("school", "开设讲座", None, "", None),
    ]
    assert list(visit.follow_ups.values_list("what", "owner", "due_on", "state")) == [
        ("寄送培养方案", owner.pk, date(2026, 12, 1), "open")
    ]
    evidence = visit.evidence.get()
    assert (evidence.kind, evidence.name, evidence.added_by) == ("talent_demand_report", "调研报告.pdf", leader)
    with evidence.file.open() as file:
        assert file.read() == b"%PDF-1.7 report"
    assert list(visit.places_shown.all()) == [place]
    assert list(visit.intentions.values_list("kind", "name", "class_of", "state")) == [
        ("base", "共建基地", 2027, "intended")
    ]
    assert [move.state for move in visit.moves.all()] == [S.REPORTED]
    assert TimelineEntry.objects.filter(kind=TimelineKind.VISIT_REPORTED).count() == 1


@pytest.mark.parametrize("state", [S.PLANNED, S.CONFIRMED])
def test_a_visit_whose_day_has_come_is_held_first(officer, now, state):
    visit = VisitFactory(state=state, starts_on=DAY)

    reporting.report_visit(visit, by=officer, at=now, minutes="谈过", **NOTHING)

    assert [move.state for move in visit.moves.all()] == [S.HELD, S.REPORTED]


def test_a_visit_still_ahead_is_not_reported(officer, now):
    visit = VisitFactory(state=S.CONFIRMED, starts_on=date(2026, 11, 25))

    with pytest.raises(RuleBroken, match="still ahead"):
        reporting.report_visit(visit, by=officer, at=now, minutes="谈过", **NOTHING)
    visit.refresh_from_db()
    assert (visit.state, visit.minutes, visit.moves.count()) == (S.CONFIRMED, "", 0)


def test_a_cancelled_visit_is_not_reported(officer, now):
    with pytest.raises(RuleBroken, match="cannot become"):
        reporting.report_visit(VisitFactory(state=S.CANCELLED), by=officer, at=now, minutes="谈过", **NOTHING)


def test_who_only_came_along_cannot_report_and_nothing_changes(leader, now):
    visit = VisitFactory(state=S.HELD, starts_on=DAY)

    with pytest.raises(PermissionDenied):
        reporting.report_visit(visit, by=leader, at=now, minutes="谈过", **NOTHING)
    visit.refresh_from_db()
    assert (visit.state, visit.minutes) == (S.HELD, "")


def test_the_second_report_says_who_was_first(officer, leader, now):
    visit = led_visit(leader, state=S.HELD, starts_on=DAY)
    reporting.report_visit(visit, by=leader, at=now, minutes="第一份", **NOTHING)

    with pytest.raises(RuleBroken, match="Chen Li reported this visit already, on 24 Nov 2026 at 12:00"):
        reporting.report_visit(visit, by=officer, at=now, version=1, minutes="第二份", **NOTHING)
    visit.refresh_from_db()
    assert visit.minutes == "第一份"


def test_a_report_on_a_visit_that_was_changed_meanwhile_is_stale(officer, now):
    visit = VisitFactory(state=S.HELD, starts_on=DAY)
    planning.change_visit(visit, version=1, fields={"place": "别处"}, by=officer, at=now)

    with pytest.raises(StaleEdit):
        reporting.report_visit(visit, by=officer, at=now, version=1, minutes="谈过", **NOTHING)
    visit.refresh_from_db()
    assert visit.state == S.HELD


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"outcomes": "twice"}, RuleBroken),
        ({"follow_up": date(2026, 11, 1)}, RuleBroken),
        ({"commitments": [PromiseLine(Side.SCHOOL, CommitmentKind.OTHER, "很" * 301)]}, ValidationError),
    ],
)
def test_a_report_with_one_wrong_row_is_not_written_at_all(officer, now, wrong, error):
    visit, major = VisitFactory(state=S.HELD, starts_on=DAY), MajorFactory()
    said = {**NOTHING, "outcomes": [OutcomeLine(major, 3)], "commitments": [PROMISE], **wrong}
    if wrong.get("outcomes"):
        said["outcomes"] = [OutcomeLine(major, 3), OutcomeLine(major, 4)]
    if wrong.get("follow_up"):
        said["follow_ups"] = [FollowUpLine("寄送", officer, said.pop("follow_up"))]

    with pytest.raises(error):
        reporting.report_visit(visit, by=officer, at=now, minutes="谈过", **said)

    visit.refresh_from_db()
    assert (visit.state, visit.minutes, visit.version) == (S.HELD, "", 1)
    assert (Outcome.objects.count(), Commitment.objects.count(), FollowUp.objects.count()) == (0, 0, 0)
    assert not TimelineEntry.objects.exists()


def test_the_owner_of_a_follow_up_hears_of_it_unless_they_wrote_it(officer, now):
    owner = UserFactory(language="en")
    for who in (owner, officer):
        visit = VisitFactory(state=S.HELD, starts_on=DAY)
        line = FollowUpLine("寄送培养方案", who, date(2026, 12, 1))
        reporting.report_visit(visit, by=officer, at=now, minutes="谈过", **{**NOTHING, "follow_ups": [line]})

    assert list(OutgoingMessage.objects.values_list("recipient", "subject").distinct()) == [
        (owner.pk, "To do until 1 Dec 2026: 寄送培养方案")
    ]


@pytest.mark.django_db(transaction=True)
def test_of_two_reports_at_once_one_is_written(now):
    office = person(Role.OFFICER)
    visit = VisitFactory(state=S.HELD, starts_on=DAY)
    gate, outcomes = threading.Barrier(2), []

    def report(minutes):
        try:
            gate.wait(timeout=10)
            reporting.report_visit(visit, by=office, at=now, minutes=minutes, **{**NOTHING, "commitments": [PROMISE]})
            outcomes.append(minutes)
        except RuleBroken:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=report, args=[text]) for text in ("甲", "乙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    visit.refresh_from_db()
    assert sorted(outcomes) == sorted(["refused", visit.minutes])
    assert (Commitment.objects.count(), visit.moves.count()) == (1, 1)


def test_an_intention_is_noted_by_who_may_report(officer, student, now):
    visit = reported_visit()
    reporting.add_intention(
        visit, kind=IntentionKind.PLAN, name="方案", state=IntentionState.AGREED, by=officer, at=now
    )

    with pytest.raises(PermissionDenied):
        reporting.add_intention(visit, kind=IntentionKind.PLAN, name="方案二", by=student, at=now)
    assert list(Intention.objects.values_list("name", "state")) == [("方案", "agreed")]


def test_evidence_keeps_its_file_or_its_address(officer, now):
    visit = reported_visit()

    reporting.add_evidence(
        visit, kind=EvidenceKind.SIGN_IN_SHEET, name="签到表", file=pdf("a/签到表.pdf"), by=officer, at=now
    )
    reporting.add_evidence(
        visit, kind=EvidenceKind.NEWS, name="报道", url="https://news.example/1", dated_on=DAY, by=officer, at=now
    )

    filed = Evidence.objects.order_by("pk")
    assert [(item.kind, item.name, bool(item.file), item.url) for item in filed] == [
        ("sign_in_sheet", "签到表", True, ""),
        ("news", "报道", False, "https://news.example/1"),
    ]
    assert filed[0].file.name.rpartition("/")[2].startswith("签到表")


def test_a_cancelled_visit_has_no_evidence(officer, now):
    with pytest.raises(RuleBroken, match="has no evidence"):
        reporting.add_evidence(
            VisitFactory(state=S.CANCELLED), kind=EvidenceKind.OTHER, name="照片", by=officer, at=now
        )
    assert not Evidence.objects.exists()


def test_a_follow_up_is_closed_once_with_its_result(officer, now):
    follow_up = FollowUpFactory(owner=person(Role.LEADER))
    reporting.close_follow_up(follow_up, state=FollowUpState.DONE, result=" 已寄出 ", by=follow_up.owner, at=now)

    with pytest.raises(RuleBroken, match="closed already: 已寄出"):
        reporting.close_follow_up(follow_up, state=FollowUpState.DROPPED, result="不用了", by=officer, at=now)

    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.result, follow_up.closed_at) == ("done", "已寄出", now)
    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.text, entry.detail) == (TimelineKind.FOLLOW_UP_DONE, follow_up.what, "done")


@pytest.mark.parametrize(("state", "result"), [(FollowUpState.DONE, "  "), (FollowUpState.OPEN, "已寄出")])
def test_closing_says_what_became_of_it(officer, now, state, result):
    follow_up = FollowUpFactory()

    with pytest.raises(RuleBroken, match="Say what became of it"):
        reporting.close_follow_up(follow_up, state=state, result=result, by=officer, at=now)
    follow_up.refresh_from_db()
    assert follow_up.state == "open"


def test_a_stranger_cannot_close_it_and_a_stale_form_is_told(college_staff, officer, now):
    follow_up = FollowUpFactory(version=2)
    with pytest.raises(PermissionDenied):
        reporting.close_follow_up(follow_up, state=FollowUpState.DONE, result="好", by=college_staff, at=now)
    with pytest.raises(StaleEdit):
        reporting.close_follow_up(follow_up, state=FollowUpState.DONE, result="好", by=officer, at=now, version=1)
    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.closed_at) == ("open", None)


def test_the_clock_of_the_tests_is_noon_in_shanghai(now):
    assert now == datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
