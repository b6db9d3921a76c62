"""Programmes and investments."""

from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from partnerships.choices.agreements import InvestmentKind
from partnerships.choices.programmes import ProgrammeKind
from partnerships.models.commitments import Investment, InvestmentReceipt
from partnerships.models.programmes import Programme, ProgrammeCohort
from tests.factories.partnerships import EnterpriseFactory


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme
        skip_postgeneration_save = True

    enterprise = factory.SubFactory(EnterpriseFactory)
    kind = ProgrammeKind.ORDER_CLASS
    name = factory.Sequence(lambda number: f"订单班{number}")

    @factory.post_generation
    def majors(self, create, majors, **kwargs):
        if create and majors:
            self.majors.set(majors)


class CohortFactory(DjangoModelFactory):
    class Meta:
        model = ProgrammeCohort

    programme = factory.SubFactory(ProgrammeFactory)
    year = 2025


class InvestmentFactory(DjangoModelFactory):
    class Meta:
        model = Investment

    enterprise = factory.SubFactory(EnterpriseFactory)
    kind = InvestmentKind.CASH
    promised = Decimal(5_000_000)


class ReceiptFactory(DjangoModelFactory):
    class Meta:
        model = InvestmentReceipt

    investment = factory.SubFactory(InvestmentFactory)
    amount = Decimal(1_000_000)
