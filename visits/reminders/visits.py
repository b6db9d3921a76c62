"""What people are reminded of before a visit; reads only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from notifications.choices import Matter
from notifications.occasions import Asked, Occasion, Rule, Words
from notifications.terms import Terms
from partnerships.choices.agreements import Side
from visits.choices import AHEAD, ParticipantPart
from visits.models.visits import Participant, Visit, VisitQuerySet
from visits.words import words_of

AT_ONCE = 2000


def leads(person: Participant) -> bool:
    return person.side == Side.SCHOOL and person.part == ParticipantPart.LEADS


def _ahead(now: datetime) -> VisitQuerySet:
    """Visits that will take place and have not begun."""
    local = timezone.localtime(now)
    today = Q(starts_on=local.date()) & (Q(starts_at_time__isnull=True) | Q(starts_at_time__gt=local.time()))
    visits: VisitQuerySet = Visit.objects.filter(Q(starts_on__gt=local.date()) | today, state__in=AHEAD)
    return visits


def visit_still_ahead(subject_id: int, *, now: datetime) -> bool:
    """Asked of an invitation at the moment of sending: neither called off nor begun."""
    return _ahead(now).filter(pk=subject_id).exists()


def _visits(asked: Asked) -> Iterator[Occasion]:
    near = asked.narrowed(_ahead(asked.now)).filter(starts_on__lte=asked.around[1])
    rows = near.select_related("enterprise", "organiser").prefetch_related("participants__user")
    for visit in rows.iterator(chunk_size=AT_ONCE):
        mark = asked.mark_of(visit.starts_on) if visit.starts_on else None
        if mark is not None and visit.starts_on is not None:
            yield Occasion(
                subject_id=visit.pk,
                on=visit.starts_on,
                mark=mark,
                people={
                    "leader": [person.user for person in visit.participants.all() if leads(person)],
                    "organiser": [visit.organiser],
                },
                words=partial(_words, visit, (visit.starts_on - asked.today).days),
                link=reverse("visits:briefing", args=[visit.pk]),
                enterprise_id=visit.enterprise_id,
                because={"state": visit.state},
            )


def _words(visit: Visit, days: int, to: User) -> Words:
    return {**words_of(visit, to), "days": days}


RULES = (
    Rule(
        slug="visits.visit",
        name=_("Visit ahead"),
        about=_("A visit that will take place is near."),
        matter=Matter.VISIT,
        template="emails/visits/visit_ahead.txt",
        terms=Terms(marks=(-7, -1), until=0, audiences=("leader", "organiser")),
        audiences={"leader": _("Who leads it"), "organiser": _("Organiser")},
        find=_visits,
    ),
)
