"""From a trip, a campaign, the register and the list of enterprises it is one click to the report of what is shown."""

import re

import pytest
from django.test import Client

from accounts.models.people import User
from tests.factories.partnerships import AgreementKindFactory
from tests.factories.visits import CampaignFactory, TripFactory

pytestmark = pytest.mark.django_db


def way(client: Client, address: str) -> str:
    found = re.search(r'href="(/reports/new/[^"]+)"', client.get(address).content.decode())
    assert found is not None
    return found.group(1).replace("&amp;", "&")


def test_the_filters_of_the_page_stand_in_the_form_of_its_report(client: Client, officer: User):
    client.force_login(officer)
    trip, campaign, kind = TripFactory(), CampaignFactory(), AgreementKindFactory()
    ways = {
        f"/trips/{trip.pk}/": ("trip", str(trip.pk)),
        f"/campaigns/{campaign.pk}/": ("campaign", str(campaign.pk)),
        f"/agreements/?kind={kind.pk}&page=2": ("kind", str(kind.pk)),
        "/enterprises/?level=core": ("level", "core"),
    }

    for address, (field, value) in ways.items():
        form = client.get(way(client, address)).context["form"]
        assert str(form[field].value()) == value, address
