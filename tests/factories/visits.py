"""Campaigns, trips and visits."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from tests.factories.accounts import MajorFactory, UserFactory
from tests.factories.partnerships import EnterpriseFactory
from visits.models.campaigns import Campaign, CampaignTarget, Trip
from visits.models.visits import FollowUp, Outcome, Visit


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


class OutcomeFactory(DjangoModelFactory):
    class Meta:
        model = Outcome

    visit = factory.SubFactory(VisitFactory)
    major = factory.SubFactory(MajorFactory)
    posts = 5
    internships = 10


class FollowUpFactory(DjangoModelFactory):
    class Meta:
        model = FollowUp

    visit = factory.SubFactory(VisitFactory)
    what = factory.Sequence(lambda n: f"寄送人才培养方案{n}")
    owner = factory.SubFactory(UserFactory)
    due_on = date(2026, 12, 1)
