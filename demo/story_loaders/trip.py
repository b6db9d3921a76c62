"""A trip of four days to two enterprises, what was agreed there, and what existed before."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts import services as school_services
from agreements.services.past import file_past_agreement
from demo.story_loaders.stops import agree, existing
from demo.story_loaders.telling import Story, Teller
from partnerships.models.codes import AgreementKind
from programmes.services import mentors
from travel.services.trips import plan_trip
from visits.choices import CampaignPointKind, EvidenceKind, Measure
from visits.models.campaigns import Campaign, Trip
from visits.models.visits import Visit
from visits.services import campaigns, links, reporting

AGREEMENTS = {
    "Shitai Qicai Linghui Intelligent Technology Co., Ltd.": ("order_class", "Agreement on the order class"),
    "Huirun Group": ("training_base", "Agreement on the training centre and the industry college"),
}


def load(story: Story, teller: Teller, *, between: tuple[date, date] | None = None) -> None:
    """`between` gives the campaign days of our own where a whole school is told."""
    campaign = _campaign(story, teller, between)
    trip = _trip(story["trip"], campaign, teller)
    figures = story["figures"]
    campaigns.report_total(
        trip=trip,
        measure=Measure.OPENINGS,
        number=figures["jobs and internships opened"],
        is_minimum=figures["jobs and internships opened is"] == "more than",
        source="Published account",
        by=teller.by,
    )
    for told in story["trip"]["stops"]:
        visit = teller.visit(told, campaign=campaign, trip=trip)
        _stop(visit, told, teller)
    for aim in story["annual_targets"]:
        mentors.set_annual_target(name=aim["name"], number=aim["target"], unit=aim["unit"], by=teller.by)


def _campaign(story: Story, teller: Teller, between: tuple[date, date] | None) -> Campaign:
    starts_on, ends_on = between or (None, None)
    return campaigns.open_campaign(
        name=story["campaign"]["name"],
        starts_on=starts_on,
        ends_on=ends_on,
        points=[(CampaignPointKind.MECHANISM, mechanism) for mechanism in story["mechanisms"]],
        by=teller.by,
        at=teller.at,
    )


def _trip(told: dict[str, Any], campaign: Campaign, teller: Teller) -> Trip:
    days = [date.fromisoformat(f"{told['year']}-{day}") for day in told["month_and_days"]]
    return plan_trip(
        name=told["name"],
        starts_on=days[0],
        ends_on=days[-1],
        is_year_assumed=True,
        campaign=campaign,
        offices=[school_services.add_office(name_zh="", name_en=name) for name in told["offices"]],
        party=[(None, who["name"], who["title"], who.get("leads", False)) for who in told["party"]],
        by=teller.by,
        at=teller.at,
    )


def _stop(visit: Visit, told: dict[str, Any], teller: Teller) -> None:
    """What stands on file of a stop: the agreement, the demand report, what is agreed, what existed."""
    kind, title = AGREEMENTS[told["enterprise"]["name"]]
    agreement = file_past_agreement(
        visit.enterprise, kind=AgreementKind.objects.get(code=kind), title=title, by=teller.by, at=teller.at
    )
    links.link_agreement(visit, agreement, by=teller.by, at=teller.at)
    reporting.add_evidence(
        visit, kind=EvidenceKind.TALENT_DEMAND_REPORT, name="Talent-demand report", by=teller.by, at=teller.at
    )
    college = existing(visit, told["existing"], teller) if "existing" in told else None
    for agreed in told["agreed"]:
        agree(visit, agreed, teller, agreement=agreement, college=college)
