"""What a visit adds to each figure, and which figures a change after the check has moved.

An Amendment keeps in `moved`, for the whole school ("school") and for each campaign ("c12"), the visit's share in a
measure before and after: {"school": {"posts": [5, 8]}}.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from partnerships.choices.agreements import Side
from visits import counting
from visits.choices import Direction, EvidenceKind, Measure, ParticipantPart
from visits.models.campaigns import Campaign
from visits.models.reports import Amendment
from visits.models.visits import Participant, Visit, VisitQuerySet

SCHOOL = "school"
# What is shared out beside the measures of campaigns; reports.selectors.amended says which figure counts which.
MORE = {
    "outgoing": _("Visits going out"),
    "incoming": _("Enterprises received"),
    "posts": _("Posts offered"),
    "internships": _("Internships offered"),
    "leaders": _("Leaders who visited"),
    "school_people": _("Participants from the school"),
    "enterprise_people": _("Participants from enterprises"),
    "intentions": _("Intentions"),
    "demand_reports": _("Talent-demand reports"),
}
Shares = dict[str, dict[str, int]]


@dataclass(frozen=True)
class MovedBy:
    """One change after the check and what it did to one measure."""

    amendment: Amendment
    before: int
    after: int

    @property
    def difference(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class Moved:
    """A measure that was changed after the check: how often, by how much, since when and why."""

    label: str
    lines: tuple[MovedBy, ...]

    @property
    def times(self) -> int:
        return len(self.lines)

    @property
    def up(self) -> int:
        return sum(max(line.difference, 0) for line in self.lines)

    @property
    def down(self) -> int:
        return sum(max(-line.difference, 0) for line in self.lines)

    @property
    def since(self) -> datetime:
        return min(line.amendment.at for line in self.lines)


def label_of(measure: str) -> str:
    return str(MORE[measure] if measure in MORE else Measure(measure).label)


def scope_of(campaign: Campaign | None) -> str:
    return SCHOOL if campaign is None else f"c{campaign.pk}"


def shares_of(visit: Visit, campaigns: Iterable[Campaign]) -> Shares:
    """What a visit adds to every measure of the school and of these campaigns; nothing where it does not count."""
    counted = {None, *campaigns}
    return {scope_of(campaign): _shares_in(visit, campaign) for campaign in counted}


def _shares_in(visit: Visit, campaign: Campaign | None) -> dict[str, int]:
    """The share in a distinct count is one where no other visit holds it."""
    visits = counting.counted_visits(campaign)
    if not visits.filter(pk=visit.pk).exists():
        return {}
    others: VisitQuerySet = visits.exclude(pk=visit.pk).order_by()
    alone = not others.filter(enterprise=visit.enterprise_id).exists()
    is_new = alone and counting.new_enterprises(campaign).filter(pk=visit.enterprise_id).exists()
    places = visit.outcomes.order_by().aggregate(posts=Sum("posts"), internships=Sum("internships"))
    posts, internships = places["posts"] or 0, places["internships"] or 0
    reports = visit.evidence.filter(kind=EvidenceKind.TALENT_DEMAND_REPORT)
    return {
        Measure.VISITS.value: 1,
        Measure.ENTERPRISES.value: int(alone),
        Measure.NEW_ENTERPRISES.value: int(is_new),
        Measure.OPENINGS.value: posts + internships,
        "posts": posts,
        "internships": internships,
        "outgoing": int(visit.direction == Direction.OUTGOING),
        "incoming": int(visit.direction == Direction.INCOMING),
        "intentions": visit.intentions.count(),
        "demand_reports": reports.count(),
        **_people(visit, others),
    }


def _people(visit: Visit, others: VisitQuerySet) -> dict[str, int]:
    there = list(visit.participants.filter(was_present=True))
    leading = Participant.objects.filter(side=Side.SCHOOL, part=ParticipantPart.LEADS, was_present=True)
    elsewhere = set(leading.filter(visit__in=others.values("pk")).values_list("user", flat=True))
    led = {
        person.user_id
        for person in there
        if person.side == Side.SCHOOL and person.part == ParticipantPart.LEADS and person.user_id
    }
    return {
        "leaders": len(led - elsewhere),
        "school_people": sum(person.side == Side.SCHOOL for person in there),
        "enterprise_people": sum(person.side == Side.ENTERPRISE for person in there),
    }


def moved_between(before: Shares, after: Shares) -> dict[str, dict[str, list[int]]]:
    """What an Amendment keeps: only what became different."""
    moved: dict[str, dict[str, list[int]]] = {}
    for scope in {**before, **after}:
        was, now = before.get(scope, {}), after.get(scope, {})
        pairs = {name: [was.get(name, 0), now.get(name, 0)] for name in {**was, **now}}
        if changed := {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}:
            moved[scope] = changed
    return moved


def moved_measures(campaign: Campaign | None, *, among: Q | None = None) -> dict[str, Moved]:
    """Every measure of a campaign, or of the school, that a change after the check has moved; one query.

    `among` narrows to some visits: those of a trip or of a province.
    """
    scope, lines = scope_of(campaign), defaultdict(list)
    rows = Amendment.objects.filter(moved__has_key=scope).select_related("visit__enterprise", "by")
    for amendment in rows.filter(among or Q()).order_by("-at", "-pk"):
        for measure, (before, after) in amendment.moved[scope].items():
            lines[measure].append(MovedBy(amendment, before, after))
    return {measure: Moved(label_of(measure), tuple(found)) for measure, found in lines.items()}


def moved_in_campaign(campaign: Campaign) -> list[Moved]:
    """For the page of a campaign: its own measures, in their order."""
    found = moved_measures(campaign)
    return [found[measure] for measure in Measure.values if measure in found]
