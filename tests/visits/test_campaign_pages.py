"""Opening and changing a campaign: the form."""

import uuid

import pytest
from django.urls import reverse

from tests.factories.visits import (
    CampaignFactory,
    CampaignTargetFactory,
)
from visits.models.campaigns import Campaign

pytestmark = pytest.mark.django_db


def page(record, name, *more):
    return reverse(f"visits:{name}", args=[record.pk, *more])


def rows(*targets, initial):
    found = {"targets-TOTAL_FORMS": str(len(targets)), "targets-INITIAL_FORMS": str(initial)}
    for number, target in enumerate(targets):
        found |= {f"targets-{number}-{name}": value for name, value in target.items()}
    return found


def campaign_said(*targets, initial=0, **said):
    return {"name": "访企拓岗", **rows(*targets, initial=initial), **said}


def test_the_office_opens_and_changes_a_campaign(client_of, officer):
    client = client_of(officer)
    made = client.post(
        "/campaigns/new/",
        campaign_said(
            {"measure": "visits", "role": "", "number": "60"},
            {"measure": "", "role": "", "number": ""},
            form_token=str(uuid.uuid4()),
            purposes="拓岗\n促就业",
        ),
    )
    campaign = Campaign.objects.get()
    assert made.url == page(campaign, "campaign")
    assert [point.name for point in campaign.points.all()] == ["拓岗", "促就业"]

    client.post(
        page(campaign, "campaign_edit"),
        campaign_said(
            {"measure": "visits", "role": "", "number": "60", "DELETE": "on"},
            {"measure": "openings", "role": "", "number": "800"},
            initial=1,
            version=campaign.version,
            name="新名",
        ),
    )

    campaign.refresh_from_db()
    assert (campaign.name, list(campaign.targets.values_list("measure", "number"))) == ("新名", [("openings", 800)])
    assert not campaign.points.exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"starts_on": "2027-01-02", "ends_on": "2027-01-01"}, "The campaign cannot end before it starts."),
        ({"name": ""}, "This field is required."),
        ({"version": "0"}, "Someone else saved this record"),
        ({"targets-0-number": "0"}, "greater than or equal to 1"),
    ],
)
def test_a_campaign_that_cannot_be_is_not_saved(client_of, officer, said, words):
    campaign = CampaignFactory(name="旧名")
    CampaignTargetFactory(campaign=campaign, measure="visits", number=60)
    entered = campaign_said({"measure": "visits", "role": "", "number": "70"}, initial=1, version=1)

    response = client_of(officer).post(page(campaign, "campaign_edit"), {**entered, **said})

    assert words in response.content.decode()
    campaign.refresh_from_db()
    assert (campaign.name, campaign.targets.get().number) == ("旧名", 60)


def test_campaign_forms_are_for_the_office(client_of, college_staff, leader):
    campaign = CampaignFactory()

    for user in (college_staff, leader):
        for address in ("/campaigns/new/", page(campaign, "campaign_edit")):
            assert client_of(user).get(address).status_code == 404
