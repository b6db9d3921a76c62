"""219 employers in one campaign, going out and inviting in, on site and online: each count opens its rows."""

from datetime import date, timedelta
from typing import NamedTuple

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import User
from demo import stories
from partnerships.choices.agreements import Side
from reports.figures.scope import Scope
from reports.figures.value import Value
from reports.selectors.three_counts import kinds
from tests.factories.accounts import person
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.visits import CampaignFactory
from visits.choices import VisitState
from visits.models.campaigns import Campaign
from visits.models.visits import Participant, Visit

pytestmark = pytest.mark.django_db
FIRST = date(2023, 2, 1)
THREE = ("visits", "person-times", "enterprises-visited")
# Visits, person-times and distinct enterprises by direction and medium, as PLAN has them.
COUNTS = {
    ("outgoing", "on_site"): (141, 337, 126),
    ("outgoing", "online"): (36, 90, 36),
    ("outgoing", ""): (177, 427, 157),
    ("incoming", "on_site"): (54, 54, 54),
    ("incoming", "online"): (31, 31, 30),
    ("incoming", ""): (85, 85, 81),
    ("", "on_site"): (195, 391, 172),
    ("", "online"): (67, 121, 64),
    ("", ""): (262, 512, 219),
}


class Planned(NamedTuple):
    enterprise: int
    direction: str
    medium: str
    people: int


PLAN = [
    *(Planned(n, "outgoing" if n % 3 else "incoming", "on_site" if n % 4 else "online", 1 + n % 3) for n in range(219)),
    *(Planned(n, "outgoing", "on_site", 2) for n in range(31)),  # again
    *(Planned(n, "incoming", "online", 1) for n in range(12)),  # and once more
]


@pytest.fixture
def campaign(db: None) -> Campaign:
    """Beside the plan a visit that was called off, one of another campaign, and people who did not come."""
    campaign = CampaignFactory(starts_on=FIRST, ends_on=date(2023, 8, 31))
    enterprises = EnterpriseFactory.create_batch(219)
    visits = Visit.objects.bulk_create(
        Visit(
            enterprise=enterprises[plan.enterprise], direction=plan.direction, medium=plan.medium,
            starts_on=FIRST + timedelta(days=number % 100), state=VisitState.REPORTED,
        )
        for number, plan in enumerate(PLAN)
    )  # fmt: skip
    _attend(visits)
    called_off = Visit.objects.create(enterprise=enterprises[0], starts_on=FIRST, state=VisitState.CANCELLED)
    Visit.objects.create(enterprise=enterprises[0], starts_on=FIRST, state=VisitState.HELD)
    campaign.visits.set([*visits, called_off])
    return campaign


def _attend(visits: list[Visit]) -> None:
    president = person(Role.LEADER)
    for visit, plan in zip(visits, PLAN, strict=True):
        accounts = [president, *[None] * (plan.people - 1)]
        people = [Participant(visit=visit, side=Side.SCHOOL, user=user, name="参加人") for user in accounts]
        others = [
            Participant(visit=visit, side=Side.SCHOOL, name="没来", was_present=False),
            Participant(visit=visit, side=Side.ENTERPRISE, name="李总"),
        ]
        Participant.objects.bulk_create([*people, *others])


def test_each_count_opens_exactly_its_rows_by_direction_and_medium(
    client: Client, officer: User, campaign: Campaign, django_assert_num_queries
):
    client.force_login(officer)
    scope = Scope(campaign, timezone.localdate(), officer)
    assert officer.is_school_staff

    with django_assert_num_queries(1):
        table = kinds(scope)

    doors = dict(zip(COUNTS, (kind.doors for kind in table), strict=True))
    assert {key: tuple(door.number for door in found) for key, found in doors.items()} == COUNTS
    for key, found in doors.items():
        for door, number in zip(found, COUNTS[key], strict=True):
            page = client.get(door.href)
            assert (page.context["value"], page.context["page"].paginator.count) == (Value(number), number), door.href


def test_the_dashboard_shows_the_three_counts_of_the_campaign_side_by_side(
    client: Client, officer: User, campaign: Campaign
):
    client.force_login(officer)

    head = client.get(f"/dashboards/campaign/?campaign={campaign.pk}").context["content"]["heads"][0]

    assert [(tile["slug"], tile["number"]) for tile in head["tiles"]] == list(zip(THREE, (262, 512, 219), strict=True))
    for slug, number in (
        ("visits-outgoing", 177),
        ("visits-incoming", 85),
        ("visits-on-site", 195),
        ("visits-online", 67),
    ):
        assert client.get(f"/dashboard/{slug}/?campaign={campaign.pk}").context["page"].paginator.count == number


def test_the_story_states_219_beside_the_one_row_on_file(client: Client, officer: User):
    stories.tell("sit-2023", password="x", now=timezone.now())
    client.force_login(officer)
    campaign = Campaign.objects.get()

    page = client.get(f"/dashboard/enterprises-visited/?campaign={campaign.pk}")

    value = page.context["value"]
    assert (value.number, value.on_file, page.context["page"].paginator.count) == (219, 1, 1)
    assert value.source
    assert value.source in page.content.decode()
    incoming = client.get(f"/dashboard/enterprises-visited/?campaign={campaign.pk}&direction=incoming")
    assert incoming.context["value"] == Value(1)  # a part of the rows is stated by nobody
    people = client.get(f"/dashboard/person-times/?campaign={campaign.pk}")
    assert (people.context["value"], people.context["page"].paginator.count) == (Value(1), 1)
