"""Agreements near their end."""

from datetime import UTC, date, datetime, timedelta

import pytest

from notifications.choices import Channel, Counting
from notifications.delivery import deliver_message
from notifications.models.messages import OutgoingMessage
from notifications.models.reminding import RuleTerms
from partnerships.choices.agreements import AgreementState, CommitmentState
from partnerships.models.agreements import Agreement
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import AgreementFactory, CommitmentFactory, EnterpriseFactory, signed_agreement
from tests.reminding import due, queue, told

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # 10 o'clock in Shanghai
TODAY = date(2026, 11, 20)
RULE = "agreements.agreement"


def ending_in(days, **fields):
    return signed_agreement(ends_on=TODAY + timedelta(days=days), **fields)


@pytest.mark.parametrize(
    ("days", "band"),
    [(0, -30), (1, -30), (30, -30), (31, -90), (90, -90), (91, -180), (180, -180), (181, None), (-1, None)],
)
def test_each_day_before_the_end_falls_into_one_band(days, band):
    agreement = ending_in(days)

    found = [key for key, _person in told(RULE, NOW)]

    assert found == ([f"{RULE}:{agreement.pk}:{band}d:{agreement.ends_on:%Y%m%d}"] if band else [])


def test_the_day_turns_in_shanghai_not_in_greenwich():
    ending_in(0)

    assert len(due(RULE, datetime(2026, 11, 20, 15, 59, tzinfo=UTC))) == 1
    assert due(RULE, datetime(2026, 11, 20, 16, 0, tzinfo=UTC)) == []


def test_self_renewing_unsigned_and_ownerless_agreements_remind_nobody():
    ending_in(10, renews_itself=True)
    ending_in(10, owner=None)
    ending_in(10, owner=UserFactory(is_active=False))
    AgreementFactory(state=AgreementState.DRAFT, ends_on=TODAY + timedelta(days=10))
    AgreementFactory(state=AgreementState.RENEWED, ends_on=TODAY + timedelta(days=10))
    signed_agreement(ends_on=None)

    assert told(RULE, NOW) == []


def test_the_office_hears_of_it_where_it_is_set_so(officer):
    agreement = ending_in(10, owner=None)
    row = {"marks": [-30], "until": 0, "counting": Counting.EVERY_DAY, "audiences": ["owner", "office"]}
    RuleTerms.objects.create(rule=RULE, **row)

    assert told(RULE, NOW) == [(f"{RULE}:{agreement.pk}:-30d:20261130", str(officer))]


def test_the_owner_is_told_once_by_mail_and_inbox_with_what_is_known():
    owner = UserFactory(language="en")
    enterprise = EnterpriseFactory(legal_name="会润集团", name_en="Huirun Group")
    agreement = ending_in(30, owner=owner, title="Practice base", enterprise=enterprise)
    for state in (CommitmentState.KEPT, CommitmentState.KEPT, CommitmentState.NOT_KEPT, CommitmentState.OPEN):
        CommitmentFactory(agreement=agreement, state=state)

    assert queue(NOW, RULE) == 2
    assert queue(NOW + timedelta(hours=1), RULE) == 0

    mail = OutgoingMessage.objects.get(channel=Channel.EMAIL)
    assert (mail.recipient, mail.rule, mail.subject_id) == (owner, RULE, agreement.pk)
    assert mail.subject == "An agreement ends in 30 days: Practice base"
    assert mail.link == f"/agreements/{agreement.pk}/renewal/"
    assert "with Huirun Group is in force until" in mail.body
    assert [line for line in mail.body.splitlines() if ": " in line] == ["kept: 2", "not kept: 1", "still open: 1"]
    assert OutgoingMessage.objects.filter(channel=Channel.INBOX).count() == 1


def test_an_agreement_that_ends_today_is_not_said_to_end_in_no_days():
    signed_agreement(ends_on=TODAY, title="Practice base")

    queue(NOW, RULE)

    assert OutgoingMessage.objects.get(channel=Channel.INBOX).subject == "An agreement ends today: Practice base"


def test_the_next_band_and_a_new_end_are_new_messages():
    agreement = ending_in(100)
    queue(NOW, RULE)
    queue(NOW + timedelta(days=20), RULE)
    agreement.ends_on += timedelta(days=5)
    agreement.save()
    queue(NOW + timedelta(days=20), RULE)

    keys = OutgoingMessage.objects.filter(channel=Channel.EMAIL).order_by("pk").values_list("key", flat=True)
    assert [key.split(":", 2)[2] for key in keys] == ["-180d:20270228", "-90d:20270228", "-90d:20270305"]


@pytest.mark.parametrize(
    ("change", "is_sent"),
    [
        ({}, True),
        ({"state": AgreementState.RENEWED}, False),
        ({"state": AgreementState.ENDED}, False),
        ({"renews_itself": True}, False),
        ({"ends_on": None}, False),
        ({"ends_on": TODAY + timedelta(days=9)}, False),
        ({"ends_on": TODAY - timedelta(days=1)}, False),
        ({"owner": None}, False),
    ],
)
def test_at_the_moment_of_sending_it_is_asked_again(change, is_sent):
    agreement = ending_in(10)
    assert queue(NOW, RULE) == 2

    Agreement.objects.filter(pk=agreement.pk).update(**change)

    mail = OutgoingMessage.objects.get(channel=Channel.EMAIL)
    assert deliver_message(mail.pk, now=NOW + timedelta(minutes=1)) is is_sent
    mail.refresh_from_db()
    assert mail.state == ("sent" if is_sent else "dropped")


@pytest.mark.parametrize("agreements", [1, 3])
def test_looking_for_reminders_costs_the_same_for_any_number(django_assert_num_queries, agreements):
    for _ in range(agreements):
        ending_in(10)

    with django_assert_num_queries(6):  # terms, days off, agreements, promises, decisions, successors
        assert len(due(RULE, NOW)) == agreements
