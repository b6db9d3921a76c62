"""The promised answer day, from the letter with its link to what is closed without reply and counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models.people import User
from desk import tasks
from desk.models.requests import DeskRequest
from desk.services import requests
from desk.services.reminding import queue_answer_letters
from notifications.delivery import deliver_message
from notifications.models import OutgoingMessage
from partnerships.choices.links import LinkPurpose, LinkState
from partnerships.models.contacts import Contact
from partnerships.models.links import SignedLink
from placements import tasks as tasks_of_placements
from placements.choices import ApplicationState
from placements.models.applications import Application
from placements.models.postings import Posting
from placements.selectors.postings import response_rate
from tests.factories.desk import address_of, asked_contact, link_of, shown
from tests.factories.partnerships import ContactFactory, EnterpriseFactory
from tests.factories.placements import ApplicationFactory, PostingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def _due(days: int = 2, **fields: object) -> tuple[Posting, Contact, Application]:
    """A posting whose answers are promised in so many days, and one who waits."""
    contact = asked_contact()
    answer_by = timezone.localdate() + timedelta(days=days)
    posting = PostingFactory(enterprise=contact.enterprise, answer_by=answer_by, title_en="Editor", **fields)
    return posting, contact, ApplicationFactory(posting=posting, snapshot={"name": "刘洋"})


def _letters() -> list[OutgoingMessage]:
    return list(OutgoingMessage.objects.filter(recipient=None, key__contains=":answers:").order_by("pk"))


def test_the_letter_carries_a_link_to_who_waits_and_comes_once(client: Client) -> None:
    posting, contact, application = _due()

    tasks.queue_letters()
    tasks.queue_letters()

    [letter] = _letters()
    assert (letter.address, letter.subject) == (contact.email, "Students wait for your answer: Editor")
    assert "1 student of" in letter.body
    request = DeskRequest.objects.get()
    assert (request.purpose, request.posting, request.contact, request.asked_by) == (
        LinkPurpose.SEE_APPLICANTS, posting, contact, None
    )  # fmt: skip
    page = client.get(urlsplit(letter.link).path)
    assert [row.pk for row, _address in page.context["rows"]] == [application.pk]


def test_whoever_was_shown_them_before_is_reminded_and_the_older_link_is_replaced(client: Client) -> None:
    posting, _contact, _application = _due()
    colleague = ContactFactory(enterprise=posting.enterprise, email="zhao@enterprise.example", language="en")
    request = shown(posting, colleague)
    old = link_of(request)

    tasks.queue_letters()

    [letter] = _letters()
    assert letter.address == "zhao@enterprise.example"
    assert client.get(urlsplit(letter.link).path).status_code == 200
    assert link_of(request).replaces == old
    assert client.get(address_of(request, old)).context["state"] == LinkState.REPLACED


def test_what_staff_withdrew_is_not_opened_again_by_a_reminder(officer: User) -> None:
    posting, contact, _application = _due()
    requests.withdraw(shown(posting, contact, by=officer), by=officer, at=timezone.now())

    tasks.queue_letters()

    [letter] = _letters()
    assert (letter.address, letter.link) == (contact.email, "")
    assert "By the link below" not in letter.body
    assert SignedLink.objects.count() == 1


def test_a_second_letter_on_the_day_and_none_once_all_are_answered() -> None:
    posting, contact, application = _due()
    now = timezone.now()
    assert queue_answer_letters(now=now) == 1
    assert queue_answer_letters(now=now + timedelta(days=2)) == 1

    application.state = ApplicationState.SHORTLISTED
    application.save()

    assert queue_answer_letters(now=now + timedelta(days=3)) == 0
    keys = [letter.key.split(":")[3] for letter in _letters()]
    assert keys == ["3d", "0d"]


def test_what_was_answered_before_the_letter_left_is_not_sent(mailoutbox: list[object]) -> None:
    _posting, _contact, application = _due()
    tasks.queue_letters()
    [letter] = _letters()
    application.state = ApplicationState.REJECTED
    application.save()

    deliver_message(letter.pk, now=timezone.now() + timedelta(minutes=5))

    assert mailoutbox == []


@pytest.mark.parametrize("rows", [1, 3])
def test_what_was_written_costs_the_same_for_any_number(rows: int, django_assert_num_queries) -> None:
    for _row in range(rows):
        enterprise = EnterpriseFactory()
        ContactFactory(enterprise=enterprise, is_primary=True, email="a@b.example")
        ApplicationFactory(posting=PostingFactory(enterprise=enterprise, answer_by=timezone.localdate()))
    now = timezone.now()
    assert queue_answer_letters(now=now) == rows

    with django_assert_num_queries(5):
        assert queue_answer_letters(now=now) == 0


def test_after_the_days_of_grace_it_is_closed_and_counts_against_the_rate(settings, monkeypatch) -> None:
    posting, _contact, waits = _due(days=0)
    answered = ApplicationFactory(posting=posting, state=ApplicationState.SHORTLISTED)
    answered.moves.create(state=ApplicationState.SHORTLISTED, at=timezone.now())
    start = timezone.now()

    def on_day(number: int) -> datetime:
        moment = start + timedelta(days=number)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    for number in range(settings.NO_REPLY_AFTER_DAYS + 2):
        on_day(number)
        tasks.queue_letters()
        tasks_of_placements.queue_reminders()
        tasks_of_placements.close_unanswered()
        waits.refresh_from_db()
        assert waits.state == ("submitted" if number <= settings.NO_REPLY_AFTER_DAYS else "no_reply")

    assert len(_letters()) == 1
    told = OutgoingMessage.objects.filter(recipient=waits.student, channel="inbox")
    assert told.get().key.startswith(f"application:{waits.pk}:no_reply:")
    rate = response_rate(posting.enterprise, on=timezone.localdate())
    assert (rate.answered, rate.due) == (1, 2)
