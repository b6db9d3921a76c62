"""Two at the same moment, on two connections: each thing happens once."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from core.errors import RuleBroken
from notifications.choices import Channel
from notifications.models.messages import OutgoingMessage
from placements.choices import ApplicationState, PostingState
from placements.models.applications import Application, ApplicationMove
from placements.models.interviews import InterviewBooking
from placements.services.applications import close_unanswered, move_application
from placements.services.applying import apply
from placements.services.interviews import book_hour, cancel_hour
from placements.services.postings import move_posting
from tests.factories.accounts import student as make_student
from tests.factories.placements import ApplicationFactory, InterviewSlotFactory, PostingFactory, invited
from tests.servers import wait_until
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def somebody_waits_for_me():
    """Does another connection wait for a row that this one has locked?"""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return cursor.fetchone()[0] > 0


def standing():
    rows = InterviewBooking.objects.filter(cancelled_at__isnull=True)
    return list(rows.order_by("application").values_list("application", "slot"))


def test_whoever_applies_while_the_posting_is_being_closed_waits_and_is_refused(officer):
    posting, student = PostingFactory(), make_student()

    def close():
        with transaction.atomic():
            move_posting(posting, PostingState.CLOSED, by=officer, at=timezone.now())
            wait_until(somebody_waits_for_me)
        return "closed"

    def press():
        wait_until(lambda: not is_free(posting))
        return apply(posting, student=student, at=timezone.now())

    outcomes = together(close, press)

    assert outcomes[0] == "closed"
    assert str(outcomes[1]) == "The posting has been closed and takes no more applications."
    assert not Application.objects.exists()


def is_free(posting):
    """Could somebody lock the posting's row now?"""
    with transaction.atomic():
        return type(posting).objects.select_for_update(skip_locked=True).filter(pk=posting.pk).exists()


def test_two_workers_close_each_unanswered_application_once_and_tell_each_student_once():
    now = timezone.now()
    posting = PostingFactory(answer_by=timezone.localdate(now) - timedelta(days=20), state=PostingState.CLOSED)
    waiting = ApplicationFactory.create_batch(12, posting=posting)
    answered = ApplicationFactory(posting=posting, state=ApplicationState.SHORTLISTED)

    closed = together(*[lambda: close_unanswered(now=now)] * 3)

    assert sum(closed) == 12
    assert set(Application.objects.exclude(pk=answered.pk).values_list("state", "version")) == {("no_reply", 2)}
    moves = ApplicationMove.objects.order_by("application").values_list("application", "state", "by", "contact")
    assert list(moves) == [(each.pk, "no_reply", None, None) for each in waiting]
    told = OutgoingMessage.objects.filter(channel=Channel.INBOX).order_by("recipient")
    assert list(told.values_list("recipient", flat=True)) == sorted(each.student_id for each in waiting)
    answered.refresh_from_db()
    assert answered.state == ApplicationState.SHORTLISTED


def test_an_answer_and_the_end_without_one_at_once_leave_one_of_the_two(officer):
    now = timezone.now()
    application = ApplicationFactory(posting__answer_by=timezone.localdate(now) - timedelta(days=20))

    outcomes = together(
        lambda: move_application(application, ApplicationState.SHORTLISTED, by=officer, at=now, version=1),
        lambda: close_unanswered(now=now),
    )

    application.refresh_from_db()
    is_closed = outcomes[1] == 1
    assert (application.state, application.version) == ("no_reply" if is_closed else "shortlisted", 2)
    assert isinstance(outcomes[0], RuleBroken) == is_closed
    assert application.moves.count() == 1


def test_one_student_with_two_tabs_holds_one_hour():
    first = InterviewSlotFactory(starts_at=timezone.now() + timedelta(days=1))
    second = InterviewSlotFactory(posting=first.posting, starts_at=first.ends_at)
    application = invited(first.posting)

    together(*[lambda slot=slot: book_hour(application, slot, by=application.student, at=timezone.now())
               for slot in (first, second, first)])  # fmt: skip

    assert [pk for pk, _slot in standing()] == [application.pk]
    assert application.bookings.filter(cancelled_at__isnull=True).count() == 1


def test_four_students_at_an_hour_with_two_places_get_them_twice():
    slot = InterviewSlotFactory(starts_at=timezone.now() + timedelta(days=1), capacity=2)
    wanting = [invited(slot.posting) for _ in range(4)]

    outcomes = together(
        *[lambda each=each: book_hour(each, slot, by=each.student, at=timezone.now()) for each in wanting]
    )

    refused = [str(outcome) for outcome in outcomes if isinstance(outcome, RuleBroken)]
    assert refused == ["Somebody else has just taken the last place of this hour. Please choose another."] * 2
    assert [slot for _pk, slot in standing()] == [slot.pk] * 2


def test_an_hour_that_is_taken_back_while_it_is_booked_is_nobody_s(officer):
    slot = InterviewSlotFactory(starts_at=timezone.now() + timedelta(days=1))
    application = invited(slot.posting)

    booked, told = together(
        lambda: book_hour(application, slot, by=application.student, at=timezone.now()),
        lambda: cancel_hour(slot, by=officer, at=timezone.now()),
    )

    assert standing() == []
    assert told == (0 if isinstance(booked, RuleBroken) else 1)
