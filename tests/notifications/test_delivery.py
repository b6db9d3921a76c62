"""A stored e-mail leaves once, through a real SMTP connection."""

import logging
import threading
from datetime import timedelta

import psycopg2
import pytest
from django.db import connection, connections
from django.utils import translation

from notifications.choices import Channel, Matter, MessageState
from notifications.delivery import ATTEMPTS, deliver_due, deliver_message, sweep
from notifications.leaving import stop_path
from notifications.models.messages import OutgoingMessage
from notifications.models.reminding import ReminderHours
from notifications.services.notifying import notify
from tests.factories.accounts import UserFactory
from tests.factories.notifications import NOON, EmailFactory
from tests.mails import text_of

pytestmark = pytest.mark.django_db
asked: list[int] = []


def place(parameters):
    return {name: value for name, value in parameters.items() if name in ("host", "port", "user", "password")}


def holds(subject_id, *, now):
    asked.append(subject_id)
    return True


def holds_no_more(subject_id, *, now):
    return False


def test_a_waiting_mail_is_sent_and_says_when(postbox):
    message = EmailFactory(recipient__email="leader@school.example", link="/visits/3/")

    assert deliver_message(message.pk, now=NOON) is True

    message.refresh_from_db()
    assert (message.state, message.sent_at, message.attempts) == (MessageState.SENT, NOON, 1)
    (mail,) = postbox.mails
    stop = f"http://testserver{stop_path(message)}"
    assert postbox.recipients == ["leader@school.example"]
    assert mail["Subject"] == "A visit is planned"
    assert mail["Content-Language"] == "en"
    assert text_of(mail) == (
        "On Thursday.\n\nOpen in the portal: http://testserver/visits/3/\n\n-- \n"
        "This message was sent by the school's partnership portal.\n"
        "Choose which messages you receive: http://testserver/profile/messages/\n"
        f"No more e-mails about “Visits”: {stop}\n"
    )
    assert mail["List-Unsubscribe"].strip() == f"<{stop}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_chinese_subject_arrives_as_written(postbox):
    user = UserFactory(language="zh-hans")
    message = EmailFactory(recipient=user, subject="走访安排：南充影视产业职业学院 & 成都电影集团", body="周四上午。")

    deliver_message(message.pk, now=NOON)

    (mail,) = postbox.mails
    assert mail["Subject"].strip() == "走访安排：南充影视产业职业学院 & 成都电影集团"
    assert mail["Content-Language"] == "zh-hans"
    assert text_of(mail).startswith("周四上午。")


def test_the_message_id_follows_from_the_key(postbox):
    message = EmailFactory()
    deliver_message(message.pk, now=NOON)
    OutgoingMessage.objects.filter(pk=message.pk).update(state=MessageState.QUEUED)
    deliver_message(message.pk, now=NOON)

    first, second = postbox.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"].endswith("@testserver>")


def test_a_second_ring_finds_nothing_to_do(postbox):
    message = EmailFactory()
    deliver_message(message.pk, now=NOON)

    assert deliver_message(message.pk, now=NOON) is False
    assert len(postbox.mails) == 1


def test_a_mail_does_not_leave_before_its_time(postbox):
    message = EmailFactory(send_after=NOON + timedelta(hours=1))

    assert deliver_message(message.pk, now=NOON) is False

    message.refresh_from_db()
    assert (message.state, message.attempts, postbox.mails) == (MessageState.QUEUED, 0, [])


@pytest.mark.django_db(transaction=True)
def test_eight_workers_on_one_message_send_one_mail(postbox):
    message = EmailFactory()
    start = threading.Barrier(8)
    sent = []

    def work():
        start.wait()
        try:
            sent.append(deliver_message(message.pk, now=NOON))
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(sent) == [False] * 7 + [True]
    assert len(postbox.mails) == 1


def test_a_matter_that_no_longer_holds_is_dropped(postbox, settings):
    settings.STILL_DUE = {"visits.visit": f"{__name__}.holds_no_more"}
    message = EmailFactory(still_due="visits.visit", subject_id=7)

    assert deliver_message(message.pk, now=NOON) is False

    message.refresh_from_db()
    assert (message.state, postbox.mails) == (MessageState.DROPPED, [])


