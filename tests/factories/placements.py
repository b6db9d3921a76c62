"""Postings and applications."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from placements.choices import PostingKind, PostingState
from placements.models.applications import Application
from placements.models.postings import Posting
from tests.factories.accounts import student
from tests.factories.partnerships import EnterpriseFactory


class PostingFactory(DjangoModelFactory):
    """A published posting that is open through 2030."""

    class Meta:
        model = Posting

    enterprise = factory.SubFactory(EnterpriseFactory)
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
