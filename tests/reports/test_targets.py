"""What a figure is to reach, with its pace, and who answers for it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from accounts.models.people import User
from accounts.models.school import College
from core.errors import RuleBroken
from reports.figures.catalogue import FIGURES
from reports.figures.scope import Scope
from reports.models.targets import FigureOwner, FigureTarget
from reports.selectors.targets import target_lines
from reports.services.targets import drop_target, name_owner, set_target
from tests.factories.accounts import CollegeFactory, student
from tests.factories.visits import CampaignFactory, VisitFactory
from tests.reports.world import NOW
from visits.choices import VisitState

pytestmark = pytest.mark.django_db

VISITS = FIGURES["visits"]
YEAR = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31), "college": None, "note": "年度计划", "at": NOW}


def test_a_target_says_how_far_it_is_and_whether_it_will_be_reached(officer: User):
    set_target(VISITS, number=365, by=officer, **YEAR)
    for _number in range(30):
        VisitFactory(state=VisitState.HELD, starts_on=date(2026, 1, 20))

    (line,) = target_lines(VISITS, Scope(None, date(2026, 2, 10), officer))

    assert (line.value.number, line.reached, line.missing, line.is_reached) == (30, 30, 335, False)
    assert (line.pace.behind, line.pace.until) == (10, date(2026, 12, 31))
    assert round(line.pace.needed, 2) == round(335 * 7 / 325, 2)


def test_a_target_of_a_college_counts_the_college_alone(officer: User, college: College):
    VisitFactory(state=VisitState.HELD).colleges.add(college)
    VisitFactory(state=VisitState.HELD)
    set_target(VISITS, number=10, by=officer, **{**YEAR, "college": college})

    assert [line.value.number for line in target_lines(VISITS, Scope(None, date(2026, 6, 1), officer))] == [1]
    assert target_lines(VISITS, Scope(None, date(2026, 6, 1), officer, college=CollegeFactory())) == []
    assert target_lines(VISITS, Scope(CampaignFactory(), date(2026, 6, 1), officer)) == []
    assert target_lines(VISITS, Scope(None, date(2027, 1, 1), officer)) == []


@pytest.mark.parametrize("slug", [slug for slug, figure in FIGURES.items() if figure.about_employment])
def test_nothing_about_employment_is_aimed_at(officer: User, slug: str):
    with pytest.raises(PermissionDenied):
        set_target(FIGURES[slug], number=10, by=officer, **YEAR)

    assert not FigureTarget.objects.exists()


def test_others_than_the_office_set_and_drop_none(officer: User, leader: User, college_staff: User):
    target = set_target(VISITS, number=10, by=officer, **YEAR)
    for who in (leader, college_staff):
        with pytest.raises(PermissionDenied):
            set_target(VISITS, number=20, by=who, **{**YEAR, "ends_on": date(2026, 6, 30)})
        with pytest.raises(PermissionDenied):
            drop_target(target, VISITS, by=who)

    assert list(FigureTarget.objects.values_list("number", flat=True)) == [10]


def test_a_second_target_for_the_day_and_days_the_wrong_way_round_are_refused(officer: User, college: College):
    set_target(VISITS, number=10, by=officer, **YEAR)
    with pytest.raises(ValidationError, match="There is a target for this day already."):
        set_target(VISITS, number=20, by=officer, **YEAR)
    with pytest.raises(ValidationError, match="The last day is before the first."):
        set_target(VISITS, number=20, by=officer, **{**YEAR, "starts_on": date(2027, 1, 1)})
    with pytest.raises(RuleBroken, match="not counted by colleges"):
        set_target(FIGURES["communities"], number=20, by=officer, **{**YEAR, "college": college})

    assert list(FigureTarget.objects.values_list("number", flat=True)) == [10]


def test_the_office_sets_and_takes_away_a_target_on_the_page(client: Client, officer: User):
    client.force_login(officer)
    today = timezone.localdate()
    form = client.get("/dashboard/visits/target/")
    sent = {
        "form_token": form.context["form"]["form_token"].value(), "number": "500", "note": "校务会",
        "starts_on": today.replace(month=1, day=1), "ends_on": today.replace(month=12, day=31), "college": "",
    }  # fmt: skip

    for _click in range(2):
        assert client.post("/dashboard/visits/target/", sent).url == "/dashboard/visits/"
    target = FigureTarget.objects.get()
    page = client.get("/dashboard/visits/").content.decode()
    client.post(f"/dashboard/visits/target/{target.pk}/drop/")

    assert (target.number, target.note, target.set_by) == (500, "校务会", officer)
    assert "0 of 500" in page
    assert not FigureTarget.objects.exists()


def test_a_refused_target_keeps_what_was_typed(client: Client, officer: User):
    client.force_login(officer)
    token = client.get("/dashboard/visits/target/").context["form"]["form_token"].value()
    sent = {"form_token": token, "number": "5", "starts_on": "2026-12-31", "ends_on": "2026-01-01", "note": "会议"}

    page = client.post("/dashboard/visits/target/", sent)

    assert page.status_code == 200
    assert "The last day is before the first." in page.content.decode()
    assert page.context["form"]["note"].value() == "会议"


def test_a_person_who_answers_for_a_figure_is_named_by_an_administrator(client: Client, admin: User, officer: User):
    client.force_login(admin)

    client.post("/dashboard/visits/owner/", {"user": officer.pk})
    page = client.get("/dashboard/visits/")
    client.post("/dashboard/visits/owner/", {"user": ""})

    assert page.context["owner"] == officer
    assert not FigureOwner.objects.exists()


def test_nobody_else_names_and_no_student_is_named(officer: User, admin: User):
    with pytest.raises(PermissionDenied):
        name_owner(VISITS, officer, by=officer)
    with pytest.raises(RuleBroken):
        name_owner(VISITS, student(), by=admin)

    assert not FigureOwner.objects.exists()
