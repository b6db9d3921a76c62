"""Reminders and the tasks that ring them."""

from datetime import date, timedelta

import pytest

from notifications.models import OutgoingMessage
from placements import tasks
from placements.choices import PostingState
from placements.models.postings import Posting
from placements.reminders import due_reminders, posting_still_open
from placements.services.reminding import queue_reminders
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.placements import ApplicationFactory, PostingFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "lead"), [(-1, None), (0, "1d"), (1, "1d"), (2, "7d"), (7, "7d"), (8, None)])
def test_a_closing_posting_is_in_the_nearest_band_only(officer, now, today, days, lead):
    posting = PostingFactory(closes_on=today + timedelta(days=days), created_by=officer)

    keys = [reminder.key for reminder in due_reminders(now)]

    assert keys == ([f"posting:{posting.pk}:{lead}:{posting.closes_on:%Y%m%d}"] if lead else [])


def test_author_and_owner_are_told_each_once(officer, college_staff, now, today):
    closes = today + timedelta(days=3)
    PostingFactory(closes_on=closes, created_by=college_staff, enterprise=EnterpriseFactory(owner=officer))
    PostingFactory(closes_on=closes, created_by=officer, enterprise=EnterpriseFactory(owner=officer))
    PostingFactory(closes_on=closes)

    assert sorted(reminder.to.pk for reminder in due_reminders(now)) == sorted(
        [officer.pk, officer.pk, college_staff.pk]
    )


def test_reminders_are_stored_once_and_again_for_a_new_day(officer, now, today):
    posting = PostingFactory(closes_on=today + timedelta(days=3), created_by=officer, title_en="Editor")
    ApplicationFactory.create_batch(2, posting=posting)

    assert queue_reminders(now=now) == 2  # e-mail and inbox
    assert queue_reminders(now=now) == 0
    Posting.objects.update(closes_on=today + timedelta(days=4))
    assert queue_reminders(now=now) == 2

    first = OutgoingMessage.objects.filter(channel="inbox").earliest("pk")
    assert first.subject == "A posting closes in 3 days: Editor"
    assert "So far there are 2 applications." in first.body
    assert (first.still_due, first.subject_id, first.link) == (
        "placements.posting",
        posting.pk,
        f"/postings/{posting.pk}/",
    )


@pytest.mark.parametrize(
    ("language", "subject"), [("en", "A posting closes today: Editor"), ("zh-hans", "岗位今天截止：剪辑")]
)
def test_a_posting_that_closes_today_is_not_said_to_close_in_no_days(now, today, language, subject):
    PostingFactory(closes_on=today, created_by=UserFactory(language=language), title="剪辑", title_en="Editor")

    queue_reminders(now=now)

    assert OutgoingMessage.objects.get(channel="inbox").subject == subject


@pytest.mark.parametrize(
    ("fields", "still"),
    [
        ({}, True),
        ({"state": PostingState.FILLED}, False),
        ({"closes_on": date(2026, 11, 20)}, False),
        ({"closes_on": date(2026, 11, 21)}, True),
    ],
)
def test_at_the_moment_of_sending_it_is_asked_again(now, fields, still):
    posting = PostingFactory(**fields)

    assert posting_still_open(posting.pk, now=now) is still


def test_the_tasks_ring_the_services(officer):
    yesterday = PostingFactory(closes_on=date(2026, 1, 2), created_by=officer)

    tasks.close_postings.delay()
    tasks.queue_reminders.delay()

    yesterday.refresh_from_db()
    assert yesterday.state == PostingState.CLOSED
    assert tasks.close_postings.name == "placements.close_postings"
    assert tasks.queue_reminders.name == "placements.queue_reminders"
