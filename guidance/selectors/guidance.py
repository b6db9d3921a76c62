"""What the pages of guidance need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.models.people import User
from guidance import rules
from guidance.choices import AppointmentState, Topic
from guidance.models import AdviceNote, AdviceSlot, Adviser, Appointment

SHOWN_DAYS = 28


def free_slots(now: datetime) -> QuerySet[AdviceSlot]:
    """Hours ahead that a student can book."""
    taken = Appointment.objects.filter(slot=OuterRef("pk")).exclude(state=AppointmentState.CANCELLED)
    rows = AdviceSlot.objects.filter(
        withdrawn_at__isnull=True, adviser__is_active=True, starts_at__gt=now,
        starts_at__lt=now + timedelta(days=SHOWN_DAYS),
    )  # fmt: skip
    return rows.exclude(Exists(taken)).select_related("adviser__user")


def advisers_with_hours(now: datetime) -> QuerySet[Adviser]:
    """Active advisers, each with the hours that are free."""
    rows = Adviser.objects.filter(is_active=True).select_related("user")
    return rows.prefetch_related(Prefetch("slots", free_slots(now), to_attr="free"))


def appointments_of(student: User) -> QuerySet[Appointment]:
    """A student's own, the next one last."""
    return student.appointments.select_related("slot__adviser__user").order_by("-slot__starts_at", "-pk")[:20]


def appointment_for(user: User, pk: int) -> Appointment | None:
    """The student's own, or one that an active adviser may see; nobody else's."""
    rows = Appointment.objects.select_related("slot__adviser__user", "student__student_profile__major")
    return (rows if rules.can_advise(user) else rows.filter(student=user)).filter(pk=pk).first()


def hours_of(adviser: Adviser, now: datetime) -> QuerySet[AdviceSlot]:
    """Hours offered from today on, with who booked them."""
    booked = Appointment.objects.exclude(state=AppointmentState.CANCELLED).select_related("student")
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = adviser.slots.filter(withdrawn_at__isnull=True, starts_at__gte=midnight)
    return rows.prefetch_related(Prefetch("appointments", booked, to_attr="booked"))


def unmarked(adviser: Adviser, now: datetime) -> QuerySet[Appointment]:
    """Past hours of which nobody has said whether the student came."""
    rows = Appointment.objects.filter(slot__adviser=adviser, state=AppointmentState.BOOKED, slot__starts_at__lte=now)
    return rows.select_related("slot", "student")


def notes_of(student: User) -> QuerySet[AdviceNote]:
    """For advisers alone; ask rules.can_advise first."""
    return AdviceNote.objects.filter(student=student).select_related("by")


@dataclass(frozen=True)
class TopicLine:
    """How many appointments about a topic came to what."""

    topic: str
    booked: int
    held: int
    missed: int
    cancelled: int
    students: int


def numbers(year: int) -> list[TopicLine]:
    """Counts of a year per topic, and of all at the end; nobody is named."""
    rows = Appointment.objects.filter(slot__starts_at__year=year).order_by()
    each = {state.value: Count("pk", filter=Q(state=state)) for state in AppointmentState}
    came = Count("student", filter=Q(state=AppointmentState.HELD), distinct=True)
    counted = list(rows.values("topic").annotate(**each, students=came).values_list("topic", *each, "students"))
    by_topic = {topic: dict(zip((*each, "students"), found, strict=True)) for topic, *found in counted}
    nothing = dict.fromkeys((*each, "students"), 0)
    lines = [TopicLine(str(topic.label), **by_topic.get(topic.value, nothing)) for topic in Topic]
    return [*lines, TopicLine("", **rows.aggregate(**each, students=came))]


def years(this_year: int) -> list[int]:
    """Years with appointments, and this one."""
    found = {day.year for day in Appointment.objects.datetimes("slot__starts_at", "year")}
    return sorted(found | {this_year}, reverse=True)