def test_a_check_that_an_older_portal_asked_for_drops_what_it_stored(postbox):
    message = EmailFactory(still_due="visits.gone_since", subject_id=7)

    assert deliver_message(message.pk, now=NOON) is False

    message.refresh_from_db()
    assert (message.state, postbox.mails) == (MessageState.DROPPED, [])


def test_a_matter_that_still_holds_is_asked_about_and_sent(postbox, settings):
    settings.STILL_DUE = {"visits.visit": f"{__name__}.holds"}
    asked.clear()
    message = EmailFactory(still_due="visits.visit", subject_id=7)

    assert deliver_message(message.pk, now=NOON) is True
    assert asked == [7]


def test_nothing_is_sent_to_people_who_left(postbox):
    message = EmailFactory(recipient__is_active=False)

    deliver_message(message.pk, now=NOON)

    message.refresh_from_db()
    assert (message.state, postbox.mails) == (MessageState.DROPPED, [])


def test_a_final_no_of_the_server_marks_the_mail_failed(postbox, caplog):
    postbox.answer = "550 No such user here"
    message = EmailFactory(recipient__email="nobody@school.example")

    with caplog.at_level(logging.WARNING, "notifications.delivery"):
        assert deliver_message(message.pk, now=NOON) is False

    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    with translation.override("zh-hans"):
        words = translation.gettext("The mail server answered: %(code)s %(words)s")
    assert message.error == words % {"code": 550, "words": "No such user here"}
    assert [record.getMessage() for record in caplog.records if record.name == "notifications.delivery"] == [
        f"Message {message.pk} was not delivered at attempt 1: SMTPRecipientsRefused 550",
    ]


def test_a_no_for_now_lets_the_mail_wait_and_names_nobody(postbox, caplog):
    postbox.answer = "451 Try later, nobody@school.example"
    message = EmailFactory(recipient__email="nobody@school.example")

    with caplog.at_level(logging.WARNING, "notifications.delivery"):
        assert deliver_message(message.pk, now=NOON) is False

    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.QUEUED, 1)
    assert message.send_after == NOON + timedelta(seconds=30)
    assert [record.getMessage() for record in caplog.records if record.name == "notifications.delivery"] == [
        f"Message {message.pk} was not delivered at attempt 1: SMTPRecipientsRefused 451",
    ]

    postbox.answer = "250 OK"
    assert deliver_message(message.pk, now=NOON + timedelta(seconds=29)) is False
    assert deliver_message(message.pk, now=NOON + timedelta(seconds=30)) is True


def test_a_server_that_is_away_lets_the_mail_wait(postbox, settings):
    settings.EMAIL_PORT = 1
    message = EmailFactory()

    assert deliver_message(message.pk, now=NOON) is False

    message.refresh_from_db()
    assert (message.state, message.send_after) == (MessageState.QUEUED, NOON + timedelta(seconds=30))


@pytest.mark.parametrize(("attempt", "seconds"), [(2, 60), (5, 480), (8, 3600), (20, 3600)])
def test_each_attempt_rests_longer_than_the_one_before_and_never_longer_than_an_hour(postbox, attempt, seconds):
    postbox.answer = "451 Try later"
    message = EmailFactory(attempts=attempt - 1)

    deliver_message(message.pk, now=NOON)

    message.refresh_from_db()
    assert message.send_after == NOON + timedelta(seconds=seconds)


def test_the_last_attempt_marks_the_mail_failed(postbox):
    postbox.answer = "451 Try later"
    message = EmailFactory(attempts=ATTEMPTS - 1)

    assert deliver_message(message.pk, now=NOON) is False

    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.FAILED, ATTEMPTS)


def test_the_sweep_gives_back_claims_of_workers_that_died():
    dead = EmailFactory(state=MessageState.SENDING, claimed_at=NOON - timedelta(minutes=31))
    busy = EmailFactory(state=MessageState.SENDING, claimed_at=NOON - timedelta(minutes=29))

    assert sweep(now=NOON) == [Channel.EMAIL]

    dead.refresh_from_db()
    busy.refresh_from_db()
    assert (dead.state, busy.state) == (MessageState.QUEUED, MessageState.SENDING)


