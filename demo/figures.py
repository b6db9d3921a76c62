"""The figures of the five stories, asked of the same definitions that the dashboard shows."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from reports.figures.catalogue import FIGURES, value_of
from reports.figures.scope import Scope
from visits.models.campaigns import Campaign, Trip

Figures = dict[str, object]

PLAIN: dict[str, dict[str, str]] = {
    "art-design-2023": {
        "visits": "visits",
        "incoming visits": "visits-incoming",
        "agreements signed": "agreements-signed",
        "agreements that a visit led to": "agreements-from-visits",
        "events": "events",
        "school participants": "person-times",
        "enterprise participants": "enterprise-participants",
    },
    "theatre-academy-2024": {
        "visits": "visits",
        "enterprises visited": "enterprises-visited",
        "leaders who visited": "leaders-who-visited",
        "outgoing visits": "visits-outgoing",
        "incoming visits": "visits-incoming",
    },
    "sit-2023": {"employers visited or received in the campaign": "enterprises-visited"},
    "nanchong-trip": {
        "days": "trip-days",
        "enterprises visited": "enterprises-visited",
        "agreements signed": "agreements-signed",
        "jobs and internships opened": "openings",
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


def story_figures(name: str) -> Figures:
    """Each figure of a story under the name that its file gives it."""
    scope = _scope(name, on=timezone.localdate())
    figures: Figures = {key: value_of(slug, scope).number for key, slug in PLAIN[name].items()}
    if name == "nanchong-trip":
        is_minimum = value_of("openings", scope).is_minimum
        figures["jobs and internships opened is"] = "more than" if is_minimum else "exactly"
    if name == "sit-2023":
        figures["of which named here"] = value_of("enterprises-visited", scope).on_file
        spoken_of = FIGURES["cohorts-spoken-of"].rows(scope)
        figures["cohorts spoken of"] = list(spoken_of.values_list("class_of", flat=True))
    return figures


def _scope(name: str, *, on: date) -> Scope:
    """The campaign or the trip that the account is about; else the whole school."""
    if name == "nanchong-trip":
        return Scope(campaign=None, on=on, user=None, trip=Trip.objects.get(is_year_assumed=True))
    if name in ("sit-2023", "theatre-academy-2024"):
        return Scope(campaign=Campaign.objects.get(), on=on, user=None)
    return Scope(campaign=None, on=on, user=None)
