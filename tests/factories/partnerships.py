"""Enterprises and what hangs on them."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from partnerships.choices.agreements import AgreementState, CommitmentKind, PartyRole, Side
from partnerships.choices.needs import NeedKind
from partnerships.models.agreements import Agreement
from partnerships.models.codes import AgreementKind, Flag, Industry, Nature, Province
from partnerships.models.commitments import Commitment
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.needs import Need
from tests.factories.accounts import UserFactory


class ProvinceFactory(DjangoModelFactory):
    class Meta:
        model = Province
        django_get_or_create = ("code",)

    code = "510000"
    name_zh = "四川省"
    name_en = "Sichuan"


class NatureFactory(DjangoModelFactory):
    class Meta:
        model = Nature
        django_get_or_create = ("code",)

    code = "39"
    name_zh = "其他企业"
    name_en = "Other enterprises"


class IndustryFactory(DjangoModelFactory):
    class Meta:
        model = Industry
        django_get_or_create = ("code",)

    code = "I"
    name_zh = "信息传输、软件和信息技术服务业"
    name_en = "Information transmission, software and IT services"
    employment_code = "34"


class FlagFactory(DjangoModelFactory):
    class Meta:
        model = Flag
        django_get_or_create = ("code",)

    code = "alumni"
    name_zh = "校友企业"
    name_en = "Alumni enterprise"


class AgreementKindFactory(DjangoModelFactory):
    class Meta:
        model = AgreementKind
        django_get_or_create = ("code",)

    code = "practice_base"
    name_zh = "实习基地"
    name_en = "Practice base"
    makes_base = True


class EnterpriseFactory(DjangoModelFactory):
    class Meta:
        model = Enterprise

    legal_name = factory.Sequence(lambda n: f"四川启明{n}科技有限公司")
    name_en = factory.Sequence(lambda n: f"Sichuan Qiming {n} Technology Co., Ltd.")
    province = factory.SubFactory(ProvinceFactory)
    industry = factory.SubFactory(IndustryFactory)
    nature = factory.SubFactory(NatureFactory)
    city = "成都"


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    enterprise = factory.SubFactory(EnterpriseFactory)
    name = factory.Sequence(lambda n: f"李四{n}")
    title = "人事经理"
    phone = "13900000000"
    email = factory.Sequence(lambda n: f"hr{n}@enterprise.example")


class NeedFactory(DjangoModelFactory):
    class Meta:
        model = Need

    enterprise = factory.SubFactory(EnterpriseFactory)
    kind = NeedKind.RECRUIT
    description = factory.Sequence(lambda n: f"需要{n}名毕业生")
    headcount = 5


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = Agreement
        skip_postgeneration_save = True

    enterprise = factory.SubFactory(EnterpriseFactory)
    kind = factory.SubFactory(AgreementKindFactory)
    title = factory.Sequence(lambda n: f"实习基地协议{n}")
    owner = factory.SubFactory(UserFactory)
    starts_on = date(2026, 1, 1)
    ends_on = date(2028, 12, 31)

    @factory.post_generation
    def parties(self, create, extracted, **kwargs):
        """The school and the enterprise, as drafting makes them."""
        self.parties.create(place=1, is_school=True, role=PartyRole.LEAD)
        self.parties.create(place=2, enterprise=self.enterprise)


class CommitmentFactory(DjangoModelFactory):
    class Meta:
        model = Commitment

    enterprise = factory.SubFactory(EnterpriseFactory)
    side = Side.ENTERPRISE
    kind = CommitmentKind.INTERNSHIP_PLACES
    description = factory.Sequence(lambda n: f"接收{n}名实习生")
    number = 10
    unit = "人"
    due_on = date(2027, 6, 30)


def signed_agreement(**fields: object) -> Agreement:
    """An agreement as both sides signed it, without the way there."""
    return AgreementFactory(**{"state": AgreementState.SIGNED, "signed_on": date(2025, 12, 20), **fields})
