"""A year of visits whose numbers are known, around today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.management import call_command
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import User
from partnerships.choices.agreements import AgreementState, CommitmentState
from partnerships.models.codes import Province
from partnerships.models.enterprises import Enterprise
from placements.choices import ApplicationState
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import AgreementFactory, CommitmentFactory, EnterpriseFactory, signed_agreement
from tests.factories.placements import ApplicationFactory, PostingFactory
from tests.factories.visits import (
    CampaignFactory,
    CampaignTargetFactory,
    FollowUpFactory,
    OutcomeFactory,
    VisitFactory,
    led_visit,
)
from visits.choices import FollowUpState, Measure, VisitState
from visits.models.campaigns import Campaign
from visits.models.visits import Visit

# How many enterprises are visited in each province, and how often each of them.
VISITED = {"510000": (8, 2), "320000": (8, 1), "450000": (3, 1), "650000": (1, 1)}
VISITS, ENTERPRISES = 28, 20


@dataclass
class Year:
    campaign: Campaign
    on_today: Visit


def known_year(leader: User, *, today: date) -> Year:
    """28 visits to 20 enterprises in four provinces, and beside them what no figure may count."""
    call_command("load_codes", verbosity=0)
    campaign = CampaignFactory(
        name="2027届访企拓岗专项行动", starts_on=today - timedelta(days=100), ends_on=today + timedelta(days=200)
    )
    targets = ((Measure.VISITS, "", 40), (Measure.ENTERPRISES, "", 25), (Measure.ENTERPRISES, Role.LEADER, 10))
    for measure, role, number in targets:
        CampaignTargetFactory(campaign=campaign, measure=measure, role=role, number=number)
    visits = _visits(campaign, leader, today)
    _what_came_of_them(visits, today)
    _agreements([visit.enterprise for visit in visits], leader, today)
    _applications(visits[0].enterprise, today)
    return Year(campaign, _not_counted(campaign, leader, visits[0].enterprise, today))


def _visits(campaign: Campaign, leader: User, today: date) -> list[Visit]:
    """The first two are led by leadership."""
    visits: list[Visit] = []
    for code, (enterprises, times) in VISITED.items():
        province = Province.objects.get(code=code)
        for enterprise in EnterpriseFactory.create_batch(enterprises, province=province):
            for _time in range(times):
                day = today - timedelta(days=3 * len(visits) + 1)
                fields = {"enterprise": enterprise, "starts_on": day, "state": VisitState.HELD}
                visits.append(led_visit(leader, **fields) if len(visits) < 2 else VisitFactory(**fields))
    campaign.visits.add(*visits)
    return visits


def _what_came_of_them(visits: list[Visit], today: date) -> None:
    for visit in visits[:4]:
        OutcomeFactory(visit=visit, major=MajorFactory(), posts=5, internships=10)
    for visit, state in zip(visits, (FollowUpState.OPEN, FollowUpState.OPEN, FollowUpState.DONE), strict=False):
        FollowUpFactory(visit=visit, state=state, due_on=today + timedelta(days=9))
    for visit, state, due in (
        (visits[0], CommitmentState.KEPT, -30),
        (visits[1], CommitmentState.NOT_KEPT, -30),
        (visits[2], CommitmentState.OPEN, 30),
    ):
        due_on = today + timedelta(days=due)
        visit.commitments.add(CommitmentFactory(enterprise=visit.enterprise, state=state, due_on=due_on))


def _agreements(enterprises: list[Enterprise], owner: User, today: date) -> None:
    """Five in force, two of them near their end; the one from before the campaign makes its enterprise an old one."""
    begun = {"starts_on": today - timedelta(days=50), "signed_on": today - timedelta(days=60), "owner": owner}
    for days, title in ((20, "影视后期实习基地协议"), (60, "订单班合作协议"), (400, ""), (500, "")):
        more = {"title": title} if title else {}
        signed_agreement(enterprise=enterprises[0], ends_on=today + timedelta(days=days), **begun, **more)
    old = {**begun, "signed_on": today - timedelta(days=600), "starts_on": today - timedelta(days=600)}
    signed_agreement(enterprise=enterprises[-1], ends_on=today + timedelta(days=600), **old)
    signed_agreement(enterprise=enterprises[0], ends_on=today - timedelta(days=1), **begun)
    for state in (AgreementState.DRAFT, AgreementState.DRAFT, AgreementState.IN_REVIEW, AgreementState.ENDED):
        AgreementFactory(enterprise=enterprises[0], state=state, signed_on=None)


def _applications(enterprise: Enterprise, today: date) -> None:
    posting = PostingFactory(enterprise=enterprise)
    sent = timezone.make_aware(datetime(today.year, today.month, today.day, 9)) - timedelta(days=5)
    S = ApplicationState
    for state in (S.SUBMITTED, S.SUBMITTED, S.SUBMITTED, S.ACCEPTED, S.ACCEPTED, S.REJECTED):
        ApplicationFactory(posting=posting, state=state, submitted_at=sent)
    ApplicationFactory(posting=posting, submitted_at=sent - timedelta(days=200))  # before the campaign


def _not_counted(campaign: Campaign, leader: User, enterprise: Enterprise, today: date) -> Visit:
    """Cancelled, planned, or outside the campaign; returns the one that is on today."""
    VisitFactory(enterprise=enterprise, starts_on=today - timedelta(days=90), state=VisitState.HELD)
    on_today = led_visit(leader, enterprise=enterprise, starts_on=today, state=VisitState.CONFIRMED)
    campaign.visits.add(on_today, VisitFactory(enterprise=enterprise, starts_on=today, state=VisitState.CANCELLED))
    return on_today
