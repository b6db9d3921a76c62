"""Interview hours: offered, booked, changed, given back, and the last place that two want."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from core.errors import RuleBroken, StaleEdit
from notifications.models.messages import OutgoingMessage
from placements.choices import ApplicationState, PostingState
from placements.models.interviews import InterviewBooking, InterviewSlot
from placements.services.applications import move_application
from placements.services.interviews import book_hour, cancel_hour, change_hour, give_back_hour, offer_hours
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import ContactFactory
from tests.factories.placements import InterviewSlotFactory, PostingFactory, RejectionReasonFactory, invited

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
HALF = timedelta(minutes=30)


def hours(**changes):
    return {"starts_at": NINE, "ends_at": NINE + 3 * HALF, "minutes": 30, "place": "A栋301"} | changes


def standing(application):
    return list(application.bookings.filter(cancelled_at__isnull=True).values_list("slot", flat=True))


def test_several_hours_are_offered_at_once(officer, now):
    posting = PostingFactory()

    offer_hours(posting, **hours(capacity=2, ends_at=NINE + 3 * HALF + timedelta(minutes=10)), by=officer, at=now)

    slots = InterviewSlot.objects.order_by("starts_at")
    assert list(slots.values_list("starts_at", "ends_at", "capacity", "place", "created_by")) == [
        (NINE + place * HALF, NINE + (place + 1) * HALF, 2, "A栋301", officer.pk) for place in range(3)
    ]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"starts_at": datetime(2026, 11, 21, 4, 0, tzinfo=UTC)}, "starts", "begun already"),
        ({"minutes": 120}, "minutes", "Not one interview"),
        ({"ends_at": NINE - HALF}, "minutes", "Not one interview"),
        ({"minutes": 5, "ends_at": NINE + timedelta(hours=10)}, "minutes", "120 hours; at most 48"),
        ({"place": " "}, "place", "Say where"),
    ],
)
def test_hours_that_cannot_be_are_refused_beside_their_field(officer, now, changes, field, words):
    with pytest.raises(RuleBroken, match=words) as refusal:
        offer_hours(PostingFactory(), **hours(**changes), by=officer, at=now)

    assert refusal.value.field == field
    assert not InterviewSlot.objects.exists()


def test_the_same_hours_are_not_offered_twice(officer, now):
    posting = PostingFactory()
    offer_hours(posting, **hours(), by=officer, at=now)

    with pytest.raises(RuleBroken, match="There is an hour at this time already"):
        offer_hours(posting, **hours(starts_at=NINE + HALF, minutes=20), by=officer, at=now)

    assert InterviewSlot.objects.count() == 3


@pytest.mark.parametrize("state", [PostingState.DRAFT, PostingState.WITHDRAWN, PostingState.REJECTED])
def test_no_hours_on_a_posting_that_nobody_can_have_applied_to(officer, now, state):
    with pytest.raises(RuleBroken, match="once a posting has been published"):
        offer_hours(PostingFactory(state=state), **hours(), by=officer, at=now)

    assert not InterviewSlot.objects.exists()


@pytest.mark.parametrize("role", ["college_staff", "leader", "student", "stranger"])
def test_others_offer_change_and_cancel_nothing(request, role, now):
    slot, person = InterviewSlotFactory(), request.getfixturevalue(role)
    posting = slot.posting
    posting.majors.set([MajorFactory()])

    for act in (
        lambda: offer_hours(posting, **hours(starts_at=NINE + 9 * HALF, ends_at=NINE + 10 * HALF), by=person, at=now),
        lambda: change_hour(slot, version=1, capacity=9, place="B", online_url="", by=person, at=now),
        lambda: cancel_hour(slot, by=person, at=now),
    ):
        with pytest.raises(PermissionDenied):
            act()

    assert list(InterviewSlot.objects.values_list("capacity", "place", "cancelled_at")) == [(1, "A栋301", None)]


def test_the_college_of_a_named_major_offers_hours(college, college_staff, now):
    posting = PostingFactory()
    posting.majors.set([MajorFactory(college=college)])

    assert len(offer_hours(posting, **hours(), by=college_staff, at=now)) == 3


def test_a_contact_offers_hours_on_postings_of_their_own_enterprise_only(now):
    posting = PostingFactory()
    own, other = ContactFactory(enterprise=posting.enterprise), ContactFactory()

    with pytest.raises(PermissionDenied, match="not one of your enterprise"):
        offer_hours(posting, **hours(), contact=other, at=now)
    assert not InterviewSlot.objects.exists()

    offer_hours(posting, **hours(), contact=own, at=now)
    assert set(InterviewSlot.objects.values_list("contact", "created_by")) == {(own.pk, None)}


def test_an_invited_student_books_changes_and_gives_back(officer, now):
    posting = PostingFactory(title_en="Editor")
    first, second = offer_hours(posting, **hours(ends_at=NINE + 2 * HALF), by=officer, at=now)
    application = invited(posting)

    book_hour(application, first, by=application.student, at=now)
    assert standing(application) == [first.pk]
    book_hour(application, first, by=application.student, at=now)
    assert InterviewBooking.objects.count() == 1
    book_hour(application, second, by=application.student, at=now)
    assert standing(application) == [second.pk]
    give_back_hour(application, by=application.student, at=now)
    assert standing(application) == []

    assert InterviewBooking.objects.count() == 2
    told = OutgoingMessage.objects.filter(recipient=officer, channel="inbox").order_by("pk")
    name = str(application.student)
    assert [message.subject for message in told] == [
        f"{name} comes to the interview: Editor",
        f"{name} comes to the interview at another hour: Editor",
        "An interview hour is free again: Editor",
    ]


@pytest.mark.parametrize(
    ("state", "slot", "words"),
    [
        (ApplicationState.SHORTLISTED, {}, "Only those who are invited"),
        (ApplicationState.REJECTED, {}, "Only those who are invited"),
        (ApplicationState.INTERVIEW, {"cancelled_at": NINE}, "taken back"),
        (ApplicationState.INTERVIEW, {"starts_at": datetime(2026, 11, 21, 4, 0, tzinfo=UTC)}, "begun already"),
    ],
)
def test_what_cannot_be_booked(now, state, slot, words):
    slot = InterviewSlotFactory(**slot)
    application = invited(slot.posting)
    application.state = state
    application.save()

    with pytest.raises(RuleBroken, match=words):
        book_hour(application, slot, by=application.student, at=now)

    assert not InterviewBooking.objects.exists()


def test_an_hour_of_another_posting_and_of_another_student_is_not_booked(student, officer, now):
    application, slot = invited(), InterviewSlotFactory()

    with pytest.raises(RuleBroken, match="another posting"):
        book_hour(application, slot, by=application.student, at=now)
    for person in (student, officer):
        with pytest.raises(PermissionDenied):
            book_hour(application, InterviewSlotFactory(posting=application.posting), by=person, at=now)

    assert not InterviewBooking.objects.exists()


def test_a_full_hour_is_refused_and_the_booked_one_stays(now):
    mine = InterviewSlotFactory()
    full = InterviewSlotFactory(posting=mine.posting, starts_at=NINE + HALF)
    one, other = invited(mine.posting), invited(mine.posting)
    book_hour(one, mine, by=one.student, at=now)
    book_hour(other, full, by=other.student, at=now)

    with pytest.raises(RuleBroken, match="taken the last place"):
        book_hour(one, full, by=one.student, at=now)

    assert (standing(one), standing(other)) == ([mine.pk], [full.pk])


@pytest.mark.django_db(transaction=True)
def test_two_students_at_the_last_place_get_it_once():
    slot = InterviewSlotFactory(starts_at=timezone.now() + timedelta(days=1))
    both = [invited(slot.posting), invited(slot.posting)]
    start, outcomes = Barrier(2), []

    def press(application):
        start.wait()
        try:
            book_hour(application, slot, by=application.student, at=timezone.now())
            outcomes.append("booked")
        except RuleBroken:
            outcomes.append("full")
        finally:
            connection.close()

    threads = [Thread(target=press, args=[application]) for application in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["booked", "full"]
    assert InterviewBooking.objects.filter(cancelled_at__isnull=True).count() == 1


def test_an_hour_taken_back_frees_its_students_who_are_told(officer, now):
    slot = InterviewSlotFactory(posting__title_en="Editor", capacity=2)
    both = [invited(slot.posting), invited(slot.posting)]
    for application in both:
        book_hour(application, slot, by=application.student, at=now)

    assert cancel_hour(slot, by=officer, at=now) == 2

    assert [standing(application) for application in both] == [[], []]
    told = OutgoingMessage.objects.filter(channel="inbox").order_by("pk")
    assert [(message.recipient, message.subject) for message in told] == [
        (application.student, "Please choose another interview hour: Editor") for application in both
    ]
    with pytest.raises(RuleBroken, match="taken back"):
        cancel_hour(slot, by=officer, at=now)


def test_an_hour_is_not_made_smaller_than_what_is_booked_nor_by_a_stale_form(officer, now):
    slot = InterviewSlotFactory(capacity=2)
    for application in (invited(slot.posting), invited(slot.posting)):
        book_hour(application, slot, by=application.student, at=now)

    with pytest.raises(RuleBroken, match="2 students have booked"):
        change_hour(slot, version=1, capacity=1, place="B", online_url="", by=officer, at=now)
    change_hour(slot, version=1, capacity=3, place="B", online_url="", by=officer, at=now)
    with pytest.raises(StaleEdit):
        change_hour(slot, version=1, capacity=4, place="C", online_url="", by=officer, at=now)

    slot.refresh_from_db()
    assert (slot.capacity, slot.place, slot.version) == (3, "B", 2)


@pytest.mark.parametrize("to", [ApplicationState.REJECTED, ApplicationState.OFFERED, ApplicationState.NO_REPLY])
def test_moving_on_frees_the_hour_that_is_ahead(officer, now, to):
    slot = InterviewSlotFactory()
    application = invited(slot.posting)
    book_hour(application, slot, by=application.student, at=now)

    move_application(application, to, by=officer, at=now, rejection=RejectionReasonFactory())

    assert standing(application) == []


def test_an_hour_that_was_held_stays_on_record(officer, now):
    slot = InterviewSlotFactory()
    application = invited(slot.posting)
    book_hour(application, slot, by=application.student, at=now)

    move_application(application, ApplicationState.OFFERED, by=officer, at=NINE + HALF)

    assert standing(application) == [slot.pk]
