"""Hours, appointments and notes."""

from datetime import date, time, timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from core.errors import RuleBroken
from guidance.choices import AppointmentState
from guidance.models import AdviceNote, AdviceSlot, Adviser, Appointment
from guidance.selectors.guidance import free_slots, numbers
from guidance.services.advisers import name_adviser, offer_hours, withdraw_slot
from guidance.services.appointments import book, cancel, change, mark, note
from notifications.choices import Channel
from notifications.delivery import deliver_message
from notifications.models.messages import OutgoingMessage
from tests.factories.accounts import student as make_student
from tests.factories.guidance import AdviserFactory, AppointmentFactory, SlotFactory
from tests.reminding import queue

pytestmark = pytest.mark.django_db
HOURS = {"days": [date(2026, 11, 23)], "starts_at": time(9, 0), "ends_at": time(10, 15), "minutes": 30}


def subjects_to(user) -> list[str]:
    return list(user.messages.filter(channel=Channel.INBOX).order_by("pk").values_list("subject", flat=True))


def test_hours_are_cut_into_slots_and_offered_once(now):
    adviser = AdviserFactory(place="B203")

    assert offer_hours(**HOURS, by=adviser.user, at=now) == 2
    assert offer_hours(**{**HOURS, "ends_at": time(10, 30)}, by=adviser.user, at=now) == 1

    slots = AdviceSlot.objects.all()
    assert [f"{timezone.localtime(slot.starts_at):%H:%M}" for slot in slots] == ["09:00", "09:30", "10:00"]
    assert {slot.place for slot in slots} == {"B203"}


def test_hours_of_the_past_or_too_many_are_refused(now):
    adviser = AdviserFactory()
    years = [date(2026, 11, 23) + timedelta(days=n) for n in range(150)]

    for wrong in ({"days": [date(2026, 11, 20)]}, {"days": years}):
        with pytest.raises(RuleBroken):
            offer_hours(**{**HOURS, **wrong}, by=adviser.user, at=now)

    assert not AdviceSlot.objects.exists()


@pytest.mark.parametrize("role", ["officer", "student", "leader"])
def test_only_advisers_offer_hours(request, role, now):
    with pytest.raises(PermissionDenied):
        offer_hours(**HOURS, by=request.getfixturevalue(role), at=now)

    assert not AdviceSlot.objects.exists()


def test_the_office_names_colleagues_and_nobody_else_does(officer, college_staff, leader, student):
    name_adviser(user=college_staff, fields={"about": "简历"}, by=officer)
    with pytest.raises(RuleBroken):
        name_adviser(user=student, fields={}, by=officer)
    with pytest.raises(PermissionDenied):
        name_adviser(user=leader, fields={}, by=college_staff)

    assert list(Adviser.objects.values_list("user", "about")) == [(college_staff.pk, "简历")]


def test_booking_takes_the_hour_and_tells_the_adviser(student, now):
    slot = SlotFactory()

    appointment = book(slot, topic="resume", question="请看简历", student=student, at=now)

    assert (appointment.state, appointment.question) == (AppointmentState.BOOKED, "请看简历")
    assert not free_slots(now).exists()
    assert subjects_to(slot.adviser.user) == ["Booked: Liu Yang, Résumé and letters"]
    assert "请看简历" not in OutgoingMessage.objects.first().body


def test_an_hour_is_booked_once(student, now):
    slot = AppointmentFactory().slot

    with pytest.raises(RuleBroken, match="Somebody else"):
        book(slot, topic="resume", question="", student=student, at=now)

    assert Appointment.objects.count() == 1


@pytest.mark.parametrize("state", ["withdrawn", "past", "adviser left"])
def test_an_hour_that_is_offered_no_more_is_not_booked(student, now, state):
    fields = {
        "withdrawn": {"withdrawn_at": now},
        "past": {"starts_at": now - timedelta(minutes=1)},
        "adviser left": {"adviser__is_active": False},
    }
    slot = SlotFactory(**fields[state])

    with pytest.raises(RuleBroken, match="no more"):
        book(slot, topic="resume", question="", student=student, at=now)

    assert not Appointment.objects.exists()


def test_a_student_is_not_in_two_places_and_has_three_appointments_at_most(student, now):
    slot = SlotFactory()
    book(slot, topic="resume", question="", student=student, at=now)
    with pytest.raises(RuleBroken, match="at that time"):
        book(SlotFactory(starts_at=slot.starts_at), topic="resume", question="", student=student, at=now)
    for days in (2, 3):
        later = slot.starts_at + timedelta(days=days)
        book(SlotFactory(starts_at=later), topic="resume", question="", student=student, at=now)
    fourth = SlotFactory(starts_at=slot.starts_at + timedelta(days=5))
    with pytest.raises(RuleBroken, match="3 appointments"):
        book(fourth, topic="resume", question="", student=student, at=now)

    assert Appointment.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_who_want_one_hour_at_once_get_one_appointment(now):
    slot = SlotFactory()
    barrier = Barrier(2)
    outcomes: list[str] = []

    def press(student) -> None:
        try:
            barrier.wait()
            outcomes.append(book(slot, topic="resume", question="", student=student, at=now).state)
        except RuleBroken:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=press, args=[make_student()]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["booked", "refused"]
    assert Appointment.objects.count() == 1


