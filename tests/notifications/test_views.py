"""The inbox is one's own, the outbox the office's."""

import pytest
from django.urls import reverse

from notifications.choices import Channel, MessageState
from notifications.models.messages import OutgoingMessage
from tests.factories.notifications import NOON, EmailFactory, InboxFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("messages", [1, 3])
def test_the_inbox_costs_the_same_for_any_number_of_messages(client, officer, django_assert_num_queries, messages):
    InboxFactory.create_batch(messages, recipient=officer)
    client.force_login(officer)

    # session, person, roles, school, unread for the bell, count, messages
    with django_assert_num_queries(7):
        response = client.get(reverse("notifications:inbox"))

    assert len(response.context["page"].object_list) == messages
    assert response.content.decode().count("A visit is planned") == messages


def test_the_inbox_shows_ones_own_messages_newest_first_and_no_mails(client, officer):
    InboxFactory()
    EmailFactory(recipient=officer)
    first = InboxFactory(recipient=officer, subject="First")
    second = InboxFactory(recipient=officer, subject="Second", read_at=NOON)
    client.force_login(officer)

    assert list(client.get(reverse("notifications:inbox")).context["page"]) == [second, first]
    assert list(client.get(reverse("notifications:inbox") + "?unread=1").context["page"]) == [first]


def test_the_list_alone_is_answered_to_htmx(client, officer):
    client.force_login(officer)

    response = client.get(reverse("notifications:inbox"), headers={"HX-Request": "true"})

    assert response.content.decode().strip().startswith('<div id="rows">')


def test_opening_a_message_shows_it_and_marks_it_read(client, student):
    message = InboxFactory(recipient=student, body="Your application was seen.", link="/applications/4/")
    client.force_login(student)

    page = client.get(reverse("notifications:open", args=[message.pk])).content.decode()

    assert "Your application was seen." in page
    assert 'href="/applications/4/"' in page
    message.refresh_from_db()
    assert message.read_at is not None


def test_other_peoples_messages_do_not_exist_not_even_for_administrators(client, admin):
    message = InboxFactory()
    client.force_login(admin)

    assert client.get(reverse("notifications:open", args=[message.pk])).status_code == 404

    message.refresh_from_db()
    assert message.read_at is None


def test_a_mail_is_not_opened_in_the_inbox(client, officer):
    client.force_login(officer)
    mail = EmailFactory(recipient=officer)

    assert client.get(reverse("notifications:open", args=[mail.pk])).status_code == 404


def test_everything_is_marked_read_by_one_button(client, officer):
    InboxFactory.create_batch(2, recipient=officer)
    client.force_login(officer)

    response = client.post(reverse("notifications:read_all"))

    assert response.url == reverse("notifications:inbox")
    assert not OutgoingMessage.objects.inbox_of(officer).unread().exists()


@pytest.mark.parametrize("messages", [1, 3])
def test_the_outbox_costs_the_same_for_any_number_of_mails(client, officer, django_assert_num_queries, messages):
    EmailFactory.create_batch(messages, state=MessageState.FAILED, error="550 No such user")
    client.force_login(officer)

    # session, person, roles, school, unread for the bell, count, mails with recipients
    with django_assert_num_queries(7):
        response = client.get(reverse("notifications:outbox"))

    assert response.content.decode().count("550 No such user") == messages


def test_the_outbox_shows_failed_mails_with_address_and_reason(client, officer):
    EmailFactory(state=MessageState.FAILED, error="550 No such user", recipient__email="gone@school.example")
    EmailFactory(recipient__email="waiting@school.example")
    EmailFactory(state=MessageState.SENT, recipient__email="sent@school.example")
    client.force_login(officer)

    failed = client.get(reverse("notifications:outbox")).content.decode()
    waiting = client.get(reverse("notifications:outbox") + "?state=queued").content.decode()
    sent = client.get(reverse("notifications:outbox") + "?state=sent").content.decode()

    assert "gone@school.example" in failed
    assert "550 No such user" in failed
    assert "waiting@school.example" not in failed
    assert "waiting@school.example" in waiting
    assert "sent@school.example" not in sent


@pytest.mark.parametrize("role", ["leader", "college_staff", "student", "stranger"])
def test_the_outbox_does_not_exist_for_others(client, request, role):
    mail = EmailFactory(state=MessageState.FAILED)
    client.force_login(request.getfixturevalue(role))

    assert client.get(reverse("notifications:outbox")).status_code == 404
    assert client.post(reverse("notifications:again", args=[mail.pk])).status_code == 404

    mail.refresh_from_db()
    assert mail.state == MessageState.FAILED


def test_the_office_sends_a_failed_mail_again(client, officer):
    mail = EmailFactory(state=MessageState.FAILED, error="550 No such user")
    client.force_login(officer)

    response = client.post(reverse("notifications:again", args=[mail.pk]))

    assert response.url == reverse("notifications:outbox")
    mail.refresh_from_db()
    assert (mail.state, mail.error) == (MessageState.QUEUED, "")


def test_sending_again_what_did_not_fail_is_refused_with_its_reason(client, officer):
    mail = EmailFactory(state=MessageState.SENT)
    client.force_login(officer)

    assert client.post(reverse("notifications:again", args=[mail.pk])).status_code == 409

    mail.refresh_from_db()
    assert mail.state == MessageState.SENT


def test_a_chat_that_failed_and_what_waits_to_be_gathered_stand_in_the_outbox(client, officer):
    EmailFactory(channel=Channel.CHAT, state=MessageState.FAILED, error="The robot could not be reached.")
    EmailFactory(state=MessageState.HELD, subject="Waits for the morning")
    client.force_login(officer)

    failed = client.get(reverse("notifications:outbox")).content.decode()
    held = client.get(reverse("notifications:outbox") + "?state=held").content.decode()

    assert "The robot could not be reached." in failed
    assert "Waits for the morning" in held


def test_what_a_letter_gathered_shares_its_fate_and_stands_not_beside_it(client, officer):
    letter = EmailFactory(key="digest:1:1", state=MessageState.FAILED)
    part = EmailFactory(state=MessageState.FAILED, digest=letter)
    client.force_login(officer)

    assert list(client.get(reverse("notifications:outbox")).context["page"]) == [letter]
    assert client.post(reverse("notifications:again", args=[part.pk])).status_code == 409


def test_a_chat_is_sent_again(client, officer):
    chat = EmailFactory(channel=Channel.CHAT, state=MessageState.FAILED, error="The robot could not be reached.")
    client.force_login(officer)

    client.post(reverse("notifications:again", args=[chat.pk]))

    chat.refresh_from_db()
    assert chat.error == ""
