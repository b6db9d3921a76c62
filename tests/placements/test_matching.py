"""Does a posting fit a student, and why not?"""

from datetime import date

import pytest
from django.utils import translation

from accounts.choices import Level
from placements.choices import PostingState
from placements.matching import fit, obstacles
from tests.factories.accounts import MajorFactory, student
from tests.factories.partnerships import EnterpriseFactory, IndustryFactory, ProvinceFactory
from tests.factories.placements import PostingFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def ticks(posting, profile, on=TODAY):
    with translation.override("en"):
        return {tick.rule: tick for tick in fit(posting, profile, on=on)}


def profile(**fields):
    return student(**fields).student_profile


def test_a_posting_that_asks_for_nothing_fits_everyone_and_unstated_wishes_have_no_tick():
    found = ticks(PostingFactory(), profile())

    assert [(rule, tick.passed, tick.is_required) for rule, tick in found.items()] == [
        ("open", True, True),
        ("class_of", True, True),
        ("level", True, True),
        ("major", True, True),
    ]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"closes_on": date(2026, 11, 20)}, "Applications closed on 20 Nov 2026."),
        ({"opens_on": date(2026, 11, 22)}, "Applications open on 22 Nov 2026."),
        ({"state": PostingState.FILLED}, "All places are filled."),
        ({"state": PostingState.WITHDRAWN}, "The posting has been closed and takes no more applications."),
        ({"state": PostingState.CLOSED}, "The posting has been closed and takes no more applications."),
        ({"state": PostingState.DRAFT}, "The posting is not published."),
    ],
)
def test_a_posting_that_is_not_open_says_why(fields, text):
    found = ticks(PostingFactory(**fields), profile())["open"]

    assert (found.passed, found.is_required) == (False, True)
    assert found.text == text


@pytest.mark.parametrize(
    ("closes_on", "passed"), [(date(2026, 11, 20), False), (date(2026, 11, 21), True), (date(2026, 11, 22), True)]
)
def test_the_closing_day_itself_still_counts(closes_on, passed):
    assert ticks(PostingFactory(closes_on=closes_on), profile())["open"].passed is passed


@pytest.mark.parametrize(("class_of", "passed"), [(None, True), (2027, True), (2026, False), (2028, False)])
def test_the_graduating_class_is_exact(class_of, passed):
    assert ticks(PostingFactory(class_of=class_of), profile(class_of=2027))["class_of"].passed is passed


def test_a_wrong_class_says_which_and_what_would_change_it():
    found = ticks(PostingFactory(class_of=2026), profile(class_of=2027))["class_of"]

    assert found.text == (
        "Only for the class of 2026; you are in the class of 2027. If that is wrong, ask your college."
    )


@pytest.mark.parametrize(
    ("wanted", "mine", "passed"),
    [
        ("", Level.DIPLOMA, True),
        (Level.DIPLOMA, Level.DIPLOMA, True),
        (Level.DIPLOMA, Level.MASTER, True),
        (Level.BACHELOR, Level.DIPLOMA, False),
        (Level.DOCTOR, Level.MASTER, False),
    ],
)
def test_the_level_is_a_floor(wanted, mine, passed):
    assert ticks(PostingFactory(level=wanted), profile(profile_level=mine))["level"].passed is passed


def test_the_major_must_be_one_of_those_named():
    mine, other = MajorFactory(name_en="Animation"), MajorFactory(name_en="Robotics")
    posting = PostingFactory()
    posting.majors.set([other])

    refused = ticks(posting, profile(major=mine))["major"]
    posting.majors.add(mine)
    taken = ticks(posting, profile(major=mine))["major"]

    assert refused.text == (
        "Only for Robotics; your major is Animation. If your major fits after all, ask the employment office."
    )
    assert (refused.passed, taken.passed) == (False, True)


@pytest.mark.parametrize(
    ("cities", "passed"),
    [(["成都市"], True), (["成都"], True), (["四川"], True), (["sichuan"], True), (["上海"], False)],
)
def test_a_wished_city_may_be_the_city_or_its_province(cities, passed):
    posting = PostingFactory(city="成都", province=ProvinceFactory())

    found = ticks(posting, profile(profile_cities=cities))["city"]

    assert (found.passed, found.is_required) == (passed, False)


@pytest.mark.parametrize(
    ("low", "high", "passed"),
    [(4000, 6000, True), (None, 5000, True), (5000, None, True), (4000, 4999, False), (None, None, False)],
)
def test_the_best_pay_meets_the_wish(low, high, passed):
    found = ticks(PostingFactory(pay_min=low, pay_max=high), profile(profile_pay_from=5000))["pay"]

    assert (found.passed, found.is_required) == (passed, False)


@pytest.mark.parametrize(("industries", "passed"), [(["I"], True), (["C"], False)])
def test_the_industry_is_the_enterprise_s(industries, passed):
    posting = PostingFactory(enterprise=EnterpriseFactory(industry=IndustryFactory(code="I")))

    assert ticks(posting, profile(profile_industries=industries))["industry"].passed is passed


def test_wishes_never_block():
    posting = PostingFactory(city="上海")

    found = fit(posting, profile(profile_cities=["成都"], profile_pay_from=9000, profile_industries=["Z"]), on=TODAY)

    assert [tick.passed for tick in found] == [True, True, True, True, False, False, False]
    assert obstacles(found) == []


def test_the_reasons_speak_the_reader_s_language():
    posting = PostingFactory()
    posting.majors.set([MajorFactory(name_zh="动漫设计", name_en="Animation")])

    with translation.override("zh-hans"):
        text = fit(posting, profile(major=MajorFactory(name_zh="机器人", name_en="Robotics")), on=TODAY)[3].text

    assert "动漫设计" in text
    assert "Animation" not in text