def test_moving_to_another_adviser_tells_both(now):
    appointment = AppointmentFactory(student=make_student(name_en="Liu Yang"))
    before, after = appointment.slot, SlotFactory()

    change(appointment, slot=after, topic="contract", question="新", by=appointment.student, at=now)

    appointment.refresh_from_db()
    assert (appointment.slot, appointment.topic, appointment.question) == (after, "contract", "新")
    assert subjects_to(after.adviser.user) == ["Moved to this hour: Liu Yang, Agreements and contracts"]
    assert subjects_to(before.adviser.user) == ["Moved to another adviser: Liu Yang, Agreements and contracts"]
    assert before in free_slots(now)


def test_only_who_booked_changes_an_appointment(student, now):
    appointment = AppointmentFactory()

    with pytest.raises(PermissionDenied):
        change(appointment, slot=appointment.slot, topic="contract", question="", by=student, at=now)

    appointment.refresh_from_db()
    assert appointment.topic == "resume"


@pytest.mark.parametrize("who", ["student", "adviser"])
def test_cancelling_frees_the_hour_and_tells_the_other(now, who):
    appointment = AppointmentFactory()
    adviser = appointment.slot.adviser.user
    by, other = (appointment.student, adviser) if who == "student" else (adviser, appointment.student)

    cancel(appointment, by=by, at=now)
    cancel(appointment, by=by, at=now)

    appointment.refresh_from_db()
    assert (appointment.state, appointment.cancelled_by) == (AppointmentState.CANCELLED, by)
    assert free_slots(now).exists()
    assert (len(subjects_to(other)), subjects_to(by)) == (1, [])


def test_somebody_else_cancels_nothing(officer, now):
    appointment = AppointmentFactory()

    with pytest.raises(PermissionDenied):
        cancel(appointment, by=officer, at=now)

    appointment.refresh_from_db()
    assert appointment.state == AppointmentState.BOOKED


def test_an_adviser_says_afterwards_whether_the_student_came(now):
    appointment = AppointmentFactory()
    adviser = appointment.slot.adviser.user

    with pytest.raises(RuleBroken):
        mark(appointment, AppointmentState.HELD, by=adviser, at=now)
    with pytest.raises(PermissionDenied):
        mark(appointment, AppointmentState.HELD, by=AdviserFactory().user, at=now + timedelta(days=5))
    mark(appointment, AppointmentState.MISSED, by=adviser, at=appointment.slot.starts_at)

    appointment.refresh_from_db()
    assert appointment.state == AppointmentState.MISSED


def test_a_booked_hour_is_not_withdrawn(now):
    appointment, free = AppointmentFactory(), SlotFactory()

    with pytest.raises(RuleBroken):
        withdraw_slot(appointment.slot, by=appointment.slot.adviser.user, at=now)
    withdraw_slot(free, by=free.adviser.user, at=now)

    assert list(AdviceSlot.objects.filter(withdrawn_at__isnull=True)) == [appointment.slot]


@pytest.mark.parametrize("role", ["officer", "admin", "leader", "student"])
def test_who_is_no_adviser_writes_no_note(request, role, now):
    with pytest.raises(PermissionDenied):
        note(AppointmentFactory(), text="备注", by=request.getfixturevalue(role), at=now)

    assert not AdviceNote.objects.exists()


def test_both_are_reminded_once_on_the_day_before(now):
    soon = AppointmentFactory(slot__starts_at=now + timedelta(hours=23))
    AppointmentFactory(slot__starts_at=now + timedelta(days=2))
    AppointmentFactory(slot__starts_at=now + timedelta(hours=2), state=AppointmentState.CANCELLED)

    first = queue(now, "guidance.appointment")
    assert (first, queue(now + timedelta(minutes=10), "guidance.appointment")) == (4, 0)

    inbox = OutgoingMessage.objects.filter(channel=Channel.INBOX).order_by("pk")
    assert list(inbox.values_list("recipient", flat=True)) == [soon.student_id, soon.slot.adviser.user_id]


@pytest.mark.parametrize("change", ["called off", "moved by an hour", "moved by a week"])
def test_an_appointment_that_changed_a_minute_ago_is_not_reminded_of_as_it_was(now, change):
    soon = AppointmentFactory(slot__starts_at=now + timedelta(hours=23))
    queue(now, "guidance.appointment")

    if change == "called off":
        cancel(soon, by=soon.student, at=now)
    else:
        soon.slot.starts_at += timedelta(hours=1) if "hour" in change else timedelta(days=7)
        soon.slot.ends_at += timedelta(days=7)
        soon.slot.save()

    mails = OutgoingMessage.objects.filter(channel=Channel.EMAIL, rule="guidance.appointment")
    assert [deliver_message(mail.pk, now=now + timedelta(minutes=1)) for mail in mails] == [False, False]
    assert list(mails.values_list("state", flat=True)) == ["dropped", "dropped"]


def test_numbers_count_per_topic_and_name_nobody(now):
    student = make_student()
    for days, state in enumerate((AppointmentState.HELD, AppointmentState.HELD, AppointmentState.MISSED)):
        AppointmentFactory(student=student, slot__starts_at=now - timedelta(days=days + 1), state=state)
    AppointmentFactory(topic="contract")

    lines = {line.topic: (line.booked, line.held, line.missed, line.cancelled, line.students) for line in numbers(2026)}

    assert lines["Résumé and letters"] == (0, 2, 1, 0, 1)
    assert lines["Agreements and contracts"] == (1, 0, 0, 0, 0)
    assert lines[""] == (1, 2, 1, 0, 1)
