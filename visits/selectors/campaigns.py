"""Campaigns with how far their targets are reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models.people import User
from accounts.models.school import College
from visits.choices import TOOK_PLACE, CampaignPointKind
from visits.models.campaigns import Campaign, CampaignTarget, ReportedTotal
from visits.models.visits import Visit, VisitQuerySet
from visits.selectors import words
from visits.selectors.progress import Number, Progress, Standing, Until, colleges, leaders, numbers, progress
from visits.selectors.tally import tally
from visits.selectors.visits import SORTS, with_rows

VISITS_SHOWN = 10


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
    events: list[words.Words]

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
    """Campaigns with what stands around them (see visits.selectors.words), targets and totals; three queries."""
    named = CampaignTarget.leaders.through._default_manager.filter(campaigntarget=OuterRef("pk")).order_by("user")
    with_leaders = CampaignTarget.objects.annotate(leader_ids=ArraySubquery(named.values("user")))
    rows = Campaign.objects.visible_to(user).annotate(**words.around_a_campaign())
    return rows.prefetch_related(Prefetch("targets", with_leaders.select_related("college")), "reported_totals")


def campaign_page(user: User, campaign: Campaign, *, on: date) -> CampaignPage:
    """Seven queries, whatever the number of visits, targets, colleges and leaders."""
    targets = list(campaign.targets.all())
    counted = tally(user, campaign, roles={target.role for target in targets} - {""}, on=on)
    named = {pk for target in targets for pk in target.leader_ids}  # type: ignore[attr-defined]
    people = {person.pk: person for person in User.objects.filter(pk__in=named | counted.who_led())}
    days, stated = report_days_of(campaign, on=on), latest(campaign.reported_totals.all())
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
        events=words.events_of(campaign),
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


def latest(totals: QuerySet[ReportedTotal]) -> dict[str, ReportedTotal]:
    """The newest total that is stated for each measure."""
    ordered = sorted(totals, key=lambda total: (total.reported_on or date.min, total.pk))
    return {total.measure: total for total in ordered}
