"""Postings and applications."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from partnerships.choices.enterprises import CreditCodeState
from placements.choices import ApplicationState, HoldRule, PostingKind, PostingState
from placements.models.applications import Application, RejectionReason
from placements.models.interviews import InterviewSlot
from placements.models.postings import Posting
from placements.models.review import HeldWord, MinimumWage, PostingHold
from tests.factories.accounts import student
from tests.factories.partnerships import EnterpriseFactory, ProvinceFactory


class PostingFactory(DjangoModelFactory):
    """A published posting that is open through 2030."""

    class Meta:
        model = Posting

    enterprise = factory.SubFactory(EnterpriseFactory, credit_code_state=CreditCodeState.VERIFIED)
    kind = PostingKind.INTERNSHIP
    title = factory.Sequence(lambda n: f"影视后期实习生{n}")
    title_en = factory.Sequence(lambda n: f"Post-production intern {n}")
    description = "剪辑与调色。Editing and colour."
    headcount = 3
    opens_on = date(2026, 1, 1)
    closes_on = date(2030, 12, 31)
    state = PostingState.PUBLISHED
    published_at = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)


class ApplicationFactory(DjangoModelFactory):
    class Meta:
        model = Application

    posting = factory.SubFactory(PostingFactory)
    student = factory.LazyFunction(student)
    submitted_at = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
    snapshot = factory.LazyAttribute(lambda application: {"name": application.student.name})


class MinimumWageFactory(DjangoModelFactory):
    """A made-up one."""

    class Meta:
        model = MinimumWage

    province = factory.SubFactory(ProvinceFactory)
    monthly = 2000
    hourly = Decimal("20.00")
    valid_from = date(2025, 1, 1)
    source = "测试通知〔2025〕1号"


def held(posting: Posting, rule: HoldRule = HoldRule.FEE, found: str = "收取押金200") -> PostingHold:
    return PostingHold.objects.create(posting=posting, rule=rule, found=found, at=datetime(2026, 11, 20, tzinfo=UTC))


def review_records() -> dict[str, int]:
    """What the pages of the review need."""
    posting = PostingFactory(state=PostingState.IN_REVIEW)
    return {
        "hold": held(posting).pk,
        "held_word": HeldWord.objects.create(word="试岗费", rule=HoldRule.FEE).pk,
        "minimum_wage": MinimumWageFactory().pk,
    }


NO_ROWS = {f"{prefix}-{key}": "0" for prefix in ("questions", "languages") for key in ("TOTAL_FORMS", "INITIAL_FORMS")}


class RejectionReasonFactory(DjangoModelFactory):
    class Meta:
        model = RejectionReason

    code = factory.Sequence(lambda n: f"r{n}")
    name_zh = factory.Sequence(lambda n: f"原因{n}")
    name_en = factory.Sequence(lambda n: f"Reason {n}")
    text_zh = "名额已满，与您的能力无关。"
    text_en = "All places are taken; that says nothing about you."


class InterviewSlotFactory(DjangoModelFactory):
    """Half an hour on the morning of 1 December 2026, for one student."""

    class Meta:
        model = InterviewSlot

    posting = factory.SubFactory(PostingFactory)
    starts_at = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)  # nine in Shanghai
    ends_at = factory.LazyAttribute(lambda slot: slot.starts_at + timedelta(minutes=30))
    place = "A栋301"


def invited(posting=None, **fields):
    """An application whose student is invited to an interview."""
    return ApplicationFactory(posting=posting or PostingFactory(), state=ApplicationState.INTERVIEW, **fields)
