"""Reminders of promised answers to staff and to the enterprise's contact."""

from datetime import timedelta

import pytest

from notifications.models import OutgoingMessage
from placements.answer_reminders import answers_still_due, due_answer_reminders
from placements.choices import PostingState
from placements.models.applications import Application
from placements.models.postings import Posting
from placements.services.answer_reminding import queue_answer_reminders
from tests.factories.partnerships import ContactFactory, EnterpriseFactory
from tests.factories.placements import ApplicationFactory, PostingFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "lead"), [(4, None), (3, 3), (1, 3), (0, 0), (-1, 0), (-14, 0), (-15, None)])
def test_before_the_day_and_on_it(officer, now, today, days, lead):
    posting = PostingFactory(answer_by=today + timedelta(days=days), created_by=officer, closes_on=today)
    ApplicationFactory(posting=posting)

    keys = [due.key for due in due_answer_reminders(now)]

    expected = f"posting:{posting.pk}:answers:{lead}d:{posting.answer_by:%Y%m%d}"
    assert keys == ([] if lead is None else [expected])


@pytest.mark.parametrize("state", ["shortlisted", "rejected", "withdrawn", "no_reply"])
def test_nobody_is_reminded_where_nothing_waits(officer, now, today, state):
    ApplicationFactory(posting=PostingFactory(answer_by=today, created_by=officer), state=state)

    assert list(due_answer_reminders(now)) == []


def test_staff_are_told_once_and_again_for_another_day(officer, now, today):
    enterprise = EnterpriseFactory(owner=officer)
    posting = PostingFactory(enterprise=enterprise, answer_by=today + timedelta(days=2), title_en="Editor")
    ApplicationFactory.create_batch(2, posting=posting)

    assert queue_answer_reminders(now=now) == 2
    assert queue_answer_reminders(now=now) == 0

    assert list(OutgoingMessage.objects.order_by("pk").values_list("channel", "recipient", "subject")) == [
        ("email", officer.pk, "Answers are promised in 2 days: Editor"),
        ("inbox", officer.pk, "Answers are promised in 2 days: Editor"),
    ]
    Posting.objects.update(answer_by=today)
    assert queue_answer_reminders(now=now) == 2
    assert OutgoingMessage.objects.filter(subject="Answers are due: Editor").count() == 2


def test_the_posting_s_own_contact_comes_first_unless_they_left(now, today):
    enterprise = EnterpriseFactory()
    first = ContactFactory(enterprise=enterprise, is_primary=True, email="first@example.com")
    own = ContactFactory(enterprise=enterprise, email="own@example.com")
    posting = PostingFactory(enterprise=enterprise, answer_by=today, contact=own)
    ApplicationFactory(posting=posting)

    assert [due.contact for due in due_answer_reminders(now)] == [own]
    own.to_on = today - timedelta(days=1)
    own.save()
    assert [due.contact for due in due_answer_reminders(now)] == [first]
    first.email = ""
    first.save()
    assert [due.contact for due in due_answer_reminders(now)] == [None]


def test_the_office_is_told_where_nobody_looks_after_a_posting(officer, now, today):
    ApplicationFactory(posting=PostingFactory(answer_by=today))

    [due] = due_answer_reminders(now)

    assert due.staff == [officer]


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_for_any_number_of_postings(officer, now, today, django_assert_num_queries, rows):
    for _ in range(rows):
        ApplicationFactory(posting=PostingFactory(answer_by=today, created_by=officer, state=PostingState.CLOSED))

    with django_assert_num_queries(4):
        assert len(list(due_answer_reminders(now))) == rows


def test_what_was_answered_before_it_left_is_not_sent(now, today):
    application = ApplicationFactory(posting=PostingFactory(answer_by=today))

    assert answers_still_due(application.posting_id, now=now)
    Application.objects.update(state="rejected")
    assert not answers_still_due(application.posting_id, now=now)
