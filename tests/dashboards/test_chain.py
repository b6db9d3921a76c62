"""The chain from visits to hires: how many went on at each link, and the rows behind each band."""

from datetime import date

import pytest
from django.test import Client

from accounts.models.people import User
from accounts.models.school import College
from dashboards.boards.chain import count
from placements.choices import ApplicationState, PostingKind
from reports.figures.scope import Scope
from tests.factories.accounts import MajorFactory, student
from tests.factories.partnerships import NeedFactory
from tests.factories.placements import ApplicationFactory, PostingFactory
from tests.factories.programmes import ProgrammeFactory
from tests.factories.visits import CampaignFactory, VisitFactory
from tests.reports.world import ON, one_of_everything
from visits.choices import VisitState
from visits.models.campaigns import Campaign

pytestmark = pytest.mark.django_db


def numbers(content: dict) -> dict[str, list[tuple[str, int]]]:
    """Under each link with how many there are, what came of them."""
    return {
        f"{link['label']} {link['number']}": [(step["name"], step["number"]) for step in link["steps"]]
        for link in content["steps"]
    }


def a_world() -> Campaign:
    """Two visits with all that may come of one, and one that led to nothing; a job beside the two internships."""
    world = one_of_everything(2)
    first, second = world.visits
    VisitFactory(state=VisitState.HELD).campaigns.add(world.campaign)
    ProgrammeFactory(enterprise=first.enterprise, agreement=first.agreements.get())
    first.needs.set([NeedFactory(enterprise=first.enterprise), NeedFactory(enterprise=first.enterprise, state="met")])
    job = PostingFactory(enterprise=second.enterprise, kind=PostingKind.JOB)
    second.postings.add(job, PostingFactory(enterprise=second.enterprise))
    second.postings.add(PostingFactory(enterprise=second.enterprise, state="draft"))
    for state in (ApplicationState.ACCEPTED, ApplicationState.SEEN, ApplicationState.REJECTED):
        ApplicationFactory(posting=job, state=state)
    return world.campaign


def test_each_link_says_how_many_went_on(officer: User):
    campaign = a_world()

    assert numbers(count(Scope(campaign, ON, officer))) == {
        "Visits 3": [
            ("Visits that led to postings", 2),
            ("Visits that led to agreements", 2),
            ("Visits that led to needs", 1),
            ("Visits that led to promises", 2),
            ("Visits that led to nothing yet", 1),
        ],
        "Agreements that a visit led to 2": [
            ("Agreements that led to postings", 2),
            ("Agreements that led to programmes", 1),
            ("Agreements that led to nothing yet", 0),
        ],
        "Needs that a visit led to 2": [
            ("Needs that a visit led to · Met", 1),
            ("Needs that a visit led to · Open", 1),
            ("Needs that a visit led to · Dropped", 0),
        ],
        "Promises that a visit led to 2": [
            ("Promises that a visit led to · Kept", 2),
            ("Promises that a visit led to · Open", 0),
            ("Promises that a visit led to · Not kept", 0),
        ],
        "Postings that a visit led to 4": [
            ("Postings that somebody applied to", 3),
            ("Postings that nobody applied to yet", 1),
        ],
        "Applications that came of visits 5": [
            ("Applications that came of visits · Job taken", 1),
            ("Applications that came of visits · Internship taken", 2),
            ("Applications that came of visits · Not answered yet", 1),
            ("Applications that came of visits · Ended without a place", 1),
        ],
    }


def test_every_band_opens_the_rows_that_it_counts(client: Client, officer: User):
    campaign = a_world()
    client.force_login(officer)

    content = client.get("/dashboards/chain/", {"campaign": campaign.pk}).context["content"]

    bands = [band["row"] for band in content["flow"]["bands"]]
    rows = [*bands, *(step for link in content["steps"] for step in link["steps"]), *content["links"]]
    assert len(bands) == 16
    for row in rows:
        assert client.get(row["href"]).context["value"].rows == row["number"], row


def test_bands_are_as_wide_as_their_numbers_and_nothing_is_not_drawn(officer: User):
    campaign = a_world()

    flow = count(Scope(campaign, ON, officer))["flow"]

    assert [band["row"]["number"] for band in flow["bands"] if not band["row"]["number"]] == []
    heights = {node["row"]["label"]: node["height"] for node in flow["nodes"]}
    assert heights["Visits"] == round(280 * 8 / 9, 1)  # nine records reach the fullest column
    assert heights["Applications that came of visits"] == round(280 * 5 / 9, 1)


def test_a_period_and_another_campaign_count_what_is_theirs(officer: User):
    campaign = a_world()
    before = Scope(campaign, ON, officer, until=date(2026, 11, 1))
    other = Scope(CampaignFactory(starts_on=date(2024, 9, 1), ends_on=date(2025, 8, 31)), ON, officer)

    for scope in (before, other):
        content = count(scope)
        assert content["flow"] == {}
        assert {link["number"] for link in content["links"]} == {0}


def test_college_staff_count_applications_of_their_students_alone(college_staff: User, college: College):
    campaign = a_world()
    posting = campaign.visits.filter(postings__isnull=False).first().postings.first()
    ApplicationFactory(posting=posting, student=student(major=MajorFactory(college=college)))

    found = numbers(count(Scope(campaign, ON, college_staff)))

    assert [name for name in found if name.startswith("Applications")] == ["Applications that came of visits 1"]


def test_the_flow_is_read_by_keyboard_and_has_its_table(client: Client, officer: User):
    campaign = a_world()
    client.force_login(officer)

    page = client.get(f"/dashboards/chain/?campaign={campaign.pk}").content.decode()

    assert page.count('<path class="flow-band') == 16
    assert 'aria-label="Visits that led to agreements: 2"' in page
    assert page.count('<th scope="rowgroup">') == 6


@pytest.mark.parametrize("times", [1, 3])
def test_the_chain_costs_the_same_for_any_number_of_visits(officer: User, django_assert_num_queries, times: int):
    campaign = one_of_everything(times).campaign
    assert officer.is_office

    with django_assert_num_queries(21):
        count(Scope(campaign, ON, officer))
