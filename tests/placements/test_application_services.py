"""The life of an application."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone, translation

from core.errors import RuleBroken, StaleEdit
from notifications.models.messages import OutgoingMessage
from placements.choices import APPLICATION_NEXT, ApplicationState, PostingState
from placements.models.applications import Application, ApplicationMove
from placements.services.applications import move_application, withdraw_application
from placements.services.applying import AlreadyApplied, apply
from tests.factories.accounts import MajorFactory
from tests.factories.accounts import student as make_student
from tests.factories.placements import ApplicationFactory, PostingFactory

pytestmark = pytest.mark.django_db
STUDENT_MOVES = {ApplicationState.ACCEPTED, ApplicationState.DECLINED, ApplicationState.WITHDRAWN}


def test_applying_keeps_the_letter_the_snapshot_and_the_first_move(now):
    major = MajorFactory(name_zh="动漫设计", name_en="Animation")
    student = make_student(name="刘洋", name_en="Liu Yang", major=major, profile_skills=["Blender"])
    posting = PostingFactory()

    application = apply(posting, student=student, letter="您好", at=now)

    application.refresh_from_db()
    assert (application.state, application.letter, application.submitted_at) == ("submitted", "您好", now)
    assert application.snapshot == {
        "name": "刘洋",
        "name_en": "Liu Yang",
        "number": student.number,
        "email": student.email,
        "phone": "",
        "major": "动漫设计",
        "major_en": "Animation",
        "class_of": 2027,
        "class_name": "",
        "level": "diploma",
        "skills": ["Blender"],
        "languages": [],
        "summary": "",
        "summary_en": "",
    }
    assert list(application.moves.values_list("state", "by", "at")) == [("submitted", student.pk, now)]


def test_the_snapshot_stays_when_the_profile_changes(student, now):
    application = apply(PostingFactory(), student=student, at=now)

    student.student_profile.skills = ["Maya"]
    student.student_profile.save()

    application.refresh_from_db()
    assert application.snapshot["skills"] == []


def test_a_second_application_is_refused_and_names_the_first(student, now):
    posting = PostingFactory()
    first = apply(posting, student=student, letter="一", at=now)

    with pytest.raises(AlreadyApplied) as refusal:
        apply(posting, student=student, letter="二", at=now)

    assert refusal.value.application == first
    assert list(Application.objects.values_list("letter")) == [("一",)]


def test_withdrawing_does_not_free_the_way_for_a_second_application(student, now):
    posting = PostingFactory()
    withdraw_application(apply(posting, student=student, at=now), by=student, at=now)

    with pytest.raises(AlreadyApplied):
        apply(posting, student=student, at=now)

    assert Application.objects.get().state == ApplicationState.WITHDRAWN


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"class_of": 2026}, "Only for the class of 2026"),
        ({"level": "bachelor"}, "Asks for at least: Bachelor"),
        ({"closes_on": date(2026, 11, 20)}, "Applications closed on 20 Nov 2026"),
        ({"state": PostingState.DRAFT}, "The posting is not published"),
        ({"state": PostingState.FILLED}, "All places are filled"),
    ],
)
def test_a_rule_that_blocks_is_named_and_nothing_is_sent(student, now, fields, reason):
    with translation.override("en"), pytest.raises(RuleBroken, match=reason):
        apply(PostingFactory(**fields), student=student, at=now)

    assert not Application.objects.exists()
    assert not ApplicationMove.objects.exists()


def test_another_major_cannot_apply(student, now):
    posting = PostingFactory()
    posting.majors.set([MajorFactory(name_en="Robotics")])

    with translation.override("en"), pytest.raises(RuleBroken, match="Only for Robotics"):
        apply(posting, student=student, at=now)

    assert not Application.objects.exists()


@pytest.mark.parametrize("role", ["officer", "college_staff", "leader", "stranger"])
def test_nobody_but_students_applies(request, role, now):
    with pytest.raises(PermissionDenied):
        apply(PostingFactory(), student=request.getfixturevalue(role), at=now)

    assert not Application.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_make_one_application():
    posting, student = PostingFactory(), make_student()
    start, outcomes = Barrier(4), []

    def press() -> None:
        start.wait()
        try:
            apply(posting, student=student, at=timezone.now())
            outcomes.append("sent")
        except AlreadyApplied as refusal:
            outcomes.append(refusal.application.pk)
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    application = Application.objects.get()
    assert sorted(outcomes, key=str) == [application.pk] * 3 + ["sent"]
    assert application.moves.count() == 1


@pytest.mark.parametrize("state", ApplicationState)
@pytest.mark.parametrize("to", ApplicationState)
def test_an_application_moves_along_its_table_only(officer, now, state, to):
    application = ApplicationFactory(state=state)
    by = application.student if to in STUDENT_MOVES else officer

    if to in APPLICATION_NEXT[state]:
        move_application(application, to, by=by, at=now, reason="原因")
        application.refresh_from_db()
        assert (application.state, application.reason, application.version) == (to, "原因", 2)
        assert list(application.moves.values_list("state", "by", "note")) == [(to, by.pk, "原因")]
    else:
        with pytest.raises(RuleBroken):
            move_application(application, to, by=by, at=now, reason="原因")
        application.refresh_from_db()
        assert (application.state, application.reason, application.version) == (state, "", 1)
        assert not application.moves.exists()
        assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize(
    ("language", "subject"), [("en", "You are invited to an interview: Editor"), ("zh-hans", None)]
)
def test_the_student_is_told_in_their_language_with_a_link(officer, now, language, subject):
    student = make_student(language=language)
    application = ApplicationFactory(student=student, posting__title="剪辑师", posting__title_en="Editor")

    move_application(application, ApplicationState.INTERVIEW, by=officer, at=now)

    messages = OutgoingMessage.objects.all()
    move = application.moves.get()
    assert sorted((m.channel, m.recipient_id, m.link) for m in messages) == [
        ("email", student.pk, f"/applications/{application.pk}/"),
        ("inbox", student.pk, f"/applications/{application.pk}/"),
    ]
    assert {m.key for m in messages} == {f"application:{application.pk}:interview:{move.pk}"}
    if subject:
        assert {m.subject for m in messages} == {subject}
    else:
        assert all("剪辑师" in m.subject and "Editor" not in m.subject for m in messages)


def test_a_student_s_own_move_sends_no_message(now):
    application = ApplicationFactory(state=ApplicationState.OFFERED)

    move_application(application, ApplicationState.ACCEPTED, by=application.student, at=now)

    assert not OutgoingMessage.objects.exists()


def test_a_rejection_needs_a_reason(officer, now):
    application = ApplicationFactory()

    with pytest.raises(RuleBroken, match="Say why"):
        move_application(application, ApplicationState.REJECTED, by=officer, at=now)

    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize("role", ["college_staff", "leader", "stranger", "student"])
def test_others_cannot_move_it_and_nothing_changes(request, role, now):
    application = ApplicationFactory()

    with pytest.raises(PermissionDenied):
        move_application(application, ApplicationState.SEEN, by=request.getfixturevalue(role), at=now)

    application.refresh_from_db()
    assert (application.state, application.version) == ("submitted", 1)
    assert not application.moves.exists()
    assert not OutgoingMessage.objects.exists()


def test_the_office_cannot_accept_for_the_student(officer, now):
    application = ApplicationFactory(state=ApplicationState.OFFERED)

    with pytest.raises(PermissionDenied, match="Only the student decides this"):
        move_application(application, ApplicationState.ACCEPTED, by=officer, at=now)

    application.refresh_from_db()
    assert application.state == ApplicationState.OFFERED


def test_a_student_cannot_withdraw_for_another(student, now):
    application = ApplicationFactory()

    with pytest.raises(PermissionDenied):
        withdraw_application(application, by=student, at=now)

    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED


def test_a_move_on_a_stale_page_is_refused(officer, now):
    application = ApplicationFactory()
    move_application(application, ApplicationState.SEEN, by=officer, at=now, version=1)

    with pytest.raises(StaleEdit):
        move_application(application, ApplicationState.SHORTLISTED, by=officer, at=now, version=1)

    application.refresh_from_db()
    assert application.state == ApplicationState.SEEN
