"""Moves by the enterprise, of many at once, rejections with a reason, notes, and what closes by itself."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from core.errors import RuleBroken
from notifications.models.messages import OutgoingMessage
from placements import rules, tasks
from placements.choices import ApplicationState, PostingState
from placements.models.applications import Application, ApplicationMove, ApplicationNote, RejectionReason
from placements.selectors.postings import response_rate
from placements.services.applications import close_unanswered, move_application
from placements.services.bulk_moves import move_applications
from placements.services.notes import write_note
from placements.services.reasons import keep_reason
from tests.factories.accounts import MajorFactory
from tests.factories.accounts import student as make_student
from tests.factories.partnerships import ContactFactory
from tests.factories.placements import ApplicationFactory, PostingFactory, RejectionReasonFactory

pytestmark = pytest.mark.django_db
STUDENT_OR_SCHOOL = [
    ApplicationState.ACCEPTED,
    ApplicationState.DECLINED,
    ApplicationState.WITHDRAWN,
    ApplicationState.NO_REPLY,
    ApplicationState.SUBMITTED,
]


def fields(reason, **changes):
    names = ("code", "name_zh", "name_en", "text_zh", "text_en", "is_active")
    return {name: getattr(reason, name) for name in names} | changes


def test_a_contact_moves_applications_to_postings_of_their_enterprise(now):
    application = ApplicationFactory()
    contact = ContactFactory(enterprise=application.posting.enterprise)

    move_application(application, ApplicationState.SHORTLISTED, contact=contact, at=now)

    assert list(application.moves.values_list("state", "by", "contact")) == [("shortlisted", None, contact.pk)]
    assert OutgoingMessage.objects.filter(recipient=application.student).count() == 2


@pytest.mark.parametrize("to", STUDENT_OR_SCHOOL)
def test_a_contact_neither_decides_for_the_student_nor_closes_without_reply(now, to):
    application = ApplicationFactory(state=ApplicationState.OFFERED)
    contact = ContactFactory(enterprise=application.posting.enterprise)

    with pytest.raises(PermissionDenied):
        move_application(application, to, contact=contact, at=now)

    application.refresh_from_db()
    assert application.state == ApplicationState.OFFERED
    assert not application.moves.exists()


def test_a_contact_of_another_enterprise_or_who_left_moves_nothing(now, today):
    application = ApplicationFactory()
    left = ContactFactory(enterprise=application.posting.enterprise, to_on=today - timedelta(days=1))

    for contact in (ContactFactory(), left):
        with pytest.raises(PermissionDenied):
            move_application(application, ApplicationState.SEEN, contact=contact, at=now)

    application.refresh_from_db()
    assert (application.state, application.version) == ("submitted", 1)
    assert not OutgoingMessage.objects.exists()


def test_a_move_names_exactly_one_who_acts(officer, now):
    application = ApplicationFactory()

    for who in ({}, {"by": officer, "contact": ContactFactory(enterprise=application.posting.enterprise)}):
        with pytest.raises(TypeError):
            move_application(application, ApplicationState.SEEN, **who, at=now)

    assert not application.moves.exists()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_kind_text_of_the_reason_reaches_the_student_in_their_language(officer, now, language):
    application = ApplicationFactory(student=make_student(language=language))
    reason = RejectionReasonFactory()

    move_application(application, ApplicationState.REJECTED, by=officer, at=now, rejection=reason)

    application.refresh_from_db()
    assert (application.rejection, application.reason) == (reason, "")
    mail, other = (reason.text_en, reason.text_zh) if language == "en" else (reason.text_zh, reason.text_en)
    body = OutgoingMessage.objects.get(channel="email").body
    assert mail in body
    assert other not in body


def test_a_reason_stays_with_rejections_only(officer, now):
    application = ApplicationFactory()

    move_application(application, ApplicationState.SEEN, by=officer, at=now, rejection=RejectionReasonFactory())

    application.refresh_from_db()
    assert application.rejection is None


def test_each_of_many_is_moved_and_each_that_cannot_be_is_told(officer, now):
    posting = PostingFactory()
    fresh, ended, stale, there = (
        ApplicationFactory(posting=posting, state=state) for state in ("submitted", "withdrawn", "seen", "shortlisted")
    )

    outcome = move_applications(
        [(fresh, 1), (ended, 1), (stale, 7), (there, 1)], ApplicationState.SHORTLISTED, by=officer, at=now
    )

    assert outcome.moved == [fresh]
    assert outcome.already == [there]
    assert [application for application, _why in outcome.refused] == [ended, stale]
    assert "cannot become" in outcome.refused[0][1]
    assert "Someone else saved" in outcome.refused[1][1]
    assert dict(Application.objects.values_list("pk", "state")) == {
        fresh.pk: "shortlisted", ended.pk: "withdrawn", stale.pk: "seen", there.pk: "shortlisted",
    }  # fmt: skip
    assert ApplicationMove.objects.count() == 1


def test_of_many_those_of_another_college_are_refused(college, college_staff, now):
    own = ApplicationFactory(student=make_student(major=MajorFactory(college=college)))
    other = ApplicationFactory()

    outcome = move_applications([(own, 1), (other, 1)], ApplicationState.SEEN, by=college_staff, at=now)

    assert outcome.moved == [own]
    assert [application for application, _why in outcome.refused] == [other]
    other.refresh_from_db()
    assert other.state == "submitted"


def test_notes_are_written_by_staff_of_the_student_and_by_their_enterprise(officer, college, college_staff, now):
    application = ApplicationFactory(student=make_student(major=MajorFactory(college=college)))
    contact = ContactFactory(enterprise=application.posting.enterprise)

    write_note(application, text=" 先打电话 ", by=officer, at=now)
    write_note(application, text="二", by=college_staff, at=now)
    write_note(application, text="三", contact=contact, at=now)

    assert list(ApplicationNote.objects.values_list("text", "by", "contact", "at")) == [
        ("先打电话", officer.pk, None, now),
        ("二", college_staff.pk, None, now),
        ("三", None, contact.pk, now),
    ]


@pytest.mark.parametrize("role", ["college_staff", "leader", "stranger", "student"])
def test_others_write_no_note(request, role, now):
    application = ApplicationFactory()

    for who in ({"by": request.getfixturevalue(role)}, {"contact": ContactFactory()}, {"by": application.student}):
        with pytest.raises(PermissionDenied):
            write_note(application, text="一", **who, at=now)

    assert not ApplicationNote.objects.exists()


def test_an_empty_note_is_refused(officer, now):
    with pytest.raises(RuleBroken, match="empty"):
        write_note(ApplicationFactory(), text="  ", by=officer, at=now)

    assert not ApplicationNote.objects.exists()


def test_the_office_keeps_the_list_of_reasons(officer):
    reason = keep_reason(None, fields=fields(RejectionReasonFactory.build(code="late")), by=officer)

    keep_reason(reason, fields={"name_en": "Too late", "is_active": False}, by=officer)

    reason.refresh_from_db()
    assert (reason.code, reason.name_en, reason.is_active) == ("late", "Too late", False)


@pytest.mark.parametrize("role", ["college_staff", "leader", "student", "stranger"])
def test_nobody_else_keeps_the_list(request, role):
    reason = RejectionReasonFactory()
    before = RejectionReason.objects.count()

    for record in (reason, None):
        with pytest.raises(PermissionDenied):
            keep_reason(record, fields={"code": "x", "name_en": "y"}, by=request.getfixturevalue(role))

    assert RejectionReason.objects.count() == before
    assert RejectionReason.objects.get(pk=reason.pk).name_en == reason.name_en


@pytest.mark.parametrize(
    ("state", "days", "closes"),
    [
        ("submitted", 15, True), ("seen", 15, True), ("submitted", 14, False), ("shortlisted", 15, False),
        ("interview", 99, False), ("withdrawn", 99, False),
    ],
)  # fmt: skip
def test_what_nobody_answers_closes_a_fortnight_after_the_promised_day(now, today, state, days, closes):
    application = ApplicationFactory(
        posting__answer_by=today - timedelta(days=days), posting__state=PostingState.CLOSED, state=state
    )

    assert (close_unanswered(now=now), close_unanswered(now=now)) == (int(closes), 0)

    application.refresh_from_db()
    assert application.state == ("no_reply" if closes else state)
    moves = [("no_reply", None, None, now)] if closes else []
    assert list(application.moves.values_list("state", "by", "contact", "at")) == moves
    assert OutgoingMessage.objects.count() == 2 * closes


def test_without_a_promise_nothing_closes_by_itself(now):
    ApplicationFactory(posting__closes_on=date(2020, 1, 1), posting__opens_on=None)

    assert close_unanswered(now=now) == 0


def test_the_days_are_a_setting(now, today, settings):
    settings.NO_REPLY_AFTER_DAYS = 3
    ApplicationFactory(posting__answer_by=today - timedelta(days=4))

    assert close_unanswered(now=now) == 1


def test_the_student_is_told_kindly_and_it_counts_in_the_response_rate(now, today):
    application = ApplicationFactory(posting__answer_by=today - timedelta(days=20), posting__title_en="Editor")
    enterprise = application.posting.enterprise
    answered = ApplicationFactory(posting__enterprise=enterprise, state="rejected")
    answered.moves.create(state="rejected", at=now)

    close_unanswered(now=now)
    application.posting.answer_by = None
    application.posting.save()

    mail = OutgoingMessage.objects.get(channel="email")
    assert mail.subject == "Your application was closed without a reply: Editor"
    with translation.override("en"):
        assert "An answer was promised by 1 Nov 2026. We are sorry that you waited in vain" in mail.body
    rate = response_rate(enterprise, on=today)
    assert (rate.answered, rate.due) == (1, 2)


def test_the_task_closes_what_is_due():
    application = ApplicationFactory(posting__answer_by=date(2020, 1, 1))

    tasks.close_unanswered()

    application.refresh_from_db()
    assert application.state == "no_reply"


def test_a_student_who_is_staff_reads_no_notes_about_themselves(college, college_staff):
    application = ApplicationFactory(student=college_staff)

    assert not rules.can_note(college_staff, application)
