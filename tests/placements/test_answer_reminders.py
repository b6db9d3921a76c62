"""Reminders of promised answers to staff."""

from datetime import date, timedelta

import pytest

from notifications.choices import Channel
from notifications.delivery import deliver_message
from notifications.models.messages import OutgoingMessage
from placements.choices import PostingState
from placements.models.applications import Application
from placements.models.postings import Posting
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.placements import ApplicationFactory, PostingFactory
from tests.reminding import due, queue, told

pytestmark = pytest.mark.django_db
RULE = "placements.answers"


@pytest.mark.parametrize(("days", "lead"), [(4, None), (3, 3), (1, 3), (0, 0), (-1, 0), (-14, 0), (-15, None)])
def test_before_the_day_and_on_it(officer, now, today, days, lead):
    posting = PostingFactory(answer_by=today + timedelta(days=days), created_by=officer, closes_on=today)
    ApplicationFactory(posting=posting)

    day = f"{posting.answer_by:%Y%m%d}"
    mark = "-3" if lead else "+0"
    assert told(RULE, now) == ([] if lead is None else [(f"{RULE}:{posting.pk}:{mark}d:{day}", str(officer))])


@pytest.mark.parametrize(("grace", "found"), [(2, 1), (1, 0)])
def test_nobody_is_told_of_what_is_closed_without_a_reply(officer, now, today, settings, grace, found):
    ApplicationFactory(posting=PostingFactory(answer_by=today - timedelta(days=2), created_by=officer))
    settings.NO_REPLY_AFTER_DAYS = grace

    assert len(due(RULE, now)) == found


@pytest.mark.parametrize("state", ["shortlisted", "rejected", "withdrawn", "no_reply"])
def test_nobody_is_reminded_where_nothing_waits(officer, now, today, state):
    ApplicationFactory(posting=PostingFactory(answer_by=today, created_by=officer), state=state)

    assert due(RULE, now) == []


def test_staff_are_told_once_and_again_for_another_day(officer, now, today):
    enterprise = EnterpriseFactory(owner=officer)
    posting = PostingFactory(enterprise=enterprise, answer_by=today + timedelta(days=2), title_en="Editor")
    ApplicationFactory.create_batch(2, posting=posting)

    assert queue(now, RULE) == 2
    assert queue(now, RULE) == 0

    assert list(OutgoingMessage.objects.order_by("pk").values_list("channel", "recipient", "subject")) == [
        ("email", officer.pk, "Answers are promised in 2 days: Editor"),
        ("inbox", officer.pk, "Answers are promised in 2 days: Editor"),
    ]
    Posting.objects.update(answer_by=today)
    assert queue(now, RULE) == 2
    assert OutgoingMessage.objects.filter(subject="Answers are due: Editor").count() == 2


def test_the_office_is_told_where_nobody_looks_after_a_posting(officer, now, today):
    ApplicationFactory(posting=PostingFactory(answer_by=today))

    assert [person for _key, person in told(RULE, now)] == [str(officer)]


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_for_any_number_of_postings(officer, now, today, django_assert_num_queries, rows):
    for _ in range(rows):
        ApplicationFactory(posting=PostingFactory(answer_by=today, created_by=officer, state=PostingState.CLOSED))

    with django_assert_num_queries(5):  # terms, days off, who waits, postings, the office
        assert len(due(RULE, now)) == rows


@pytest.mark.parametrize(
    ("model", "change", "is_sent"),
    [
        (Posting, {}, True),
        (Posting, {"answer_by": date(2026, 11, 20)}, False),
        (Posting, {"answer_by": None}, False),
        (Posting, {"state": PostingState.WITHDRAWN}, False),
        (Application, {"state": "rejected"}, False),
    ],
)
def test_at_the_moment_of_sending_it_is_asked_again(officer, now, today, model, change, is_sent):
    ApplicationFactory(posting=PostingFactory(answer_by=today, created_by=officer))
    assert queue(now, RULE) == 2

    if change:
        model.objects.update(**change)

    mail = OutgoingMessage.objects.get(channel=Channel.EMAIL)
    assert deliver_message(mail.pk, now=now + timedelta(minutes=1)) is is_sent