def test_a_claim_from_the_future_is_given_back_too():
    """The clock of the machine was set back since."""
    ahead = EmailFactory(state=MessageState.SENDING, claimed_at=NOON + timedelta(days=1))

    sweep(now=NOON)

    ahead.refresh_from_db()
    assert (ahead.state, ahead.send_after) == (MessageState.QUEUED, NOON)


def test_the_sweep_rings_for_what_the_broker_lost_and_leaves_alone_what_rests():
    EmailFactory(send_after=NOON + timedelta(seconds=31))
    EmailFactory(state=MessageState.FAILED)
    assert sweep(now=NOON + timedelta(seconds=30)) == []

    EmailFactory()
    assert sweep(now=NOON + timedelta(seconds=30)) == [Channel.EMAIL]


def test_one_run_sends_all_that_waits_the_oldest_first_over_one_connection(postbox):
    for minutes in (3, 1, 2):
        EmailFactory(recipient__email=f"p{minutes}@school.example", send_after=NOON - timedelta(minutes=minutes))
    EmailFactory(send_after=NOON + timedelta(minutes=1))

    assert deliver_due(Channel.EMAIL, clock=lambda: NOON) == 3

    assert postbox.recipients == ["p3@school.example", "p2@school.example", "p1@school.example"]
    assert postbox.connections == 1


def test_a_minute_lets_so_many_pass_as_its_limit_says(postbox):
    ReminderHours.objects.create(pk=1, emails_a_minute=2)
    mails = EmailFactory.create_batch(5)

    assert [deliver_due(Channel.EMAIL, clock=lambda: NOON) for _run in range(2)] == [2, 0]
    assert deliver_message(mails[4].pk, now=NOON + timedelta(seconds=59)) is False
    assert deliver_due(Channel.EMAIL, clock=lambda: NOON + timedelta(minutes=1)) == 2

    waiting = OutgoingMessage.objects.filter(state=MessageState.QUEUED)
    assert list(waiting.values_list("pk", "attempts")) == [(mails[4].pk, 0)]


def test_a_clock_that_was_set_back_lets_mails_pass(postbox):
    ReminderHours.objects.create(pk=1, emails_a_minute=1)
    EmailFactory.create_batch(2, send_after=NOON - timedelta(days=2))

    assert deliver_due(Channel.EMAIL, clock=lambda: NOON) == 1
    assert deliver_due(Channel.EMAIL, clock=lambda: NOON - timedelta(days=1)) == 1


def test_a_mail_is_in_the_language_of_its_reader(postbox, django_capture_on_commit_callbacks):
    user = UserFactory(language="zh-hans")
    with translation.override("en"), django_capture_on_commit_callbacks(execute=True):
        notify(
            user,
            key="k",
            matter=Matter.VISIT,
            template="notifications_test/visit.txt",
            context={"where": "A & B"},
            at=NOON,
        )

    message = OutgoingMessage.objects.get(channel=Channel.EMAIL)
    assert (message.language, message.state) == ("zh-hans", MessageState.SENT)
    (mail,) = postbox.mails
    assert mail["Subject"] == "zh-hans A & B"


@pytest.mark.django_db(transaction=True)
def test_while_one_run_sends_another_leaves_at_once(postbox):
    EmailFactory()
    sent = []

    def another_run():
        sent.append(deliver_due(Channel.EMAIL, clock=lambda: NOON))
        connections.close_all()

    def clock():
        if not sent:
            other = threading.Thread(target=another_run)
            other.start()
            other.join()
        return NOON

    assert deliver_due(Channel.EMAIL, clock=clock) == 1
    assert sent == [0]


@pytest.mark.django_db(transaction=True)
def test_a_database_that_ends_when_a_mail_has_left_learns_of_it_all_the_same(postbox):
    message = EmailFactory()

    parameters, session = connection.get_connection_params(), connection.connection.info.backend_pid

    def ends():
        with psycopg2.connect(dbname=parameters.pop("dbname"), **place(parameters)) as other, other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [session])

    postbox.when_taken = ends

    assert deliver_message(message.pk, now=NOON) is True

    message.refresh_from_db()
    assert (message.state, len(postbox.mails)) == (MessageState.SENT, 1)
