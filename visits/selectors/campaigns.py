"""Campaigns with how far their targets are reached, and trips with their stops."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models.people import User
from accounts.models.school import College
from partnerships.models.agreements import Agreement
from partnerships.models.codes import Province
from visits import counting
from visits.choices import TOOK_PLACE, CampaignPointKind, Measure
from visits.models.campaigns import Campaign, CampaignTarget, ReportedTotal, Trip, TripMember
from visits.models.visits import Visit, VisitQuerySet
from visits.selectors import words
from visits.selectors.progress import Number, Progress, Standing, Until, colleges, leaders, numbers, progress
from visits.selectors.tally import tally
from visits.selectors.visits import SORTS, with_rows

VISITS_SHOWN = 10
# The rows of some visits behind each measure; a trip has no first day before which an enterprise was new.
COUNTED: dict[Measure, Callable[[VisitQuerySet], QuerySet[Any]]] = {
    Measure.VISITS: lambda visits: visits,
    Measure.ENTERPRISES: counting.enterprises_of,
    Measure.NEW_ENTERPRISES: counting.enterprises_of,
    Measure.PERSON_TIMES: counting.person_times,
    Measure.AGREEMENTS: counting.agreements_of,
    Measure.BASES: counting.bases_of,
    Measure.RECRUITMENTS: counting.recruitments_of,
}


@dataclass(frozen=True)
class ReportDay:
    """A day of reporting as it stands today; `days_left` is below zero once it is past."""

    day: date
    name: str
    reported_on: date | None
    days_left: int

    @property
    def is_ahead(self) -> bool:
        return self.reported_on is None and self.days_left >= 0

    @property
    def days_late(self) -> int:
        """Nobody has said since that it was reported."""
        return -self.days_left if self.reported_on is None and self.days_left < 0 else 0


@dataclass(frozen=True)
class Stated:
    """A reported total with the rows on file beside it; the two are never added."""

    total: ReportedTotal
    on_file: int


@dataclass(frozen=True)
class CampaignPage:
    numbers: list[Number]
    progress: list[Progress]
    colleges: list[Standing]
    leaders: list[Standing]
    stated: list[Stated]
    report_days: list[ReportDay]
    visits: VisitQuerySet
    points: dict[CampaignPointKind, list[str]]

    @property
    def next_report(self) -> ReportDay | None:
        return next((day for day in self.report_days if day.is_ahead), None)


def campaign_list(user: User) -> QuerySet[Campaign]:
    """Campaigns with how many visits took place in them, as the figure of the campaign counts them."""
    links = Visit.objects.filter(campaigns=OuterRef("pk"), state__in=TOOK_PLACE).order_by().values("campaigns")
    counted = Subquery(links.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    rows = Campaign.objects.visible_to(user).annotate(visit_count=Coalesce(counted, 0))
    return rows.prefetch_related("targets")


def campaign_with_parts(user: User) -> QuerySet[Campaign]:
    """Campaigns with what stands around them (see visits.selectors.words), targets, totals and events; four queries."""
    named = CampaignTarget.leaders.through._default_manager.filter(campaigntarget=OuterRef("pk")).order_by("user")
    with_leaders = CampaignTarget.objects.annotate(leader_ids=ArraySubquery(named.values("user")))
    rows = Campaign.objects.visible_to(user).annotate(**words.around_a_campaign())
    return rows.prefetch_related(
        Prefetch("targets", with_leaders.select_related("college")), "reported_totals", "events"
    )


def campaign_page(user: User, campaign: Campaign, *, on: date) -> CampaignPage:
    """Seven queries, whatever the number of visits, targets, colleges and leaders."""
    targets = list(campaign.targets.all())
    counted = tally(user, campaign, roles={target.role for target in targets} - {""}, on=on)
    named = {pk for target in targets for pk in target.leader_ids}  # type: ignore[attr-defined]
    people = {person.pk: person for person in User.objects.filter(pk__in=named | counted.who_led())}
    days, stated = report_days_of(campaign, on=on), _latest(campaign.reported_totals.all())
    until = Until(campaign.starts_on or counted.first_day(), campaign.ends_on or _next_day(days), on)
    shown = with_rows(Visit.objects.visible_to(user).filter(campaigns=campaign))
    return CampaignPage(
        numbers=numbers(counted, campaign),
        progress=[
            progress(target, counted, until, people=people, reported=stated.get(target.measure)) for target in targets
        ],
        colleges=colleges(College.objects.all(), counted, campaign),
        leaders=leaders(people.values(), counted, campaign),
        stated=[Stated(total, counted.number(total.measure)) for total in stated.values()],
        report_days=days,
        visits=shown.order_by(*SORTS["newest"])[:VISITS_SHOWN],
        points=words.points_of(campaign),
    )


def report_days_of(campaign: Campaign, *, on: date) -> list[ReportDay]:
    """The days of reporting of a campaign that was read with its parts, earliest first."""
    rows: list[words.Words] = campaign.report_day_rows  # type: ignore[attr-defined]
    read = date.fromisoformat
    return [
        ReportDay(
            day=read(row["day"]),
            name=row["name"],
            reported_on=read(row["reported_on"]) if row["reported_on"] else None,
            days_left=(read(row["day"]) - on).days,
        )
        for row in rows
    ]


def _next_day(days: list[ReportDay]) -> date | None:
    return next((day.day for day in days if day.is_ahead), None)


def _latest(totals: QuerySet[ReportedTotal]) -> dict[str, ReportedTotal]:
    """The newest total that is stated for each measure."""
    ordered = sorted(totals, key=lambda total: (total.reported_on or date.min, total.pk))
    return {total.measure: total for total in ordered}


@dataclass(frozen=True)
class TripPage:
    stops: list[Visit]
    provinces: list[Province]
    party: list[TripMember]
    stated: list[Stated]


def trip_with_parts(user: User) -> QuerySet[Trip]:
    return Trip.objects.visible_to(user).select_related("campaign").prefetch_related("offices", "reported_totals")


def trip_page(user: User, trip: Trip) -> TripPage:
    """The stops in the order of travel with what was agreed at each; provinces follow from the stops."""
    agreements = Prefetch("agreements", Agreement.objects.visible_to(user), to_attr="shown_agreements")
    stops = list(
        Visit.objects.visible_to(user)
        .filter(trip=trip)
        .select_related("enterprise__province")
        .prefetch_related("topics", "intentions", agreements)
        .order_by("starts_on", "starts_at_time", "pk")
    )
    provinces = {stop.enterprise.province for stop in stops if stop.enterprise.province is not None}
    held = Visit.objects.filter(trip=trip, state__in=TOOK_PLACE).order_by()
    return TripPage(
        stops=stops,
        provinces=sorted(provinces, key=lambda province: province.code),
        party=list(trip.party.all()),
        stated=[Stated(total, _on_file(held, total)) for total in _latest(trip.reported_totals.all()).values()],
    )


def _on_file(held: VisitQuerySet, total: ReportedTotal) -> int:
    """The rows of a trip behind one stated total."""
    if total.measure == Measure.OPENINGS:
        return counting.openings_at(held).places()
    return COUNTED[Measure(total.measure)](held).count()
