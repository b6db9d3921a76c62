"""Campaigns with how far their targets are reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models.people import User
from visits import counting
from visits.choices import TOOK_PLACE, CampaignPointKind, Measure
from visits.models.campaigns import Campaign, CampaignTarget, ReportedTotal
from visits.models.results import Outcome
from visits.models.visits import Visit, VisitQuerySet
from visits.selectors import words
from visits.selectors.visits import SORTS, with_rows

VISITS_SHOWN = 10


@dataclass(frozen=True)
class Progress:
    """A target and how much of it is reached; a total that a source states stands beside the rows on file."""

    target: CampaignTarget
    on_file: int
    reported: ReportedTotal | None

    @property
    def reached(self) -> int:
        return self.reported.number if self.reported else self.on_file

    @property
    def percent(self) -> int:
        """Rounded down, so that 99.6 is not yet all."""
        return 100 * self.reached // self.target.number if self.target.number else 100

    @property
    def bar(self) -> int:
        return min(self.reached, self.target.number)


@dataclass(frozen=True)
class Stated:
    """A reported total with the rows on file beside it; the two are never added."""

    total: ReportedTotal
    on_file: int


@dataclass(frozen=True)
class CampaignPage:
    progress: list[Progress]
    stated: list[Stated]
    visits: VisitQuerySet
    numbers: dict[str, int]
    points: dict[CampaignPointKind, list[str]]


def campaign_list(user: User) -> QuerySet[Campaign]:
    """Campaigns with how many visits took place in them, as the figure of the campaign counts them."""
    links = Visit.objects.filter(campaigns=OuterRef("pk"), state__in=TOOK_PLACE).order_by().values("campaigns")
    counted = Subquery(links.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    rows = Campaign.objects.visible_to(user).annotate(visit_count=Coalesce(counted, 0))
    return rows.prefetch_related("targets")


def campaign_with_parts(user: User) -> QuerySet[Campaign]:
    """Campaigns with their points and trips (see visits.selectors.words), targets, totals and events; four queries."""
    rows = Campaign.objects.visible_to(user).annotate(**words.around_a_campaign())
    return rows.prefetch_related("targets", "reported_totals", "events")


def numbers_of(visits: VisitQuerySet, campaign: Campaign, wanted: Iterable[str]) -> dict[str, int]:
    """Some measures for some visits of a campaign; three queries at most."""
    inner, wanted, numbers = visits.order_by(), set(wanted), {}
    if wanted & {Measure.VISITS, Measure.ENTERPRISES}:
        numbers = inner.aggregate(visits=Count("pk"), enterprises=Count("enterprise", distinct=True))
    if Measure.NEW_ENTERPRISES in wanted:
        new = counting.new_enterprises(campaign).filter(pk__in=inner.values("enterprise"))
        numbers[Measure.NEW_ENTERPRISES.value] = new.count()
    if Measure.OPENINGS in wanted:
        numbers[Measure.OPENINGS.value] = Outcome.objects.filter(visit__in=inner.values("pk")).places()
    return numbers


def campaign_page(user: User, campaign: Campaign, *, on: date) -> CampaignPage:
    """Four queries, and up to three for each role that has targets, whatever the number of visits."""
    visits, targets = counting.counted_visits(campaign), list(campaign.targets.all())
    numbers = {"": numbers_of(visits, campaign, Measure.values)}
    for role in {target.role for target in targets} - {""}:
        wanted = [target.measure for target in targets if target.role == role]
        numbers[role] = numbers_of(counting.led_by_role(visits, role, on=on), campaign, wanted)
    stated = latest(campaign.reported_totals.all())
    shown = with_rows(Visit.objects.visible_to(user).filter(campaigns=campaign))
    return CampaignPage(
        progress=[
            Progress(target, numbers[target.role][target.measure], None if target.role else stated.get(target.measure))
            for target in targets
        ],
        stated=[Stated(total, numbers[""][total.measure]) for total in stated.values()],
        visits=shown.order_by(*SORTS["newest"])[:VISITS_SHOWN],
        numbers=numbers[""],
        points=words.points_of(campaign),
    )


def latest(totals: QuerySet[ReportedTotal]) -> dict[str, ReportedTotal]:
    """The newest total that is stated for each measure."""
    ordered = sorted(totals, key=lambda total: (total.reported_on or date.min, total.pk))
    return {total.measure: total for total in ordered}
