"""Messages are stored once, on the channels that the person wants."""

import threading
import time
from datetime import timedelta
from functools import partial

import pytest
from celery import Celery
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connections

from core.errors import RuleBroken
from notifications import ringing
from notifications.choices import Channel, Matter, MessageState, Pace
from notifications.models.messages import OutgoingMessage
from notifications.models.preferences import USUAL, Preference
from notifications.services import inbox, outbox, storing
from notifications.services.notifying import notify
from notifications.services.preferences import change_paces
from notifications.tasks import sweep
from tests.factories.accounts import UserFactory
from tests.factories.notifications import NOON, EmailFactory, InboxFactory

pytestmark = pytest.mark.django_db
TEMPLATE = "notifications_test/visit.txt"


@pytest.fixture
def tell():
    """notify with everything that a test does not care about."""
    return partial(
        notify, key="visit:1:planned", matter=Matter.VISIT, template=TEMPLATE, context={"where": "A"}, at=NOON
    )


@pytest.fixture
def away(monkeypatch):
    """A broker that nobody answers for, and a caller that has not noticed yet."""
    nowhere = Celery("nowhere", broker="redis://127.0.0.1:9/0", set_as_current=False)
    nowhere.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    nowhere.conf.task_publish_retry = settings.CELERY_TASK_PUBLISH_RETRY
    monkeypatch.setattr(ringing, "_quiet_until", 0.0)

    @nowhere.task(name="tests.deliver_nowhere")
    def deliver(message_id: int) -> None:
        raise AssertionError("nobody takes it")

    monkeypatch.setattr(storing, "deliver", deliver)


def test_a_message_is_stored_for_the_inbox_and_as_a_mail(tell):
    user = UserFactory()

    assert tell(user, link="/visits/1/") == 2

    mail = OutgoingMessage.objects.get(channel=Channel.EMAIL)
    inbox = OutgoingMessage.objects.get(channel=Channel.INBOX)
    assert (mail.state, mail.sent_at, mail.subject, mail.body) == (MessageState.QUEUED, None, "en A", "Come to A.")
    assert (inbox.state, inbox.sent_at, inbox.link) == (MessageState.SENT, NOON, "/visits/1/")


def test_a_key_is_told_once(tell):
    user = UserFactory()
    tell(user)

    assert tell(user, context={"where": "B"}) == 0
    assert list(OutgoingMessage.objects.values_list("subject", flat=True)) == ["en A", "en A"]


def test_the_same_key_may_be_told_to_two_people(tell):
    assert (tell(UserFactory()), tell(UserFactory())) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_eight_callers_with_one_key_store_one_message(tell):
    user = UserFactory()
    start = threading.Barrier(8)
    created = []

    def work():
        start.wait()
        try:
            created.append(tell(user, send_after=NOON + timedelta(days=1)))
        finally:
            connections.close_all()

    callers = [threading.Thread(target=work) for _ in range(8)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()

    assert sum(created) == 2
    assert OutgoingMessage.objects.count() == 2


def everything(pace):
    return {(matter, channel): pace for matter in Matter for channel in Channel}


def test_a_channel_that_is_switched_off_gets_nothing(tell):
    user = UserFactory()
    change_paces(user, {(Matter.VISIT, Channel.EMAIL): Pace.OFF})

    assert tell(user) == 1
    assert OutgoingMessage.objects.get().channel == Channel.INBOX
    assert tell(user, key="agreement:1", matter=Matter.AGREEMENT) == 2


def test_switching_a_channel_on_again_leaves_no_trace():
    user = UserFactory()
    change_paces(user, everything(Pace.OFF))
    assert Preference.objects.filter(user=user).count() == len(Matter) * 2  # chats are off as it is

    change_paces(user, {pair: USUAL[pair[1]] for pair in everything(Pace.OFF)})

    assert not Preference.objects.exists()


def test_people_who_left_are_told_nothing(tell):
    assert tell(UserFactory(is_active=False)) == 0
    assert not OutgoingMessage.objects.exists()


def test_a_mail_for_later_waits_while_the_inbox_has_it(tell, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as rings:
        tell(UserFactory(), send_after=NOON + timedelta(hours=14))

    assert rings == []
    assert OutgoingMessage.objects.get(channel=Channel.EMAIL).send_after == NOON + timedelta(hours=14)
    assert OutgoingMessage.objects.get(channel=Channel.INBOX).state == MessageState.SENT


def test_a_stopped_broker_neither_fails_nor_delays_the_request(tell, away, django_capture_on_commit_callbacks):
    started = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        tell(UserFactory())
        tell(UserFactory())

    assert time.monotonic() - started < 3
    assert OutgoingMessage.objects.filter(state=MessageState.QUEUED).count() == 2


def test_the_sweep_delivers_what_a_stopped_broker_left(tell, postbox):
    tell(UserFactory())

    sweep()

    assert [mail["Subject"] for mail in postbox.mails] == ["en A"]
    assert not OutgoingMessage.objects.filter(state=MessageState.QUEUED).exists()


def test_a_failed_mail_is_sent_again_to_the_address_as_it_is_now(officer, postbox, django_capture_on_commit_callbacks):
    message = EmailFactory(state=MessageState.FAILED, error="550 no such user", attempts=3)
    message.recipient.email = "mended@school.example"
    message.recipient.save()

    with django_capture_on_commit_callbacks(execute=True):
        outbox.send_again(message, by=officer, at=NOON)

    message.refresh_from_db()
    assert (message.state, message.error, message.attempts) == (MessageState.SENT, "", 1)
    assert postbox.recipients == ["mended@school.example"]


def test_only_the_office_sends_again(leader):
    message = EmailFactory(state=MessageState.FAILED, error="550")

    with pytest.raises(PermissionDenied):
        outbox.send_again(message, by=leader, at=NOON)

    message.refresh_from_db()
    assert message.state == MessageState.FAILED


@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.QUEUED, MessageState.SENDING, MessageState.DROPPED])
def test_only_a_failed_mail_is_sent_again(officer, state):
    message = EmailFactory(state=state)

    with pytest.raises(RuleBroken):
        outbox.send_again(message, by=officer, at=NOON)

    message.refresh_from_db()
    assert message.state == state


def test_reading_is_noted_once():
    message = InboxFactory()
    inbox.mark_read(message, at=NOON)
    inbox.mark_read(message, at=NOON + timedelta(days=1))

    message.refresh_from_db()
    assert message.read_at == NOON


def test_reading_everything_touches_ones_own_messages_only():
    mine, other = InboxFactory(), InboxFactory()

    assert inbox.mark_all_read(mine.recipient, at=NOON) == 1

    other.refresh_from_db()
    assert other.read_at is None
