"""The log: what was written to whom, and why; the office reads it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from notifications.choices import Channel, MessageState
from tests.factories.notifications import NOON, EmailFactory, InboxFactory, LetterFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
PAGE = "notifications:log"
BECAUSE = {"on": "2026-03-13", "mark": -1}


@pytest.mark.parametrize("messages", [1, 3])
def test_the_log_costs_the_same_for_any_number_of_messages(client, officer, django_assert_num_queries, messages):
    EmailFactory.create_batch(messages, rule="guidance.appointment", because=BECAUSE, enterprise_id=4)
    client.force_login(officer)

    # session, person, roles, school, unread for the bell, count, messages with recipients
    with django_assert_num_queries(7):
        response = client.get(reverse(PAGE))

    assert len(response.context["page"].object_list) == messages


def test_a_reminder_says_its_rule_and_how_far_it_was_from_the_day(client, officer):
    EmailFactory(rule="guidance.appointment", because=BECAUSE, enterprise_id=4)
    client.force_login(officer)

    page = client.get(reverse(PAGE)).content.decode()

    assert "Appointment tomorrow: 1 day before 13 Mar 2026" in page
    assert reverse("notifications:rule", args=["guidance.appointment"]) in page
    assert reverse("partnerships:enterprise", args=[4]) in page


def test_other_messages_say_what_they_are_about_and_so_does_a_rule_that_is_no_more(client, officer):
    EmailFactory()
    EmailFactory(rule="gone.rule", because=BECAUSE)
    client.force_login(officer)

    page = client.get(f"{reverse(PAGE)}?find=planned").content.decode()

    assert "gone.rule" not in page
    assert page.count('<td data-label="Why">') == 2


def found_by(client, query: str) -> set[int]:
    return {message.pk for message in client.get(f"{reverse(PAGE)}?{query}").context["page"]}


def test_messages_are_found_by_what_is_known_of_them(client, officer):
    mail = EmailFactory(recipient__name="刘洋", state=MessageState.SENT, rule="guidance.appointment")
    inbox = InboxFactory(recipient__email="zhao@school.example", queued_at=NOON + timedelta(days=2))
    letter = LetterFactory(subject="Your file, please", enterprise_id=7)
    client.force_login(officer)

    assert found_by(client, "find=刘洋") == {mail.pk}
    assert found_by(client, "find=zhao@school") == {inbox.pk}
    assert found_by(client, "find=li@enterprise") == {letter.pk}
    assert found_by(client, "find=file, please") == {letter.pk}
    assert found_by(client, "channel=inbox") == {inbox.pk}
    assert found_by(client, "state=queued") == {letter.pk}
    assert found_by(client, "rule=guidance.appointment") == {mail.pk}
    assert found_by(client, "since=2026-03-13") == {inbox.pk}
    assert found_by(client, "until=2026-03-12") == {mail.pk, letter.pk}
    assert found_by(client, "enterprise=7") == {letter.pk}
    assert found_by(client, "state=nonsense&since=never") == {mail.pk, inbox.pk, letter.pk}


def test_a_message_is_read_whole_with_the_servers_words_but_never_a_letters_link(client, officer):
    letter = LetterFactory(
        body="Dear Li Na, http://testserver/following/stop/WyJlbnRlcnByaXNlIiwxMCwyMF0:1xV56y/",
        link="/files/secret-token/",
        state=MessageState.FAILED,
        attempts=3,
        error="550 no such user",
    )
    client.force_login(officer)

    page = client.get(reverse("notifications:message", args=[letter.pk])).content.decode()

    assert "Dear Li Na" in page
    assert "550 no such user" in page
    assert "Message-ID" in page
    assert "secret-token" not in page
    assert "http://testserver/following/stop/…/" in page
    assert "WyJlbnRlcnByaXNl" not in page
    assert reverse("notifications:mend", args=[letter.pk]) in page


@pytest.mark.parametrize("parts", [1, 3])
def test_a_gathered_letter_names_its_parts_and_each_part_its_letter(client, officer, django_assert_num_queries, parts):
    letter = EmailFactory(key="digest:1:1", subject="What is new", state=MessageState.SENT)
    gathered = EmailFactory.create_batch(parts, digest=letter, subject="One of them", state=MessageState.SENT)
    client.force_login(officer)

    # session, person, roles, school, unread for the bell, message, parts
    with django_assert_num_queries(7):
        page = client.get(reverse("notifications:message", args=[letter.pk])).content.decode()

    assert page.count("One of them") == parts
    part = client.get(reverse("notifications:message", args=[gathered[0].pk])).content.decode()
    assert reverse("notifications:message", args=[letter.pk]) in part


@pytest.mark.parametrize("role", ["leader", "college_staff", "student", "stranger"])
def test_the_log_does_not_exist_for_others(client, request, role):
    mail = EmailFactory(channel=Channel.EMAIL)
    client.force_login(request.getfixturevalue(role))

    assert client.get(reverse(PAGE)).status_code == 404
    assert client.get(reverse("notifications:message", args=[mail.pk])).status_code == 404
