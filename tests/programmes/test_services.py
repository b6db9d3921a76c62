"""Programmes and their parts: who keeps them, what is told, what is refused."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities.services import communities, meetings
from core.errors import RuleBroken, StaleEdit
from partnerships.choices.programmes import CommunityLevel, ProgrammeFeatureKind, ProgrammeKind
from partnerships.models.commitments import Investment
from partnerships.models.communities import Community
from partnerships.models.mentors import AnnualTarget, Mentor
from partnerships.models.plaques import Plaque
from partnerships.models.programmes import Programme, ProgrammeCohort, ProgrammeCourse, ProgrammeOutcome, Textbook
from partnerships.models.timeline import TimelineEntry
from programmes.selectors.programmes import agreements_of
from programmes.services import investments, mentors, parts, plaques, programmes
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import AgreementFactory, EnterpriseFactory
from tests.factories.programmes import CohortFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
F = ProgrammeFeatureKind


@pytest.mark.parametrize("who", ["college_staff", "leader", "student", "stranger"])
def test_only_the_office_keeps_programmes_and_communities(request, who):
    user, enterprise = request.getfixturevalue(who), EnterpriseFactory()
    by = {"by": user, "at": NOW}

    for act in (
        lambda: programmes.open_programme(enterprise, kind=ProgrammeKind.ORDER_CLASS, name="甲", **by),
        lambda: investments.promise_investment(enterprise, promised=1, **by),
        lambda: plaques.award_plaque(awarded_to="甲", kind=ProgrammeKind.ORDER_CLASS, **by),
        lambda: mentors.appoint_mentor(enterprise, name="甲", **by),
        lambda: mentors.set_annual_target(name="甲", number=1, unit="人", by=user),
        lambda: communities.found_community(name="甲", level=CommunityLevel.CITY, industry="乙", **by),
        lambda: meetings.hold_meeting([], name="甲", held_on=None, **by),
    ):
        with pytest.raises(PermissionDenied):
            act()

    for model in (Programme, Investment, Plaque, Mentor, AnnualTarget, Community, TimelineEntry):
        assert not model.objects.exists()


def test_college_staff_keep_programmes_of_their_own_majors(college_staff, college):
    own, other = MajorFactory(college=college), MajorFactory()
    by = {"by": college_staff, "at": NOW}
    kind = ProgrammeKind.ORDER_CLASS
    programme = programmes.open_programme(EnterpriseFactory(), kind=kind, name="甲", majors=[own], **by)

    with pytest.raises(PermissionDenied):
        programmes.open_programme(EnterpriseFactory(), kind=kind, name="乙", majors=[own, other], **by)
    with pytest.raises(PermissionDenied):
        programmes.change_programme(programme, version=None, fields={"majors": [own, other]}, **by)
    assert Programme.objects.get() == programme
    assert list(programme.majors.all()) == [own]
    programmes.change_programme(programme, version=None, fields={"name": "丙"}, **by)
    assert Programme.objects.get().name == "丙"


def test_a_change_keeps_what_was_and_a_stale_one_is_told(officer):
    programme = ProgrammeFactory(name="甲班", since=2023)
    fields = {"name": "乙班", "since": 2023, "features": [(F.SKILL, "焊接"), (F.MODE, "工学交替")]}
    programmes.change_programme(programme, version=programme.version, fields=fields, by=officer, at=NOW)

    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.text, entry.link) == ("programme_changed", "乙班", f"/programmes/{programme.pk}/")
    both = [{"zh-hans": name, "en": name} for name in ("工学交替", "焊接")]
    assert [(change["field"], change["before"], change["after"]) for change in entry.changes] == [
        ("name", "甲班", "乙班"),
        ("features", [], both),
    ]
    with pytest.raises(StaleEdit):
        programmes.change_programme(programme, version=programme.version, fields={"name": "丙班"}, by=officer, at=NOW)
    programme.refresh_from_db()
    assert programme.name == "乙班"


def test_features_that_stay_keep_their_rows(officer):
    programme = ProgrammeFactory()
    by = {"version": None, "by": officer, "at": NOW}
    programmes.change_programme(programme, fields={"features": [(F.SKILL, "焊接"), (F.SKILL, "装配")]}, **by)
    kept = programme.features.get(name="装配").pk
    programmes.change_programme(programme, fields={"features": [(F.SKILL, "装配"), (F.TERM, "包就业")]}, **by)

    assert sorted(programme.features.values_list("kind", "name")) == [("skill", "装配"), ("term", "包就业")]
    assert programme.features.get(name="装配").pk == kept


def test_a_programme_outlives_its_agreement_and_keeps_the_one_before(officer):
    enterprise = EnterpriseFactory()
    first, second = AgreementFactory(enterprise=enterprise), AgreementFactory(enterprise=enterprise)
    programme = programmes.open_programme(
        enterprise, kind=ProgrammeKind.TRAINING_BASE, name="基地", agreement=first, by=officer, at=NOW
    )
    changed = programmes.change_programme(programme, version=None, fields={"agreement": second}, by=officer, at=NOW)

    held = [(each.agreement, each.is_present) for each in agreements_of(changed, officer)]
    assert held == [(second, True), (first, False)]
    entry = TimelineEntry.objects.order_by("pk").last()
    assert [change["before"]["en"] for change in entry.changes] == [str(first)]


@pytest.mark.parametrize(
    ("fields", "field"), [({"agreement": "another"}, "agreement"), ({"since": 2025, "until": 2024}, "until")]
)
def test_what_cannot_be_is_refused(officer, fields, field):
    programme = ProgrammeFactory(since=2020)
    if "agreement" in fields:
        fields = {"agreement": AgreementFactory()}

    with pytest.raises(RuleBroken) as refused:
        programmes.change_programme(programme, version=None, fields=fields, by=officer, at=NOW)

    assert refused.value.field == field
    programme.refresh_from_db()
    assert (programme.agreement, programme.since, programme.until) == (None, 2020, None)
    assert not TimelineEntry.objects.exists()


def test_parts_are_added_changed_and_removed_with_word_of_it(officer):
    programme = ProgrammeFactory(name="甲班")
    by = {"by": officer, "at": NOW}
    course = parts.add_part(programme, ProgrammeCourse, fields={"name": "焊接", "hours": 48}, **by)
    parts.change_part(course, fields={"name": "激光焊接"}, **by)
    parts.remove_part(course, **by)
    parts.add_part(programme, Textbook, fields={"title": "焊接工艺"}, **by)

    assert not ProgrammeCourse.objects.exists()
    assert Textbook.objects.get().title == "焊接工艺"
    told = [
        (entry.text, [(change["field"], change["before"], change["after"]) for change in entry.changes])
        for entry in TimelineEntry.objects.order_by("pk")
    ]
    assert told == [
        ("甲班 · 焊接", [("name", None, "焊接"), ("hours", None, 48)]),
        ("甲班 · 激光焊接", [("name", "焊接", "激光焊接")]),
        ("甲班 · 激光焊接", [("name", "激光焊接", None), ("hours", 48, None)]),
        ("甲班 · 焊接工艺", [("title", None, "焊接工艺")]),
    ]


def test_a_class_stands_once_a_year(officer):
    cohort = CohortFactory(name="一班")

    with pytest.raises(ValidationError):
        parts.add_part(cohort.programme, ProgrammeCohort, fields={"year": 2025, "name": "一班"}, by=officer, at=NOW)
    assert ProgrammeCohort.objects.get() == cohort


def test_a_class_with_outcomes_is_not_removed(officer):
    cohort = CohortFactory()
    ProgrammeOutcome.objects.create(programme=cohort.programme, cohort=cohort, measure="trained", number=28)

    with pytest.raises(RuleBroken):
        parts.remove_part(cohort, by=officer, at=NOW)
    assert ProgrammeCohort.objects.get() == cohort
    assert not TimelineEntry.objects.exists()
    ProgrammeOutcome.objects.all().delete()
    parts.remove_part(cohort, by=officer, at=NOW)
    assert not ProgrammeCohort.objects.exists()


def test_leaders_add_nothing(leader):
    programme = ProgrammeFactory()

    with pytest.raises(PermissionDenied):
        parts.add_part(programme, ProgrammeCourse, fields={"name": "焊接"}, by=leader, at=NOW)
    assert not ProgrammeCourse.objects.exists()
