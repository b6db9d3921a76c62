"""Two students who differ in everything but what counts are told and ranked the same."""

from datetime import UTC, date, datetime

import pytest

from accounts.models.people import LanguageSkill, StudentProfile, User
from placements import matching, rules
from placements.fitting.score import score
from placements.selectors.fitting_students import students_for
from placements.selectors.for_you import postings_for
from tests.factories.accounts import MajorFactory
from tests.factories.accounts import student as make_student
from tests.factories.partnerships import IndustryFactory, ProvinceFactory
from tests.factories.placements import PostingFactory
from tests.placements.test_fit_fields import OF_STUDENTS

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
COUNTS = {
    "class_of": 2027, "level": "bachelor", "cities": ["成都"], "provinces": ["510000"], "skills": ["达芬奇"],
    "pay_from": 3000, "days_a_week": 4, "available_from": date(2026, 12, 1), "available_to": date(2027, 6, 30),
}  # fmt: skip
KEPT = {"id", "user", "major", "is_active", "password", "language", *OF_STUDENTS}
# What other values there are for a field of a type; a new type of field is named here before this passes again.
OTHER = {
    "CharField": "别的", "TextField": "女，1998年生，农村户口，家庭困难", "EmailField": "other@school.example",
    "BooleanField": True, "DateField": date(1998, 2, 3), "DateTimeField": datetime(2001, 1, 1, tzinfo=UTC),
    "PositiveSmallIntegerField": 7, "PositiveIntegerField": 7, "IntegerField": 7, "ArrayField": ["别的"],
}  # fmt: skip


def with_what_counts(major, industry):
    student = make_student(major=major)
    StudentProfile.objects.filter(user=student).update(**COUNTS, industries=[industry.code])
    LanguageSkill.objects.create(profile=student.student_profile, language="en", level="b2")
    return student


def changed(record, limit):
    """Every other field with another value; what was changed."""
    fields = [
        field for field in record._meta.concrete_fields
        if field.name not in KEPT and not field.is_relation and not field.choices
    ]  # fmt: skip
    for field in fields:
        value = OTHER[field.get_internal_type()]
        if isinstance(value, str) and field.unique:
            value = f"{limit}{value}"
        setattr(record, field.name, value[: field.max_length] if isinstance(value, str) else value)
    record.save()
    return {field.name for field in fields}


def test_nothing_else_of_a_student_changes_a_tick_a_point_or_a_place(officer):
    major, industry, province = MajorFactory(), IndustryFactory(), ProvinceFactory(code="510000")
    one, other = (with_what_counts(major, industry) for _ in range(2))
    of_profile = changed(StudentProfile.objects.get(user=other), "p")
    of_person = changed(User.objects.get(pk=other.pk), "u")
    postings = [
        PostingFactory(enterprise__industry=industry, province=province, city="成都", skills=["达芬奇"], pay_min=3500),
        PostingFactory(starts_on=date(2026, 12, 5), ends_on=date(2027, 3, 1), days_a_week=5, level="master"),
        PostingFactory(class_of=2026, title="限女生", description="35岁以下，本地户口"),
    ]
    postings[0].languages.create(language="en", level="b1")
    mine, theirs = (StudentProfile.objects.select_related("user", "major").get(user=each) for each in (one, other))

    for posting in postings:
        ticks = matching.fit(posting, mine, on=TODAY)
        assert matching.fit(posting, theirs, on=TODAY) == ticks
        assert score(matching.fit(posting, theirs, on=TODAY)) == score(ticks)
        found = students_for(posting, officer, {}, on=TODAY)
        assert len({(row.points, tuple(row.reasons)) for row in found}) == (1 if found else 0)
        assert {row.profile.user_id for row in found} in ({one.pk, other.pk}, set())
    lists = [
        [(row.posting, row.points, row.reasons) for row in postings_for(profile, on=TODAY)]
        for profile in (mine, theirs)
    ]
    assert lists[0] == lists[1]
    assert len(lists[0]) == 1
    assert bool(rules.can_apply(one)) is bool(rules.can_apply(other)) is True
    assert {"phone", "class_name", "summary", "summary_en"} <= of_profile
    assert {"name", "name_en", "number", "email"} <= of_person
