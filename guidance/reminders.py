"""What people are reminded of around guidance: appointments of the next day; reads only."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from guidance.choices import AppointmentState
from guidance.models import Appointment
from notifications.choices import Matter
from notifications.occasions import Asked, Occasion, Rule, Words
from notifications.terms import Terms


def words_of(appointment: Appointment, what: str, to: User) -> Words:
    """`what` is booked, changed, left, cancelled or tomorrow. The question is in nobody's mail."""
    slot = appointment.slot
    return {
        "what": what,
        "with": str(slot.adviser.user if to.pk == appointment.student_id else appointment.student),
        "topic": appointment.get_topic_display(),
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
        "place": slot.place,
        "online_url": slot.online_url,
    }


def _appointments(asked: Asked) -> Iterator[Occasion]:
    booked = Appointment.objects.filter(state=AppointmentState.BOOKED, slot__starts_at__gt=asked.now)
    near = asked.narrowed(booked).filter(slot__starts_at__date__lte=asked.around[1])
    for each in near.select_related("slot__adviser__user", "student"):
        starts_at = timezone.localtime(each.slot.starts_at)
        mark = asked.mark_of(starts_at.date())
        if mark is not None:
            yield Occasion(
                subject_id=each.pk,
                on=starts_at.date(),
                mark=mark,
                more=f"{starts_at:%H%M}",
                people={"student": [each.student], "adviser": [each.slot.adviser.user]},
                words=partial(words_of, each, "tomorrow"),
                link=reverse("guidance:appointment", args=[each.pk]),
            )


RULES = (
    Rule(
        slug="guidance.appointment",
        name=_("Appointment tomorrow"),
        about=_("An appointment with an adviser is near."),
        matter=Matter.GUIDANCE,
        template="emails/guidance/appointment.txt",
        terms=Terms(marks=(-1,), until=0, audiences=("student", "adviser")),
        audiences={"student": _("Student"), "adviser": _("Adviser")},
        find=_appointments,
    ),
)
