"""Needs of enterprises to which nobody has said anything for some working days; reads only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models.people import User
from core.days import moments
from notifications.choices import Counting, Matter
from notifications.occasions import Asked, Occasion, Rule, Words
from notifications.terms import Terms
from partnerships.models.needs import Need


def _words(need: Need, since: date, to: User) -> Words:
    return {
        "enterprise": str(need.enterprise),
        "kind": need.get_kind_display(),
        "need": need.description,
        "headcount": need.headcount or 0,
        "wanted_by": need.wanted_by,
        "since": since,
    }


def _needs(asked: Asked) -> Iterator[Occasion]:
    """Open needs by the day of the last word on them: recorded, changed, or confirmed as still wanted."""
    first, last = asked.around
    rows = Need.objects.open().filter(confirmed_at__range=moments(first, last), enterprise__archived_at=None)
    office = list(User.objects.holding(Role.OFFICER, on=asked.today).order_by("pk"))
    waiting = asked.narrowed(rows).select_related("enterprise__owner", "owner").order_by("confirmed_at", "pk")
    for need in waiting.iterator(chunk_size=2000):
        assert need.confirmed_at is not None  # noqa: S101 - asked above
        on = timezone.localdate(need.confirmed_at)
        mark = asked.mark_of(on)
        if mark is not None:
            owners = [each for each in (need.enterprise.owner, need.owner) if each is not None and each.is_active]
            yield Occasion(
                subject_id=need.pk,
                on=on,
                mark=mark,
                people={"owner": owners[:1], "office": [] if owners else office},
                words=partial(_words, need, on),
                link=reverse("partnerships:enterprise_needs", args=[need.enterprise_id]),
                enterprise_id=need.enterprise_id,
            )


RULES = (
    Rule(
        slug="partnerships.need",
        name=_("Need without an answer"),
        about=_("An enterprise asked for something, and nothing has been said of it since."),
        matter=Matter.ENTERPRISE,
        template="emails/partnerships/need_waits.txt",
        terms=Terms(marks=(5,), every=10, until=60, counting=Counting.WORKING_DAYS, audiences=("owner", "office")),
        audiences={
            "owner": _("Owner of the enterprise, else of the need"),
            "office": _("Employment office, where there is no owner"),
        },
        find=_needs,
    ),
)
