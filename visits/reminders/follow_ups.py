"""What people are reminded of that is to be done after visits; reads only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models.people import User
from notifications.choices import Matter
from notifications.occasions import Asked, Occasion, Rule, Words
from notifications.terms import Terms
from visits.models.results import FollowUp
from visits.reminders.visits import AT_ONCE
from visits.selectors.follow_ups import climbed, late_days
from visits.words import words_of

MOST_LISTED = 20


def follow_up_still_open(subject_id: int, *, now: datetime) -> bool:
    """Asked of what was given to somebody at the moment of sending."""
    return FollowUp.objects.open().filter(pk=subject_id).exists()


def _follow_ups(asked: Asked) -> Iterator[Occasion]:
    near = asked.narrowed(FollowUp.objects.open()).filter(due_on__range=asked.around)
    told = "office" in asked.terms.audiences
    office = list(User.objects.holding(Role.OFFICER, on=asked.today)) if told else []
    for follow_up in near.select_related("owner", "visit__enterprise").iterator(chunk_size=AT_ONCE):
        mark = asked.mark_of(follow_up.due_on)
        if mark is not None:
            late = late_days(follow_up, on=asked.today)
            yield Occasion(
                subject_id=follow_up.pk,
                on=follow_up.due_on,
                mark=mark,
                people={"owner": [follow_up.owner], "office": office},
                words=partial(_words, follow_up, late),
                link=reverse("visits:follow_up_close", args=[follow_up.pk]),
                enterprise_id=follow_up.visit.enterprise_id,
                because={"late": late},
            )


def _words(follow_up: FollowUp, late: int, to: User) -> Words:
    """`late` counts the days since it was due, negative while that is ahead."""
    said = {"what": follow_up.what, "due_on": follow_up.due_on, "ahead": -late, "late": late}
    return {**words_of(follow_up.visit, to), **said}


def _climbed(asked: Asked) -> Iterator[Occasion]:
    """One digest a week to everyone of the office, of which it is the subject: whatever else climbs waits for the
    next.
    """
    monday = asked.today - timedelta(days=asked.today.weekday())
    mark = asked.mark_of(monday)
    rows = climbed(asked.today)
    number = rows.count() if mark is not None else 0
    if mark is None or not number:
        return
    latest = list(rows[:MOST_LISTED])
    for officer in asked.narrowed(User.objects.holding(Role.OFFICER, on=asked.today)).order_by("pk"):
        yield Occasion(
            subject_id=officer.pk,
            on=monday,
            mark=mark,
            people={"office": [officer]},
            words=partial(_list, latest, number, asked.today),
            link=reverse("visits:follow_up_list") + "?state=climbed",
            because={"number": number},
        )


def _list(latest: list[FollowUp], number: int, on: date, to: User) -> Words:
    """The latest ones by name; the rest is a number."""
    items = [
        {
            "what": item.what,
            "enterprise": str(item.visit.enterprise),
            "owner": str(item.owner),
            "late": late_days(item, on=on),
        }
        for item in latest
    ]
    return {"items": items, "number": number, "more": number - len(items)}


RULES = (
    Rule(
        slug="visits.follow_up",
        name=_("Follow-up due"),
        about=_("What is to be done after a visit is due soon, or late."),
        matter=Matter.FOLLOW_UP,
        template="emails/visits/follow_up_due.txt",
        terms=Terms(marks=(-3, 0, 3, 7), until=30, audiences=("owner",)),
        audiences={"owner": _("Owner"), "office": _("Employment office")},
        find=_follow_ups,
    ),
    Rule(
        slug="visits.climbed",
        name=_("Late follow-ups with the office"),
        about=_("Follow-ups are so late that the office sees to them; one list a week."),
        matter=Matter.FOLLOW_UP,
        template="emails/visits/follow_ups_climbed.txt",
        terms=Terms(marks=(0,), until=6, audiences=("office",)),
        audiences={"office": _("Employment office")},
        find=_climbed,
    ),
)
