"""Nobody is planned into two places at once, and no room is given away twice, unless the planner says so."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models.people import User
from accounts.models.school import Facility
from core.errors import RuleBroken
from visits.models.visits import Visit
from visits.selectors.clashes import Clash, booked_by, clashes_of


class Clashing(RuleBroken):
    """Somebody or a room is taken at that time; `clashes` says by what."""

    def __init__(self, clashes: list[Clash]) -> None:
        self.clashes = clashes
        named = " ".join(words_of(clash) for clash in clashes)
        super().__init__(f"{named} {_('Choose another time, or tick “Plan it all the same”.')}", field="accept_clash")


def words_of(clash: Clash) -> str:
    """Who or what is where and when, as one sentence."""
    visit = clash.visit
    words = _("%(name)s is taken on %(day)s %(time)s: %(enterprise)s.")
    return words % {
        "name": clash.name,
        "day": date_format(visit.starts_on) if visit.starts_on else "",
        "time": hours_of(visit),
        "enterprise": visit.enterprise,
    }


def hours_of(visit: Visit) -> str:
    """From and until; the part of the day, or the whole day, where no hour is known."""
    if visit.starts_at_time is None:
        return str(visit.get_part_of_day_display()) or pgettext("of a visit", "(no hour said)")
    hours = [hour for hour in (visit.starts_at_time, visit.ends_at_time) if hour is not None]
    return "–".join(time_format(hour, "H:i") for hour in hours)


def hold(visit: Visit, people: Collection[int], rooms: Collection[int]) -> None:
    """Lock who goes and the rooms until the end of the transaction: two who plan at once wait for each other.

    Always people before rooms, each in the order of their keys, so that nobody waits in a circle.
    """
    for rows in (User.objects.filter(pk__in=people), Facility.objects.filter(pk__in=rooms)):
        list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))


def refuse(visit: Visit, *, known: Collection[Clash], accept: bool) -> None:
    """Refuse what a written visit newly takes away from another one; asks after `hold`. Raises Clashing.

    `known` are clashes that stood before the change: somebody accepted them already.
    """
    wanted = booked_by(visit)
    hold(visit, wanted.people, wanted.rooms)
    if accept:
        return
    accepted = {clash.key for clash in known}
    new = [clash for clash in clashes_of(wanted, other_than=visit.pk) if clash.key not in accepted]
    if new:
        raise Clashing(new)


def standing(visit: Visit) -> list[Clash]:
    """What a visit clashes with now, before it is changed."""
    return clashes_of(booked_by(visit), other_than=visit.pk)
