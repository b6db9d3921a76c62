"""Every figure that a story's file states is one of the portal's figures, counted from its records."""

import json
from pathlib import Path

import pytest
from django.utils import timezone

from demo import stories
from reports.figures.catalogue import FIGURES, value_of
from reports.figures.scope import Scope
from reports.figures.value import Value
from visits.models.campaigns import Campaign, Trip

pytestmark = pytest.mark.django_db

# story: {key of its file: figure}; what is asked of the trip or the campaign is said in `scope_of`.
SLUGS = {
    "art-design-2023": {
        "visits": "visits",
        "incoming visits": "visits-incoming",
        "agreements signed": "agreements-signed",
        "agreements that a visit led to": "agreements-from-visits",
        "events": "events",
        "school participants": "person-times",
        "enterprise participants": "enterprise-participants",
    },
    "sit-2023": {
        "employers visited or received in the campaign": "enterprises-visited",
        "of which named here": "enterprises-visited",
        "cohorts spoken of": "cohorts-spoken-of",
    },
    "theatre-academy-2024": {
        "visits": "visits",
        "enterprises visited": "enterprises-visited",
        "leaders who visited": "leaders-who-visited",
        "outgoing visits": "visits-outgoing",
        "incoming visits": "visits-incoming",
    },
    "nanchong-trip": {
        "days": "trip-days",
        "enterprises visited": "enterprises-visited",
        "agreements signed": "agreements-signed",
        "jobs and internships opened": "openings",
        "jobs and internships opened is": "openings",
        "talent-demand reports collected": "demand-reports",
        "investment promised (CNY)": "investment-promised",
        "trained by the industry college": "trained-by-industry-colleges",
    },
    "nanchong-communities": {
        "communities": "communities",
        "organisations present": "organisations-present",
        "provinces": "provinces-present",
        "plaques awarded": "plaques",
        "agreements signed": "agreements-signed",
        "communities chaired by the school": "communities-chaired",
    },
}


def stated(name: str) -> dict[str, object]:
    return json.loads((Path(stories.FOLDER) / f"{name}.json").read_text())["figures"]


def scope_of(name: str) -> Scope:
    trip = Trip.objects.get() if name == "nanchong-trip" else None
    campaign = Campaign.objects.get() if name == "sit-2023" else None
    return Scope(campaign, timezone.localdate(), None, trip=trip)


def as_the_file_says(key: str, value: Value, scope: Scope) -> object:
    if key == "of which named here":
        return value.on_file
    if key == "cohorts spoken of":
        return list(FIGURES["cohorts-spoken-of"].rows(scope).values_list("class_of", flat=True))
    if key.endswith(" is"):
        return "more than" if value.is_minimum else "exactly"
    return value.number


@pytest.mark.parametrize("name", SLUGS)
def test_the_portals_figures_are_those_of_the_file(name: str):
    stories.tell(name, password="x", now=timezone.now())
    scope = scope_of(name)

    counted = {key: as_the_file_says(key, value_of(slug, scope), scope) for key, slug in SLUGS[name].items()}

    assert counted == stated(name)
