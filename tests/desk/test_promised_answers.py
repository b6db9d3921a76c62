"""The promised answer day, from the letter with its link to what is closed without reply and counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models.people import User
from desk.models.requests import DeskRequest
from desk.selectors.addressees import contacts_of
from desk.services import requests
from desk.services.reminding import remind
from notifications.choices import MessageState
from notifications.delivery import deliver_message
from notifications.models.messages import OutgoingMessage
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
from tests.reminding import due, queue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def _due(days: int = 2, **fields: object) -> tuple[Posting, Contact, Application]:
    """A posting whose answers are promised in so many days, and one who waits."""
    contact = asked_contact()
    answer_by = timezone.localdate() + timedelta(days=days)
    posting = PostingFactory(enterprise=contact.enterprise, answer_by=answer_by, title_en="Editor", **fields)
    return posting, contact, ApplicationFactory(posting=posting, snapshot={"name": "刘洋"})


def write(now: datetime) -> int:
    return queue(now, "desk.answers")


def _letters() -> list[OutgoingMessage]:
    return list(OutgoingMessage.objects.filter(recipient=None, key__startswith="desk.answers:").order_by("pk"))


def test_the_letter_carries_a_link_to_who_waits_and_comes_once(client: Client) -> None:
    posting, contact, application = _due()

    write(timezone.now())
    write(timezone.now())

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

    write(timezone.now())

    [letter] = _letters()
    assert letter.address == "zhao@enterprise.example"
    assert client.get(urlsplit(letter.link).path).status_code == 200
    assert link_of(request).replaces == old
    assert client.get(address_of(request, old)).context["state"] == LinkState.REPLACED


def test_what_staff_withdrew_is_not_opened_again_by_a_reminder(officer: User) -> None:
    posting, contact, _application = _due()
    requests.withdraw(shown(posting, contact, by=officer), by=officer, at=timezone.now())

    write(timezone.now())

    [letter] = _letters()
    assert (letter.address, letter.link) == (contact.email, "")
    assert "By the link below" not in letter.body
    assert SignedLink.objects.count() == 1


def test_a_second_letter_on_the_day_and_none_once_all_are_answered() -> None:
    posting, contact, application = _due()
    now = timezone.now()
    assert write(now) == 1
    assert write(now + timedelta(days=2)) == 1

    application.state = ApplicationState.SHORTLISTED
    application.save()

    assert write(now + timedelta(days=3)) == 0
    keys = [letter.key.split(":")[2] for letter in _letters()]
    assert keys == ["-3d", "+0d"]


def test_what_was_answered_before_the_letter_left_is_not_sent(mailoutbox: list[object]) -> None:
    _posting, _contact, application = _due()
    write(timezone.now())
    [letter] = _letters()
    application.state = ApplicationState.REJECTED
    application.save()

    deliver_message(letter.pk, now=timezone.now() + timedelta(minutes=5))

    assert mailoutbox == []


def test_a_day_that_was_put_off_is_another_letter_and_one_that_is_far_is_none() -> None:
    posting, _contact, _application = _due(days=0)
    assert write(timezone.now()) == 1

    for days, letters in ((10, 0), (3, 1)):
        Posting.objects.filter(pk=posting.pk).update(answer_by=timezone.localdate() + timedelta(days=days))
        assert write(timezone.now()) == letters


@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_letter_that_names_a_day_which_was_moved_a_minute_ago_is_not_sent(
    withdrawn: bool, officer: User, mailoutbox: list[object]
) -> None:
    posting, contact, _application = _due()
    if withdrawn:
        requests.withdraw(shown(posting, contact, by=officer), by=officer, at=timezone.now())
    write(timezone.now())
    [letter] = _letters()
    Posting.objects.filter(pk=posting.pk).update(answer_by=timezone.localdate() + timedelta(days=10))

    assert deliver_message(letter.pk, now=timezone.now() + timedelta(minutes=1)) is False
    letter.refresh_from_db()
    assert (letter.state, mailoutbox) == (MessageState.DROPPED, [])


def test_answered_a_moment_before_nothing_is_written() -> None:
    posting, _contact, application = _due()
    [found] = due("desk.answers", timezone.now())
    application.state = ApplicationState.REJECTED
    application.save()

    assert (found.subject_id, remind(posting.pk, timezone.now())) == (posting.pk, 0)
    assert (_letters(), SignedLink.objects.count()) == ([], 0)


@pytest.mark.parametrize("rows", [1, 3])
def test_what_is_due_is_found_in_the_same_number_of_queries(rows: int, django_assert_num_queries) -> None:
    for _row in range(rows):
        enterprise = EnterpriseFactory()
        ContactFactory(enterprise=enterprise, is_primary=True, email="a@b.example")
        ApplicationFactory(posting=PostingFactory(enterprise=enterprise, answer_by=timezone.localdate()))
    now = timezone.now()

    with django_assert_num_queries(7):  # terms, days off, who waits, postings, who was shown them, contacts, letters
        assert len(due("desk.answers", now)) == rows
    assert write(now) == rows
    with django_assert_num_queries(7):
        assert due("desk.answers", now) == []


def test_the_posting_s_own_contact_is_written_to_first_unless_they_left():
    today = timezone.localdate()
    enterprise = EnterpriseFactory()
    first = ContactFactory(enterprise=enterprise, is_primary=True, email="first@b.example")
    own = ContactFactory(enterprise=enterprise, email="own@b.example")
    posting = PostingFactory(enterprise=enterprise, answer_by=today, contact=own)

    assert contacts_of([posting], on=today) == {posting.pk: own}
    Contact.objects.filter(pk=own.pk).update(to_on=today - timedelta(days=1))
    posting = Posting.objects.get()
    assert contacts_of([posting], on=today) == {posting.pk: first}
    Contact.objects.filter(pk=first.pk).update(email="")
    assert contacts_of([posting], on=today) == {}


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
        moment = on_day(number)
        write(moment)
        queue(moment, "placements.answers")
        tasks_of_placements.close_unanswered()
        waits.refresh_from_db()
        assert waits.state == ("submitted" if number <= settings.NO_REPLY_AFTER_DAYS else "no_reply")

    assert len(_letters()) == 1
    told = OutgoingMessage.objects.filter(recipient=waits.student, channel="inbox")
    assert told.get().key.startswith(f"application:{waits.pk}:no_reply:")
    rate = response_rate(posting.enterprise, on=timezone.localdate())
    assert (rate.answered, rate.due) == (1, 2)
