"""Fulfilment of promises: per side, kind and unit, by month and college, and what is past its day."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models.people import User
from accounts.models.school import College
from agreements.models import CommitmentEvidence
from dashboards.boards.promises import count
from partnerships.choices.agreements import AgreementState, CommitmentKind, CommitmentState, Side
from partnerships.selectors.enterprise_filters import months_before
from reports.figures.scope import Scope
from tests.factories.accounts import CollegeFactory
from tests.factories.partnerships import AgreementFactory, CommitmentFactory, signed_agreement
from tests.factories.programmes import InvestmentFactory, ReceiptFactory
from tests.reports.world import ON

pytestmark = pytest.mark.django_db

KEYS = ("made", "due", "kept", "late")


def numbers(line: dict) -> tuple[int, ...]:
    return tuple(line[key]["number"] for key in KEYS)


def a_world() -> None:
    """Four promises of places: kept, not kept, past its day, and ahead; a lecture and money beside them."""
    past, ahead = ON - timedelta(days=1), ON + timedelta(days=30)
    CommitmentFactory(state=CommitmentState.KEPT, number=10, delivered=8, due_on=past)
    CommitmentFactory(state=CommitmentState.NOT_KEPT, number=5, due_on=past)
    CommitmentFactory(number=7, due_on=past)
    CommitmentFactory(number=20, due_on=ahead)
    CommitmentFactory(kind=CommitmentKind.LECTURES, unit="场", number=2, due_on=None)
    CommitmentFactory(side=Side.SCHOOL, kind=CommitmentKind.TEACHING, unit="学时", number=16, due_on=ON)


def test_each_side_kind_and_unit_is_a_line_of_its_own(officer: User):
    a_world()

    lines = count(Scope(None, ON, officer))["lines"]

    assert [
        (line["side"], line["label"], line["unit"], line["promised"], line["delivered"], numbers(line), line["percent"])
        for line in lines
    ] == [
        ("School", "Teaching hours", "学时", "16", "", (1, 0, 0, 0), ""),
        ("Enterprise", "Internship places", "人", "42", "8", (4, 3, 1, 1), "33.3%"),
        ("Enterprise", "Lectures", "场", "2", "", (1, 0, 0, 0), ""),
    ]


def test_the_same_kind_in_another_unit_is_not_added(officer: User):
    CommitmentFactory(number=10, unit="人")
    CommitmentFactory(number=3, unit="班")

    lines = count(Scope(None, ON, officer))["lines"]

    assert [(line["unit"], line["promised"]) for line in lines] == [("人", "10"), ("班", "3")]


def test_what_was_delivered_is_the_sum_of_evidence_that_holds(officer: User):
    promise = CommitmentFactory(state=CommitmentState.KEPT, delivered=9)
    at = timezone.now()
    for number in (2, 3):
        CommitmentEvidence.objects.create(commitment=promise, kind="other", text="签到表", number=number, at=at)
    CommitmentEvidence.objects.create(commitment=promise, kind="hire", record=999, text="已删除", number=50, at=at)

    (line,) = count(Scope(None, ON, officer))["lines"]

    assert (line["promised"], line["delivered"]) == ("10", "5")


def test_promises_of_a_draft_do_not_count_yet(officer: User):
    draft = AgreementFactory(state=AgreementState.DRAFT)
    CommitmentFactory(agreement=draft, enterprise=draft.enterprise)

    assert count(Scope(None, ON, officer))["lines"] == []


def test_months_stand_by_the_day_on_which_promises_are_due(officer: User):
    a_world()

    months = count(Scope(None, ON, officer))["months"]

    assert {line["label"]: numbers(line) for line in months["lines"] if line["number"]} == {
        "December 2026": (4, 3, 1, 1),
        "January 2027": (1, 0, 0, 0),
    }
    assert months["undated"]["number"] == 1
    assert [line["label"] for line in months["lines"]][::11] == ["June 2026", "May 2027"]


def test_colleges_are_those_of_the_agreement(officer: User, college: College):
    agreement = signed_agreement()
    agreement.colleges.set([college])
    CommitmentFactory(agreement=agreement, enterprise=agreement.enterprise, state=CommitmentState.KEPT)
    CommitmentFactory()

    content = count(Scope(None, ON, officer))

    assert [(line["label"], numbers(line)) for line in content["colleges"]] == [
        ("School of Digital Media", (1, 1, 1, 0)),
        ("Not stated", (1, 0, 0, 0)),
    ]
    assert numbers(count(Scope(None, ON, officer, college=college))["lines"][0]) == (1, 1, 1, 0)


def test_what_is_past_its_day_stands_with_the_owner_the_oldest_first(officer: User):
    agreement = signed_agreement(owner=officer)
    CommitmentFactory(agreement=agreement, enterprise=agreement.enterprise, due_on=ON - timedelta(days=5))
    CommitmentFactory(due_on=ON - timedelta(days=9))
    CommitmentFactory(due_on=ON)

    overdue = count(Scope(None, ON, officer))["overdue"]

    assert [(row["days"], row["owner"]) for row in overdue] == [(9, ""), (5, "Wang Min")]


def test_money_promised_stands_beside_money_received(officer: User):
    ReceiptFactory(investment=InvestmentFactory(promised=Decimal(5_000_000)), amount=Decimal(1_000_000))

    money = count(Scope(None, ON, officer))["money"]

    assert [(door["slug"], door["number"]) for door in money] == [
        ("investment-promised", 5_000_000), ("investment-received", 1_000_000),
    ]  # fmt: skip


def test_every_number_opens_the_promises_that_it_counts(client: Client, officer: User, college: College):
    today = timezone.localdate()
    for days, state in ((-40, CommitmentState.KEPT), (-20, CommitmentState.OPEN), (20, CommitmentState.OPEN)):
        agreement = signed_agreement()
        agreement.colleges.set([college, CollegeFactory()])
        fields = {"agreement": agreement, "enterprise": agreement.enterprise, "due_on": today + timedelta(days=days)}
        CommitmentFactory(state=state, **fields)
    CommitmentFactory(due_on=None, kind=CommitmentKind.OTHER, unit="批次 & 项")
    client.force_login(officer)
    content = client.get("/dashboards/promises/").context["content"]

    lines = [*content["lines"], *content["months"]["lines"], *content["colleges"]]
    opened = [line[key] for line in lines for key in KEYS] + [content["months"]["undated"], *content["heads"]]
    for line in opened:
        assert client.get(line["href"]).context["value"].rows == line["number"], line


def test_college_staff_count_promises_of_agreements_that_they_may_read(college_staff: User, college: College):
    for colleges in ([college], [], [CollegeFactory()]):
        agreement = signed_agreement()
        agreement.colleges.set(colleges)
        CommitmentFactory(agreement=agreement, enterprise=agreement.enterprise)

    (line,) = count(Scope(None, ON, college_staff))["lines"]

    assert numbers(line) == (2, 0, 0, 0)


@pytest.mark.parametrize("times", [1, 3])
def test_the_board_costs_the_same_for_any_number_of_promises(
    officer: User, college: College, django_assert_num_queries, times: int
):
    for number in range(times):
        agreement = signed_agreement()
        agreement.colleges.add(college)
        promise = CommitmentFactory(
            agreement=agreement, enterprise=agreement.enterprise, due_on=months_before(ON, number), number=3
        )
        CommitmentEvidence.objects.create(commitment=promise, kind="other", text="x", number=1, at=timezone.now())
    assert officer.is_office

    with django_assert_num_queries(15):
        count(Scope(None, ON, officer))
