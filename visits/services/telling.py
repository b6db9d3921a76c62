"""What others hear of a visit: the enterprise's timeline, and messages to the people concerned."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.urls import reverse
from django.utils import translation

from accounts.models.people import User
from notifications.choices import Matter
from notifications.services.notifying import notify
from partnerships.changes import Change
from partnerships.choices.timeline import TimelineKind
from partnerships.services import timeline
from visits.models.handover import HandOver
from visits.models.results import FollowUp
from visits.models.visits import Visit
from visits.selectors.handover import DUTIES
from visits.words import words_of


def on_timeline(
    visit: Visit,
    kind: TimelineKind,
    *,
    by: User,
    at: datetime,
    text: str = "",
    detail: str = "",
    changes: list[Change] | None = None,
) -> None:
    """One entry on the file of the enterprise, with the way to the visit."""
    link = reverse("visits:visit", args=[visit.pk])
    timeline.record(
        visit.enterprise, kind, by=by, at=at, text=text or visit.goal, detail=detail, link=link, changes=changes
    )


def tell_organiser_of_cancelling(visit: Visit, *, by: User, at: datetime, note: str) -> None:
    """Whoever organised it without taking part, unless they called it off; who takes part has an invitation (calendars)
    that is taken back."""
    person = visit.organiser
    if person is None or person == by or visit.participants.filter(user=person).exists():
        return
    notify(
        person,
        key=f"visit:{visit.pk}:cancelled",
        matter=Matter.VISIT,
        template="emails/visits/cancelled.txt",
        context={**words_of(visit, person), "note": note},
        at=at,
        link=reverse("visits:visit", args=[visit.pk]),
    )


def tell_owner(follow_up: FollowUp, *, by: User, at: datetime, word: str = "") -> None:
    """Who is to do something after a visit hears of it at once, unless they wrote it down themselves.

    With a word it was handed to them, or opened again; each time is another message.
    """
    if follow_up.owner == by:
        return
    notify(
        follow_up.owner,
        key=f"follow_up:{follow_up.pk}:given" + (f":{follow_up.version}" if word else ""),
        matter=Matter.FOLLOW_UP,
        template="emails/visits/follow_up_given.txt",
        context={
            **words_of(follow_up.visit, follow_up.owner),
            "what": follow_up.what,
            "due_on": follow_up.due_on,
            "by": str(by),
            "word": word,
        },
        at=at,
        link=reverse("visits:visit", args=[follow_up.visit_id]),
        still_due="visits.follow_up",
        subject_id=follow_up.pk,
    )


def tell_receivers(record: HandOver, *, at: datetime) -> None:
    """One message to each who got something, with numbers by kind; and one when it was moved back."""
    is_back = record.undone_at is not None
    numbers: dict[User, Counter[str]] = {}
    for item in record.items.filter(is_back=is_back).select_related("receiver"):
        numbers.setdefault(item.receiver, Counter())[item.duty] += 1
    for person, counted in numbers.items():
        with translation.override(person.language):
            kinds = [{"label": str(duty.label), "number": counted[duty.code]} for duty in DUTIES if counted[duty.code]]
            context = {
                "kinds": kinds,
                "total": counted.total(),
                "leaver": str(record.leaver),
                "by": str(record.undone_by if is_back else record.by),
                "is_back": is_back,
            }
        notify(
            person,
            key=f"handover:{record.pk}:{'back' if is_back else 'given'}",
            matter=Matter.ENTERPRISE,
            template="emails/visits/handed_over.txt",
            context=context,
            at=at,
            link=reverse("visits:handover_done", args=[record.pk]),
        )
