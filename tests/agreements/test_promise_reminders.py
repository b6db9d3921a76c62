"""Promises near or past their day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from dashboards.selectors.today import leader_day, owed
from notifications.choices import Channel
from notifications.delivery import deliver_message
from notifications.models.messages import OutgoingMessage
from partnerships.choices.agreements import AgreementState, CommitmentState
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import AgreementFactory, CommitmentFactory, EnterpriseFactory, signed_agreement
from tests.reminding import due, queue, told

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
RULE = "agreements.promise"


def due_in(days, *, owner=None, **fields):
    agreement = signed_agreement(owner=owner or UserFactory())
    due_on = TODAY + timedelta(days=days)
    return CommitmentFactory(**{"agreement": agreement, "enterprise": agreement.enterprise, "due_on": due_on, **fields})


@pytest.mark.parametrize(
    ("days", "band"), [(15, None), (14, "-14d"), (0, "-14d"), (-1, "+1d"), (-60, "+1d"), (-61, None)]
)
def test_a_promise_is_told_once_before_and_once_after_its_day(days, band):
    promise = due_in(days)

    keys = [key for key, _person in told(RULE, NOW)]

    assert keys == ([f"{RULE}:{promise.pk}:{band}:{promise.due_on:%Y%m%d}"] if band else [])


def test_who_looks_after_the_file_is_told_where_there_is_no_agreement():
    owner, deputy = UserFactory(), UserFactory()
    enterprise = EnterpriseFactory(owner=owner, deputy=deputy)
    promise = CommitmentFactory(enterprise=enterprise, due_on=TODAY - timedelta(days=1))

    assert told(RULE, NOW) == [(f"{RULE}:{promise.pk}:+1d:20261119", str(owner))]


def test_closed_unsigned_ended_and_ownerless_promises_remind_nobody():
    due_in(-1, state=CommitmentState.KEPT)
    due_in(-1, owner=UserFactory(is_active=False))
    for state in (AgreementState.DRAFT, AgreementState.ENDED):
        agreement = AgreementFactory(state=state)
        CommitmentFactory(agreement=agreement, enterprise=agreement.enterprise, due_on=TODAY)
    CommitmentFactory(due_on=TODAY)

    assert told(RULE, NOW) == []


def test_the_letter_is_stored_once_and_a_new_day_is_a_new_one():
    owner = UserFactory(language="en")
    promise = due_in(-1, owner=owner, description="接收实习生", number=12, unit="人")

    assert (queue(NOW, RULE), queue(NOW, RULE)) == (2, 0)
    mail = OutgoingMessage.objects.get(channel=Channel.EMAIL)
    assert (mail.recipient, mail.rule, mail.subject_id) == (owner, RULE, promise.pk)
    assert (mail.subject, mail.link) == ("A promise is overdue: 接收实习生", f"/promises/{promise.pk}/")
    assert "Promised: 12 人" in mail.body

    promise.due_on = TODAY + timedelta(days=3)
    promise.save()
    assert queue(NOW, RULE) == 2
    assert OutgoingMessage.objects.filter(subject="A promise is due soon: 接收实习生").count() == 2


@pytest.mark.parametrize("promises", [1, 3])
def test_looking_for_them_costs_the_same_for_any_number(django_assert_num_queries, promises):
    for _ in range(promises):
        due_in(1)

    with django_assert_num_queries(3):  # terms, days off, promises
        assert len(due(RULE, NOW)) == promises


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Commitment, {"state": CommitmentState.KEPT}),
        (Commitment, {"due_on": TODAY + timedelta(days=2)}),
        (Commitment, {"due_on": None}),
        (Agreement, {"state": AgreementState.ENDED}),
        (Agreement, {"owner": None}),
    ],
)
def test_a_promise_that_was_closed_or_moved_a_minute_before_is_not_sent(model, change):
    due_in(1)
    assert queue(NOW, RULE) == 2

    model.objects.update(**change)

    mail = OutgoingMessage.objects.get(channel=Channel.EMAIL)
    assert deliver_message(mail.pk, now=NOW + timedelta(minutes=1)) is False
    mail.refresh_from_db()
    assert mail.state == "dropped"


@pytest.mark.parametrize("part", ["owner", "deputy"])
def test_overdue_promises_stand_in_the_day_of_owner_and_deputy(officer, part):
    mine = CommitmentFactory(enterprise=EnterpriseFactory(**{part: officer}), due_on=TODAY - timedelta(days=1))
    agreement = signed_agreement(**{part: officer})
    under = CommitmentFactory(agreement=agreement, enterprise=agreement.enterprise, due_on=TODAY - timedelta(days=2))
    due_in(-1)
    CommitmentFactory(enterprise=mine.enterprise, due_on=TODAY)

    assert owed(officer, on=TODAY).promises == [under, mine]
    assert timezone.localdate(NOW) == TODAY


def test_a_leader_who_owns_an_agreement_sees_its_promises_too(leader):
    late = due_in(-1, owner=leader)

    assert leader_day(leader, on=TODAY).owed.promises == [late]
