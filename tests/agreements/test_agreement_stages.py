"""What the dates make of an agreement."""

from datetime import date, timedelta

import pytest

from agreements.selectors import agreements as selectors
from partnerships.choices.agreements import AgreementStage, AgreementState
from partnerships.models.agreements import Agreement
from tests.factories.accounts import CollegeFactory
from tests.factories.partnerships import AgreementFactory, AgreementKindFactory, signed_agreement

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
G = AgreementStage


def days(number):
    return TODAY + timedelta(days=number)


CASES = [
    ({"starts_on": days(1), "ends_on": days(400)}, G.SIGNED),
    ({"starts_on": days(0), "ends_on": days(400)}, G.IN_FORCE),
    ({"starts_on": days(-9), "ends_on": days(91)}, G.IN_FORCE),
    ({"starts_on": days(-9), "ends_on": days(90)}, G.EXPIRING),
    ({"starts_on": days(-9), "ends_on": days(0)}, G.EXPIRING),
    ({"starts_on": days(-9), "ends_on": days(-1)}, G.EXPIRED),
    ({"starts_on": days(-9), "ends_on": days(-1), "renews_itself": True}, G.IN_FORCE),
    ({"starts_on": days(-9), "ends_on": None}, G.IN_FORCE),
    ({"starts_on": None, "ends_on": None}, G.IN_FORCE),
]


@pytest.mark.parametrize(("dates", "stage"), CASES)
def test_the_stage_follows_from_the_dates_in_the_database_and_in_python(dates, stage):
    agreement = signed_agreement(**dates)

    assert Agreement.objects.with_stage(TODAY).get().stage == stage
    assert agreement.stage_on(TODAY) == stage
    assert Agreement.objects.in_force(TODAY).exists() == (stage in (G.IN_FORCE, G.EXPIRING))


@pytest.mark.parametrize("state", [s for s in AgreementState if s != AgreementState.SIGNED])
def test_any_other_state_is_its_own_stage(state):
    agreement = AgreementFactory(state=state, starts_on=days(-9), ends_on=days(-1))

    assert agreement.stage_on(TODAY).value == state.value
    assert Agreement.objects.with_stage(TODAY).get().stage == state.value
    assert not Agreement.objects.in_force(TODAY).exists()


@pytest.mark.parametrize(
    ("dates", "overlaps"),
    [
        ({"starts_on": days(-9), "ends_on": days(0)}, True),
        ({"starts_on": days(-9), "ends_on": days(-1)}, False),
        ({"starts_on": days(-9), "ends_on": days(-1), "renews_itself": True}, True),
        ({"starts_on": days(101), "ends_on": days(300)}, False),
        ({"starts_on": days(100), "ends_on": None}, True),
        ({"starts_on": None, "ends_on": None}, True),
    ],
)
def test_an_agreement_of_the_same_kind_that_holds_at_the_same_time_is_found(dates, overlaps):
    other = signed_agreement(**dates)
    agreement = AgreementFactory(enterprise=other.enterprise, kind=other.kind, starts_on=days(0), ends_on=days(100))

    assert list(selectors.overlapping(agreement)) == ([other] if overlaps else [])


def test_another_kind_enterprise_draft_or_the_one_renewed_is_no_overlap():
    older = signed_agreement()
    agreement = AgreementFactory(enterprise=older.enterprise, kind=older.kind, renewed_from=older)
    signed_agreement(kind=older.kind)
    signed_agreement(enterprise=older.enterprise, kind=AgreementKindFactory(code="strategic"))
    AgreementFactory(enterprise=older.enterprise, kind=older.kind)

    assert list(selectors.overlapping(agreement)) == []


def test_who_sees_which_agreements(officer, admin, leader, college_staff, student, stranger, college):
    mine, of_all, other = AgreementFactory(title="1"), AgreementFactory(title="2"), AgreementFactory(title="3")
    mine.colleges.add(college, CollegeFactory())
    other.colleges.add(CollegeFactory())

    for user in (officer, admin, leader):
        assert set(Agreement.objects.visible_to(user)) == {mine, of_all, other}
    assert set(Agreement.objects.visible_to(college_staff)) == {mine, of_all}
    for user in (student, stranger):
        assert not Agreement.objects.visible_to(user).exists()


@pytest.mark.parametrize(
    ("state", "dates", "current"),
    [
        ("draft", {}, "Draft"),
        ("in_review", {}, "In review"),
        ("awaiting_signatures", {}, "Awaiting signatures"),
        ("signed", {"starts_on": days(1)}, "Signed, not yet in force"),
        ("signed", {"starts_on": days(-1)}, "In force"),
        ("signed", {"starts_on": days(-1), "ends_on": days(5)}, "Expiring"),
        ("signed", {"starts_on": days(-9), "ends_on": days(-5)}, "Expired"),
        ("renewed", {"signed_on": days(-90)}, "Renewed"),
        ("ended", {"signed_on": days(-90)}, "Ended early"),
        ("ended", {"signed_on": None}, "Ended early"),
    ],
)
def test_the_path_marks_where_the_agreement_stands(settings, state, dates, current):
    settings.LANGUAGE_CODE = "en"
    agreement = AgreementFactory(state=state, **{"ends_on": days(900), **dates})

    steps = selectors.stepper(agreement, on=TODAY)

    assert [step.label for step in steps if step.status == "current"] == [current]
    before = [step.status for step in steps][: [step.label for step in steps].index(current)]
    assert set(before) <= {"done"}
