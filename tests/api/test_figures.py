"""Figures through the API are those of the pages."""

from __future__ import annotations

import pytest
from django.utils import timezone

from api.choices import Scope
from api.figure_shapes import NARROWING as PARAMETERS
from api.figures import NAMES
from reports.figures.catalogue import FIGURES
from reports.figures.scope import NARROWING
from reports.figures.scope import Scope as Counted
from tests.factories.accounts import CollegeFactory, MajorFactory, student
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.visits import VisitFactory
from visits.choices import VisitState


def test_a_figure_says_what_its_page_says(officer, program, college):
    visit = VisitFactory(state=VisitState.CHECKED)
    visit.colleges.add(college)
    VisitFactory(state=VisitState.REPORTED)
    reads = program(officer, Scope.FIGURES)

    whole = reads.get("figures/visits/").json()
    narrowed = reads.get("figures/visits/", college=college.pk).json()

    assert (whole["number"], whole["unchecked"], narrowed["number"]) == (2, 1, 1)
    assert narrowed["asked"] == {"college": [str(college.pk)]}
    assert whole["definition_hash"] == FIGURES["visits"].digest
    assert reads.get("figures/visits/rows/").json()["items"][0]["id"] == visit.pk


def test_a_figure_is_split(officer, program, college):
    VisitFactory(state=VisitState.CHECKED).colleges.add(college)

    parts = program(officer).get("figures/visits/split/", by="college").json()["items"]

    assert parts == [
        {"key": str(college.pk), "zh": college.name_zh, "en": college.name_en, "number": 1, "denominator": None}
    ]


def test_whatever_narrows_a_page_is_a_parameter(officer, program):
    scope = {NAMES.get(name, name) for name in PARAMETERS}
    definitions = program(officer).get("figures/").json()["items"]

    assert scope - {"campaign", "trip"} == {*NARROWING}
    assert {name for figure in definitions for name in figure["narrowed_by"]} == {*PARAMETERS}


def test_a_rolling_window_and_a_major_narrow_as_on_the_page(officer, program):
    major = MajorFactory()
    student(major=major)
    student()
    reads = program(officer)

    of_all = reads.get("figures/students/").json()["number"]
    of_major = reads.get("figures/students/", major=major.pk).json()["number"]
    slug = next(slug for slug, figure in FIGURES.items() if figure.has_window)
    within = reads.get(f"figures/{slug}/", window="12").json()

    assert (of_all, of_major) == (2, 1)
    assert within["asked"] == {"window": ["12"]}
    assert reads.get(f"figures/{slug}/", window="13").status_code == 422


@pytest.mark.parametrize("slug", FIGURES)
def test_every_figure_is_that_of_the_reader(slug, college_staff, program, django_assert_max_num_queries):
    EnterpriseFactory()
    reads = program(college_staff)
    reads.get("figures/")

    with django_assert_max_num_queries(15):
        told = reads.get(f"figures/{slug}/").json()

    scope = Counted(None, timezone.localdate(), college_staff)
    assert told["number"] == FIGURES[slug].value(FIGURES[slug].fitting(scope)).number


@pytest.mark.parametrize(
    ("path", "asked", "status", "named"),
    [
        ("figures/visits/", {"colour": "red"}, 422, ["colour"]),
        ("figures/visits/", {"direction": "up"}, 422, ["direction"]),
        ("figures/visits/", {"since": "yesterday"}, 422, ["since"]),
        ("figures/communities/", {"direction": "outgoing"}, 422, ["direction"]),
        ("figures/communities/split/", {"by": "month"}, 422, ["by"]),
        ("figures/visits/split/", {}, 422, ["by"]),
        ("figures/visits/", {"college": "999999"}, 404, None),
        ("figures/nothing/", {}, 404, None),
    ],
)
def test_what_does_not_narrow_a_figure_is_refused(path, asked, status, named, officer, program):
    CollegeFactory()

    response = program(officer).get(path, **asked)

    assert response.status_code == status
    assert [error["name"] for error in response.json().get("errors", [])] == (named or [])
