"""What became of posts promised at visits, as figures with their rows."""

from datetime import date

import pytest
from django.utils import timezone

from placements.choices import ApplicationState, PostingKind, PostingState
from reports.figures.catalogue import FIGURES
from reports.figures.scope import Scope
from tests.factories.placements import ApplicationFactory, PostingFactory
from tests.factories.visits import CampaignFactory, OutcomeFactory, reported_visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def world():
    campaign = CampaignFactory()
    visits = [reported_visit(starts_on=date(2026, 11, day)) for day in (3, 4)]
    for visit in visits:
        visit.campaigns.add(campaign)
        OutcomeFactory(visit=visit, posts=10, internships=5)
    jobs = PostingFactory(enterprise=visits[0].enterprise, state=PostingState.CLOSED, kind=PostingKind.JOB, headcount=6)
    interns = PostingFactory(
        enterprise=visits[1].enterprise, state=PostingState.PUBLISHED, kind=PostingKind.INTERNSHIP, headcount=3
    )
    for visit in visits:
        visit.postings.add(jobs, interns)  # each counts once
    for state in (ApplicationState.ACCEPTED, ApplicationState.ACCEPTED, ApplicationState.REJECTED):
        ApplicationFactory(posting=jobs, state=state)
    ApplicationFactory(posting=interns, state=ApplicationState.ACCEPTED)
    other = PostingFactory(state=PostingState.PUBLISHED, kind=PostingKind.JOB)
    ApplicationFactory(posting=other, state=ApplicationState.ACCEPTED)
    return campaign


@pytest.mark.parametrize(
    ("slug", "shown"),
    [
        ("posts-offered", "20"),
        ("posts-published", "6"),
        ("posts-applied", "3"),
        ("posts-used", "2 of 20"),
        ("internships-used", "1 of 10"),
    ],
)
def test_each_number_is_that_of_its_rows(world, officer, slug, shown):
    figure = FIGURES[slug]

    for scope in (Scope(world, timezone.localdate(), officer), Scope(None, timezone.localdate(), None)):
        value = figure.value(scope)
        rows = list(figure.page_rows(scope))

        assert str(value) == shown
        assert sum(getattr(row, figure.sums) for row in rows) == value.number


def test_students_see_none_of_it(world, student):
    scope = Scope(world, timezone.localdate(), student)

    assert [FIGURES[slug].value(scope).number for slug in ("posts-used", "posts-published")] == [0, 0]
