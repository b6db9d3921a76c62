"""What rules find is stored once, asked again when it is to leave, and one failure stops nothing else."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.template import TemplateSyntaxError

from accounts.models.people import User
from notifications import occasions
from notifications.choices import Channel, Counting, MessageState, Mode, Pace
from notifications.delivery import deliver_due, deliver_message
from notifications.models.messages import OutgoingMessage
from notifications.models.preferences import Preference
from notifications.models.reminding import ReminderHours, RuleRun, RuleTerms
from notifications.selectors.reminding import preview, terms_of
from notifications.services.reminding import queue_reminders
from notifications.services.terms import set_terms
from notifications.terms import Terms
from tests.factories.accounts import UserFactory
from tests.notifications import rules_of_our_own

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_rule")]
NOW = datetime(2026, 3, 11, 4, 0, tzinfo=UTC)  # a Wednesday, noon in Shanghai


def joined(days_ago=0, **fields):
    return UserFactory(joined_at=NOW - timedelta(days=days_ago), **fields)


def keys(channel=Channel.EMAIL):
    return list(OutgoingMessage.objects.filter(channel=channel).order_by("pk").values_list("key", flat=True))


def mail():
    return OutgoingMessage.objects.get(channel=Channel.EMAIL)


def test_everything_that_is_due_is_stored_once_with_its_reason():
    user = joined(days_ago=4, language="en")
    joined(days_ago=11)

    assert (queue_reminders(now=NOW), queue_reminders(now=NOW + timedelta(minutes=10))) == (2, 0)

    message = mail()
    assert message.key == f"tests.joined:{user.pk}:+3d:20260307"
    assert (message.rule, message.subject_id, message.link) == ("tests.joined", user.pk, "/profile/")
    assert message.because == {"on": "2026-03-07", "mark": 3, "joined": "2026-03-07"}
    assert (message.subject, message.state, message.send_after) == (f"en {user.name}", MessageState.QUEUED, NOW)
    run = RuleRun.objects.get()
    assert (run.rule, run.found, run.stored, run.problems) == ("tests.joined", 1, 0, 0)


def test_a_later_band_is_another_message():
    joined()
    queue_reminders(now=NOW)

    assert queue_reminders(now=NOW + timedelta(days=2)) == 0
    assert queue_reminders(now=NOW + timedelta(days=3)) == 2
    assert [key.split(":")[2] for key in keys()] == ["+0d", "+3d"]


def test_a_scheduler_that_slept_tells_the_latest_only():
    joined(days_ago=9)

    queue_reminders(now=NOW)

    assert [key.split(":")[2] for key in keys()] == ["+3d"]


def test_a_changed_day_is_another_occasion_and_drops_the_old_one(postbox):
    user = joined()
    queue_reminders(now=NOW)
    user.joined_at = NOW - timedelta(days=1)
    user.save()

    assert queue_reminders(now=NOW) == 2
    old, new = OutgoingMessage.objects.filter(channel=Channel.EMAIL).order_by("pk")
    assert (deliver_message(old.pk, now=NOW), deliver_message(new.pk, now=NOW)) == (False, True)

    old.refresh_from_db()
    assert old.state == MessageState.DROPPED
    assert len(postbox.mails) == 1


def away(user):
    User.objects.filter(pk=user.pk).update(joined_at=NOW - timedelta(days=400))


def left(user):
    User.objects.filter(pk=user.pk).update(is_active=False)


def switched_off(user):
    RuleTerms.objects.create(
        rule="tests.joined", is_on=False, marks=[0], until=1, counting=Counting.EVERY_DAY, audiences=["self"]
    )


def not_their_matter_any_more(user):
    RuleTerms.objects.create(rule="tests.joined", marks=[0], until=1, counting=Counting.EVERY_DAY, audiences=["nobody"])


@pytest.mark.parametrize("change", [away, left, switched_off, not_their_matter_any_more])
def test_what_ended_a_minute_before_sending_is_not_sent(postbox, change):
    user = joined()
    queue_reminders(now=NOW)
    change(user)

    assert deliver_due(Channel.EMAIL, clock=lambda: NOW + timedelta(minutes=1)) == 0

    assert (mail().state, postbox.mails) == (MessageState.DROPPED, [])


def test_a_person_who_is_gone_takes_their_messages_along(postbox):
    user = joined()
    queue_reminders(now=NOW)
    user.delete()

    assert deliver_due(Channel.EMAIL, clock=lambda: NOW) == 0
    assert not OutgoingMessage.objects.exists()


def test_a_rule_that_is_gone_sends_nothing_more(postbox, settings):
    joined()
    queue_reminders(now=NOW)
    settings.REMINDER_RULES = ()
    occasions.rules.cache_clear()

    deliver_due(Channel.EMAIL, clock=lambda: NOW)

    assert (mail().state, postbox.mails) == (MessageState.DROPPED, [])


def test_switched_to_show_only_nothing_is_stored():
    joined()
    ReminderHours.objects.create(pk=1, mode=Mode.SHOW)

    assert queue_reminders(now=NOW) == 0
    assert not OutgoingMessage.objects.exists()
    rule = rules_of_our_own.RULE
    assert preview(rule, rule.terms, now=NOW).number == 2


def test_at_night_the_mail_waits_and_the_inbox_does_not():
    joined()
    evening = NOW + timedelta(hours=9)  # nine in Shanghai

    queue_reminders(now=evening)

    assert mail().send_after == datetime(2026, 3, 11, 23, 30, tzinfo=UTC)
    assert OutgoingMessage.objects.get(channel=Channel.INBOX).sent_at == evening


def test_what_a_person_switched_off_is_not_stored():
    user = joined()
    for channel in (Channel.EMAIL, Channel.INBOX):
        Preference.objects.create(user=user, matter="visit", channel=channel, pace=Pace.OFF)

    assert queue_reminders(now=NOW) == 0


def broken_for_one(monkeypatch, problem):
    unlucky, lucky = joined(), joined()

    def words(user):
        if user.pk == unlucky.pk:
            raise problem
        return {"where": user.name}

    monkeypatch.setattr(rules_of_our_own, "words_of", words)
    return unlucky, lucky


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (TemplateSyntaxError("Invalid tag"), "TemplateSyntaxError: Invalid tag"),
        (KeyError("王敏"), "KeyError"),
    ],
)
def test_words_that_fail_for_one_person_do_not_stop_the_others(monkeypatch, caplog, problem, said):
    _unlucky, lucky = broken_for_one(monkeypatch, problem)

    assert queue_reminders(now=NOW) == 2

    assert mail().recipient == lucky
    run = RuleRun.objects.get()
    assert (run.found, run.stored, run.problems) == (2, 2, 1)
    assert run.problem.startswith(f"{said} (test_reminding.py:")
    assert "王敏" not in caplog.text


def test_what_failed_is_told_once_it_is_mended(monkeypatch):
    unlucky, _lucky = broken_for_one(monkeypatch, KeyError("x"))
    queue_reminders(now=NOW)

    monkeypatch.setattr(rules_of_our_own, "words_of", lambda user: {"where": user.name})

    assert queue_reminders(now=NOW + timedelta(minutes=10)) == 2
    assert OutgoingMessage.objects.filter(recipient=unlucky, channel=Channel.EMAIL).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_store_everything_once():
    for _number in range(60):
        joined()
    start = threading.Barrier(2)

    def work():
        start.wait()
        try:
            queue_reminders(now=NOW)
        finally:
            connections.close_all()

    both = [threading.Thread(target=work) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert len(keys()) == len(set(keys())) == 60
    assert len(keys(Channel.INBOX)) == 60


def test_a_thousand_reminders_are_stored_in_few_queries(django_assert_max_num_queries):
    User.objects.bulk_create(
        User(email=f"p{n}@school.example", number=f"p{n}", name=f"P{n}", joined_at=NOW) for n in range(1000)
    )

    with django_assert_max_num_queries(45):  # a chunk of 500: asked, preferences, hours, inserted, rung
        assert queue_reminders(now=NOW) == 2000


def test_the_preview_says_who_would_be_told_on_which_day_and_leaves_out_what_was(admin):
    admin.delete()
    user = joined(days_ago=1)
    queue_reminders(now=NOW)
    rule = rules_of_our_own.RULE

    rows = preview(rule, rule.terms, now=NOW).rows

    assert [(row.day.isoformat(), row.to, row.occasion.mark) for row in rows] == [("2026-03-13", user, 3)]
    sooner = Terms(marks=(0, 2), until=10, audiences=("self",))
    assert [row.day.isoformat() for row in preview(rule, sooner, now=NOW).rows] == ["2026-03-12"]
    assert len(OutgoingMessage.objects.all()) == 2


def test_an_administrator_sets_the_terms_and_the_next_run_follows(admin, officer):
    User.objects.update(joined_at=NOW - timedelta(days=5))
    rule = rules_of_our_own.RULE
    other = Terms(marks=(5,), until=5, audiences=("self",))

    with pytest.raises(PermissionDenied):
        set_terms(rule, other, by=officer)
    assert terms_of(rule) == rule.terms

    set_terms(rule, other, by=admin)
    assert terms_of(rule) == other
    queue_reminders(now=NOW)
    assert {key.split(":")[2] for key in keys()} == {"+5d"}

    set_terms(rule, rule.terms, by=admin)
    assert not RuleTerms.objects.exists()
