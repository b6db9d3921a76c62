"""A small campaign with one of everything that figures count, as often as asked."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from accounts.choices import Role
from accounts.models.people import User
from partnerships.choices.agreements import AgreementState, CommitmentState, Side
from placements.choices import ApplicationState
from placements.models.postings import Posting
from tests.factories.accounts import MajorFactory, person, student
from tests.factories.events import EventFactory
from tests.factories.partnerships import AgreementFactory, CommitmentFactory, EnterpriseFactory, ProvinceFactory
from tests.factories.placements import ApplicationFactory, PostingFactory
from tests.factories.visits import CampaignFactory, FollowUpFactory, OutcomeFactory, VisitFactory
from visits.choices import EvidenceKind, IntentionKind, ParticipantPart, VisitState
from visits.models.campaigns import Campaign
from visits.models.results import Evidence, Intention
from visits.models.visits import Participant, Visit

ON = date(2026, 12, 10)
NOW = datetime(2026, 12, 10, 4, 0, tzinfo=UTC)
DAY = date(2026, 11, 20)


@dataclass
class World:
    campaign: Campaign
    leader: User
    visits: list[Visit]


def one_of_everything(times: int = 1, *, campaign: Campaign | None = None, leader: User | None = None) -> World:
    """`times` visits of a campaign to new enterprises, each with all that may come of a visit."""
    campaign = campaign or CampaignFactory()
    leader = leader or person(Role.LEADER, name="陈立", name_en="Chen Li", title="副校长", title_en="Vice President")
    return World(campaign, leader, [_visit(campaign, leader) for _ in range(times)])


def _visit(campaign: Campaign, leader: User) -> Visit:
    enterprise = EnterpriseFactory(province=ProvinceFactory())
    visit = VisitFactory(enterprise=enterprise, starts_on=DAY, state=VisitState.REPORTED, minutes="谈到实习")
    visit.campaigns.add(campaign)
    Participant.objects.create(
        visit=visit, side=Side.SCHOOL, user=leader, name=leader.name, title=leader.title, part=ParticipantPart.LEADS
    )
    Participant.objects.create(visit=visit, side=Side.ENTERPRISE, name="李总", title="总经理")
    major = MajorFactory()
    OutcomeFactory(visit=visit, major=major, posts=5, internships=10)
    FollowUpFactory(visit=visit)
    Evidence.objects.create(visit=visit, kind=EvidenceKind.TALENT_DEMAND_REPORT, name="人才需求调研报告")
    Intention.objects.create(visit=visit, kind=IntentionKind.BASE, name="共建实习基地", class_of=2027)
    agreement = AgreementFactory(enterprise=enterprise, state=AgreementState.SIGNED, signed_on=date(2026, 12, 1))
    visit.agreements.add(agreement)
    promise = CommitmentFactory(enterprise=enterprise, state=CommitmentState.KEPT, agreement=agreement)
    visit.commitments.add(promise)
    posting = PostingFactory(enterprise=enterprise)
    Posting.objects.update(created_at=NOW)
    visit.postings.add(posting)
    applicant = student(major=major, class_of=2027)
    ApplicationFactory(posting=posting, student=applicant, state=ApplicationState.ACCEPTED)
    campaign.events.add(EventFactory())
    return visit
