"""A campaign with two outgoing visits, each led by another leader, whose dates the account does not give."""

from __future__ import annotations

from accounts import services as school_services
from demo.story_loaders.telling import Story, Teller
from events.choices import EventKind
from events.services.events import hold_event
from visits.choices import CampaignPointKind, IntentionKind
from visits.models.campaigns import Campaign
from visits.services import campaigns, reporting

INTENTIONS = {
    "dedicated intern training programme": IntentionKind.PROGRAMME,
    "employment and internship base": IntentionKind.BASE,
}


def load(story: Story, teller: Teller) -> None:
    for name in story["campaign"]["lead_offices"]:
        school_services.add_office(name_zh="", name_en=name)
    campaign = _campaign(story, teller)
    for told in story["visits"]:
        visit = teller.visit(told, campaign=campaign)
        for name in told.get("intentions", []):
            kind = INTENTIONS.get(name, IntentionKind.OTHER)
            reporting.add_intention(visit, kind=kind, name=name, by=teller.by, at=teller.at)
        teller.published(visit, story["published"])
    for told in story["activities"]:
        event = hold_event(kind=EventKind.THEMATIC_EDUCATION, name=told["name"], by=teller.by, at=teller.at)
        campaigns.add_event(campaign, event, by=teller.by)


def _campaign(story: Story, teller: Teller) -> Campaign:
    told = story["campaign"]
    return campaigns.open_campaign(
        name=told["name"],
        document=told["policy"],
        class_of=told["cohort"],
        points=[
            *((CampaignPointKind.PURPOSE, purpose) for purpose in told["purposes"]),
            *((CampaignPointKind.LEAD_OFFICE, office) for office in told["lead_offices"]),
        ],
        by=teller.by,
        at=teller.at,
    )
