"""For you: what stands there, in which order, and why."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import services as accounts
from accounts.choices import Level
from placements.choices import PostingState
from placements.fitting import score
from placements.fitting.ticks import Answer, Part, Tick
from placements.models.postings import PostingLanguage
from placements.selectors import for_you
from placements.selectors.for_you import postings_for, suiting
from tests.factories.accounts import MajorFactory, person, student
from tests.factories.partnerships import EnterpriseFactory, ProvinceFactory
from tests.factories.placements import ApplicationFactory, PostingFactory

pytestmark = pytest.mark.django_db
PAGE = "/postings/for-you/"
TODAY = date(2026, 11, 21)


def titles(rows):
    return [row.posting.title_en for row in rows]


def named(title, *majors, **fields):
    posting = PostingFactory(title_en=title, **fields)
    posting.majors.set(majors)
    return posting


def test_what_a_rule_blocks_or_was_applied_to_is_not_there():
    mine = MajorFactory(code="560201")
    one = student(major=mine, class_of=2027, profile_level=Level.BACHELOR)
    named("Fits")
    named("Mine", mine, class_of=2027, level=Level.BACHELOR)
    named("Broad", major_classes=["56"])
    named("Broad or another", MajorFactory(), major_classes=["56"])
    named("Other class", class_of=2028)
    named("Too high", level=Level.MASTER)
    named("Other major", MajorFactory())
    named("Other broad class", major_classes=["51"])
    named("Draft", state=PostingState.DRAFT)
    named("Later", opens_on=TODAY + timedelta(days=1))
    named("Over", closes_on=TODAY - timedelta(days=1))
    ApplicationFactory(student=one, posting=named("Applied"))

    rows = postings_for(one.student_profile, on=TODAY)

    assert sorted(titles(rows)) == ["Broad", "Broad or another", "Fits", "Mine"]
    assert suiting(one.student_profile, on=TODAY).count() == 4


def test_a_major_without_a_national_code_fits_no_broad_class():
    one = student(major=MajorFactory(code="X1"))
    named("Broad", major_classes=["X1"])
    named("All")

    assert titles(postings_for(one.student_profile, on=TODAY)) == ["All"]


def test_the_best_stand_first_and_of_equals_the_newer():
    mine = MajorFactory(code="560201")
    one = student(major=mine, profile_cities=["成都"])
    named("All")
    named("Broad", major_classes=["56"])
    named("Mine", mine)
    named("Mine there", mine, city="成都")
    named("Newer of all")

    rows = postings_for(one.student_profile, on=TODAY)

    assert [(title, row.points) for title, row in zip(titles(rows), rows, strict=True)] == [
        ("Mine there", 50),
        ("Mine", 30),
        ("Broad", 20),
        ("Newer of all", 0),
        ("All", 0),
    ]


def test_each_line_has_its_reasons_and_not_what_all_have():
    one = student(profile_cities=["成都"], profile_pay_from=5000)
    named("There", city="成都", pay_max=4000, class_of=2027)

    (row,) = postings_for(one.student_profile, on=TODAY)

    assert [(tick.rule, tick.passed, tick.short) for tick in row.reasons] == [
        ("major", True, "all majors"),
        ("city", True, "成都"),
        ("pay", False, "up to 4,000 yuan a month"),
    ]
    assert row.points == 20


def test_what_speaks_for_it_stands_before_what_speaks_against_it_and_what_is_unknown_is_left_out():
    one = student(profile_cities=["成都"], profile_pay_from=5000, profile_days_a_week=3, profile_skills=["Maya"])
    named("There", city="重庆", pay_max=6000, skills=["Blender"])

    (row,) = postings_for(one.student_profile, on=TODAY)

    assert [(tick.rule, tick.passed) for tick in row.reasons] == [
        ("major", True),
        ("pay", True),
        ("skills", False),
        ("city", False),
    ]
    assert [tick.rule for tick in row.met] == ["major", "pay"]


def test_what_is_asked_and_not_met_costs_points_and_what_is_unknown_none():
    one = student(profile_provinces=["510000"], profile_days_a_week=2, profile_available_from=date(2027, 7, 1))
    posting = named("Far", province=ProvinceFactory(code="310000"), days_a_week=5, starts_on=date(2027, 3, 1))
    PostingLanguage.objects.create(posting=posting, language="en", level="b1")

    (row,) = postings_for(one.student_profile, on=TODAY)

    assert row.points == -20 - 10 - 15


@pytest.mark.parametrize(
    ("published", "opens", "points"),
    [
        ("2026-11-21T04:00+00:00", None, 5),
        ("2026-11-07T04:00+00:00", None, 5),
        ("2026-11-06T04:00+00:00", None, 0),
        ("2026-10-01T04:00+00:00", date(2026, 11, 20), 5),
        (None, None, 0),
    ],
)
def test_two_weeks_are_new(published, opens, points):
    at = timezone.datetime.fromisoformat(published) if published else None
    posting = PostingFactory(published_at=at, opens_on=opens)

    assert score.freshness(posting, on=TODAY) == points


def test_points_are_those_of_the_table_and_the_page_says_each():
    ticks = [Tick(rule, answer, "", "", Part.ASKED, case) for rule, answer, case in score.POINTS]

    assert score.score(ticks) == sum(points.number for points in score.POINTS.values()) == 75
    assert score.score([Tick("pay", Answer.UNKNOWN, "", "", Part.WISH)]) == 0
    lines = score.table()
    assert len(lines) == len(score.POINTS) + 1
    assert (lines[0].signed, lines[0].words, lines[-1].signed) == ("+30", "it names your major", "\N{MINUS SIGN}20")


def test_only_the_newest_are_compared(monkeypatch):
    monkeypatch.setattr(for_you, "NEWEST", 2)
    one = student(profile_cities=["成都"])
    named("Old and best", city="成都")
    named("Newer")
    named("Newest")

    assert titles(postings_for(one.student_profile, on=TODAY)) == ["Newest", "Newer"]
    assert titles(postings_for(one.student_profile, on=TODAY, most=1)) == ["Newest"]


def test_a_changed_wish_changes_the_list(client):
    one = student()
    named("There", city="成都")
    named("Newer")
    before = titles(postings_for(one.student_profile, on=TODAY))

    profile = accounts.save_profile(one.student_profile, by=one, cities=["成都"])

    assert before == ["Newer", "There"]
    assert titles(postings_for(profile, on=TODAY)) == ["There", "Newer"]


def test_the_page_shows_the_reasons_and_how_the_list_is_made(client):
    one = student(profile_cities=["成都"])
    named("There", city="成都")
    client.force_login(one)

    page = client.get(PAGE).content.decode()

    assert reverse("placements:for_you") == PAGE
    assert "How this list is made" in page
    assert "+20: it is in a city you wish for" in page
    assert "Sex, age, origin and hardship are never looked at." in page


def test_a_student_without_studies_on_file_is_told(client):
    client.force_login(person("student"))

    page = client.get(PAGE).content.decode()

    assert "The portal does not know your studies yet" in page


@pytest.mark.parametrize("reader", ["officer", "leader", "college_staff", "stranger"])
def test_it_is_for_students(client, request, reader):
    client.force_login(request.getfixturevalue(reader))

    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_rows(client, django_assert_num_queries, rows):
    one = student(major=MajorFactory())
    for _ in range(rows):
        posting = named("One", one.student_profile.major, enterprise=EnterpriseFactory(), province=ProvinceFactory())
        PostingLanguage.objects.create(posting=posting, language="en", level="b1")
    client.force_login(one)

    # session, person, roles, profile, postings, majors, languages asked, languages spoken, school, bell
    with django_assert_num_queries(10):
        response = client.get(PAGE)

    assert len(response.context["rows"]) == rows
