"""A campaign that counts its employers, and the one visit that its account names."""

from __future__ import annotations

import re
from datetime import date

from accounts import services as school_services
from demo.story_loaders.telling import Story, Teller
from visits.choices import CampaignPointKind, IntentionKind, Measure
from visits.models.campaigns import Campaign
from visits.models.visits import Visit
from visits.services import campaigns, record, reporting

INTENTIONS = {"jobs": IntentionKind.JOBS, "graduation internships": IntentionKind.INTERNSHIPS}
WAYS = {
    "outgoing": "going out: the school travels to the employer",
    "incoming": "inviting in: the employer comes to the school",
    "field": "field visits",
    "online": "online exchange",
}


def load(story: Story, teller: Teller) -> None:
    places = {name: school_services.add_facility(name_zh="", name_en=name) for name in story["school"]["facilities"]}
    campaign = _campaign(story, teller)
    for told in story["visits"]:
        visit = teller.visit(told, campaign=campaign)
        record.show_places(visit, [places[name] for name in told["places_shown"]], by=teller.by)
        _intentions(visit, told["intentions"], teller)
        teller.published(visit, story["published"])


def _campaign(story: Story, teller: Teller) -> Campaign:
    told = story["campaign"]
    ways = [*told["ways"]["directions"], *told["ways"]["modes"]]
    campaign = campaigns.open_campaign(
        name=told["name"],
        document=told["policy"],
        points=[
            *((CampaignPointKind.WAY, WAYS[way]) for way in ways),
            *((CampaignPointKind.NEXT_STEP, step) for step in told["next_steps"]),
        ],
        by=teller.by,
        at=teller.at,
    )
    campaigns.report_total(
        campaign=campaign,
        measure=Measure.ENTERPRISES,
        number=told["employers_negotiated_with"],
        reported_on=date.fromisoformat(story["published"]),
        source="Published account",
        by=teller.by,
    )
    return campaign


def _intentions(visit: Visit, told: list[str], teller: Teller) -> None:
    for name in told:
        year = re.search(r"\b20\d\d\b", name)
        kind = INTENTIONS.get(name.split(" for ")[0], IntentionKind.MECHANISM)
        class_of = int(year.group()) if year else None
        reporting.add_intention(visit, kind=kind, name=name, class_of=class_of, by=teller.by, at=teller.at)
