"""Campaigns, trips and visits."""

from datetime import UTC, date, datetime

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from accounts.models.people import User
from partnerships.choices.agreements import Side
from tests.factories.accounts import MajorFactory, UserFactory
from tests.factories.partnerships import EnterpriseFactory
from visits.choices import EvidenceKind, IntentionKind, ParticipantPart, VisitState
from visits.models.campaigns import Campaign, CampaignTarget, Trip
from visits.models.reports import DraftPhoto, ReportDraft
from visits.models.results import Evidence, FollowUp, Intention, Outcome
from visits.models.visits import Participant, Visit


class CampaignFactory(DjangoModelFactory):
    class Meta:
        model = Campaign

    name = factory.Sequence(lambda n: f"2026届访企拓岗专项行动{n}")
    class_of = 2027
    starts_on = date(2026, 9, 1)
    ends_on = date(2027, 8, 31)


class CampaignTargetFactory(DjangoModelFactory):
    class Meta:
        model = CampaignTarget

    campaign = factory.SubFactory(CampaignFactory)
    measure = "enterprises"
    number = 100


class TripFactory(DjangoModelFactory):
    class Meta:
        model = Trip

    name = factory.Sequence(lambda n: f"赴江苏考察{n}")
    starts_on = date(2026, 11, 2)
    ends_on = date(2026, 11, 5)


class VisitFactory(DjangoModelFactory):
    class Meta:
        model = Visit

    enterprise = factory.SubFactory(EnterpriseFactory)
    starts_on = date(2026, 11, 25)
    place = "成都高新区"


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = Participant

    visit = factory.SubFactory(VisitFactory)
    side = Side.ENTERPRISE
    name = factory.Sequence(lambda n: f"钱七{n}")
    title = "人事总监"


class OutcomeFactory(DjangoModelFactory):
    class Meta:
        model = Outcome

    visit = factory.SubFactory(VisitFactory)
    major = factory.SubFactory(MajorFactory)
    posts = 5
    internships = 10


class IntentionFactory(DjangoModelFactory):
    class Meta:
        model = Intention

    visit = factory.SubFactory(VisitFactory)
    kind = IntentionKind.BASE
    name = factory.Sequence(lambda n: f"共建实习基地{n}")


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = Evidence

    visit = factory.SubFactory(VisitFactory)
    kind = EvidenceKind.NEWS
    name = factory.Sequence(lambda n: f"新闻报道{n}")
    url = "https://news.school.example/1"


class FollowUpFactory(DjangoModelFactory):
    class Meta:
        model = FollowUp

    visit = factory.SubFactory(VisitFactory)
    what = factory.Sequence(lambda n: f"寄送人才培养方案{n}")
    owner = factory.SubFactory(UserFactory)
    due_on = date(2026, 12, 1)


def led_visit(leader: User, **fields: object) -> Visit:
    """A visit that a person leads for the school."""
    visit = VisitFactory(**fields)
    Participant.objects.create(
        visit=visit, side=Side.SCHOOL, user=leader, name=leader.name, title=leader.title, part=ParticipantPart.LEADS
    )
    return visit


def reported_visit(**fields: object) -> Visit:
    """A visit as its report left it, without the way there."""
    said = {"state": VisitState.REPORTED, "minutes": "谈到实习与就业", "starts_on": date(2026, 11, 10)}
    return VisitFactory(**{**said, "reported_at": datetime(2026, 11, 11, 2, 0, tzinfo=UTC), **fields})


def draft_photo(visit: Visit, *, by: User) -> DraftPhoto:
    """A photo that waits for the report of a visit."""
    at = datetime(2026, 11, 11, 2, 0, tzinfo=UTC)
    draft = ReportDraft.objects.create(visit=visit, saved_by=by, saved_at=at)
    photo = DraftPhoto(draft=draft, key="one", name="IMG_1.jpg", sha256="0" * 64, added_by=by, added_at=at)
    photo.file.save("1.jpg", ContentFile(b"\xff\xd8\xff\xe0 a photo"))
    photo.file.close()
    return photo
