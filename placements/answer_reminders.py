"""Answers that were promised and are not there: who is reminded of them before the day and on it; reads only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models.people import User
from notifications.choices import Matter
from notifications.occasions import Asked, Occasion, Rule, Words
from notifications.terms import Terms
from placements.choices import STANDING
from placements.models.postings import Posting
from placements.reminders import who_looks_after
from placements.selectors.answers import unanswered

LEAD_DAYS = 3


def _answers(asked: Asked) -> Iterator[Occasion]:
    """Until they are closed without a reply, whatever the terms say."""
    first, last = asked.around
    first = max(first, asked.today - timedelta(days=settings.NO_REPLY_AFTER_DAYS))
    postings = asked.narrowed(Posting.objects.filter(state__in=STANDING, answer_by__range=(first, last)))
    waiting: dict[int, int] = dict(
        unanswered().filter(posting__in=postings).order_by().values_list("posting").annotate(Count("pk"))
    )
    found = list(postings.filter(pk__in=waiting).select_related("created_by", "enterprise__owner"))
    office = list(User.objects.holding(Role.OFFICER, on=asked.today)) if found else []
    for posting in found:
        on = posting.answer_by
        mark = asked.mark_of(on) if on is not None else None
        if on is not None and mark is not None:
            yield Occasion(
                subject_id=posting.pk,
                on=on,
                mark=mark,
                people={"staff": who_looks_after(posting) or office},
                words=partial(_words, posting, on, waiting[posting.pk], (on - asked.today).days),
                link=reverse("placements:board", args=[posting.pk]),
                enterprise_id=posting.enterprise_id,
                because={"waiting": waiting[posting.pk]},
            )


def _words(posting: Posting, answer_by: date, waiting: int, days: int, to: User) -> Words:
    """`closes_on` is the last day on which an answer still counts; afterwards it is closed without one."""
    return {
        "posting": str(posting), "enterprise": str(posting.enterprise), "waiting": waiting, "answer_by": answer_by,
        "closes_on": answer_by + timedelta(days=settings.NO_REPLY_AFTER_DAYS), "days": days,
    }  # fmt: skip


RULES = (
    Rule(
        slug="placements.answers",
        name=_("Answers promised"),
        about=_("Applicants wait for an answer whose promised day is near or past."),
        matter=Matter.APPLICATION,
        template="emails/placements/answers_due.txt",
        terms=Terms(marks=(-LEAD_DAYS, 0), until=60, audiences=("staff",)),
        audiences={"staff": _("Who looks after the posting, else the employment office")},
        find=_answers,
    ),
)
