"""Promises and what became of them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from agreements.services import commitments
from core.errors import RuleBroken
from partnerships.choices.agreements import CommitmentKind, CommitmentState, Side
from partnerships.choices.timeline import TimelineKind
from partnerships.models.commitments import Commitment
from partnerships.models.timeline import TimelineEntry
from tests.factories.partnerships import AgreementFactory, CommitmentFactory, EnterpriseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def promise(enterprise, user, **fields):
    return commitments.promise(
        enterprise, side=Side.ENTERPRISE, kind=CommitmentKind.JOBS, description="五个岗位", by=user, at=NOW, **fields
    )


def test_a_promise_is_a_row_with_number_unit_and_day(officer):
    agreement = AgreementFactory()

    made = promise(agreement.enterprise, officer, number=5, unit="个", due_on=date(2027, 6, 30), agreement=agreement)

    made.refresh_from_db()
    assert (made.number, made.unit, made.due_on, made.state) == (
        Decimal("5.00"),
        "个",
        date(2027, 6, 30),
        CommitmentState.OPEN,
    )
    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.text, entry.detail) == (TimelineKind.COMMITMENT_MADE, "五个岗位", "enterprise")


def test_a_leader_may_record_a_promise_of_a_visit_but_none_of_an_agreement(leader):
    agreement = AgreementFactory()

    assert promise(agreement.enterprise, leader).agreement is None
    with pytest.raises(PermissionDenied):
        promise(agreement.enterprise, leader, agreement=agreement)

    assert Commitment.objects.count() == 1


def test_a_promise_belongs_to_an_agreement_of_the_same_enterprise(officer):
    with pytest.raises(RuleBroken):
        promise(EnterpriseFactory(), officer, agreement=AgreementFactory())

    assert not Commitment.objects.exists()


@pytest.mark.parametrize("state", [CommitmentState.KEPT, CommitmentState.NOT_KEPT])
def test_a_promise_is_closed_with_what_was_delivered(officer, state):
    commitment = CommitmentFactory(number=10)

    closed = commitments.close_commitment(
        commitment, state=state, delivered=8, evidence="名单", on=TODAY, by=officer, at=NOW
    )

    closed.refresh_from_db()
    assert (closed.state, closed.delivered, closed.evidence, closed.closed_on) == (
        state,
        Decimal("8.00"),
        "名单",
        TODAY,
    )
    assert TimelineEntry.objects.get().detail == state.value


def test_a_kept_number_says_how_much_and_a_closed_promise_stays_closed(officer):
    commitment = CommitmentFactory(number=10)
    closed = CommitmentFactory(state=CommitmentState.KEPT, delivered=1)

    for record, state in ((commitment, CommitmentState.KEPT), (commitment, CommitmentState.OPEN), (closed, "not_kept")):
        with pytest.raises(RuleBroken):
            commitments.close_commitment(record, state=state, on=TODAY, by=officer, at=NOW)

    commitment.refresh_from_db()
    closed.refresh_from_db()
    assert (commitment.state, closed.state) == (CommitmentState.OPEN, CommitmentState.KEPT)


@pytest.mark.parametrize("who", ["leader", "student", "stranger"])
def test_others_do_not_close_promises(request, who):
    commitment = CommitmentFactory()

    with pytest.raises(PermissionDenied):
        commitments.close_commitment(
            commitment, state=CommitmentState.NOT_KEPT, on=TODAY, by=request.getfixturevalue(who), at=NOW
        )

    commitment.refresh_from_db()
    assert commitment.state == CommitmentState.OPEN


def test_college_staff_close_promises_of_their_agreements_only(college_staff, college):
    mine, other = AgreementFactory(), AgreementFactory()
    mine.colleges.add(college)

    close = {"state": CommitmentState.NOT_KEPT, "on": TODAY, "by": college_staff, "at": NOW}
    commitments.close_commitment(CommitmentFactory(agreement=mine), **close)
    with pytest.raises(PermissionDenied):
        commitments.close_commitment(CommitmentFactory(agreement=other), **close)
