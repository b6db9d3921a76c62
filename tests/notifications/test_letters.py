"""Letters to people without an account: once per key and address, by the same way as every e-mail."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.urls import reverse

from accounts.models.school import School
from core.errors import RuleBroken
from notifications.choices import Matter, MessageState
from notifications.delivery import deliver_message
from notifications.leaving import stop_path
from notifications.models.messages import OutgoingMessage
from notifications.services import letters as letter_services
from notifications.services.letters import Letter, write_to, write_to_many
from notifications.services.outbox import mend_letter
from notifications.services.quietly import quiet
from notifications.tasks import sweep
from tests.factories.accounts import UserFactory
from tests.factories.notifications import NOON, EmailFactory, LetterFactory
from tests.mails import text_of

pytestmark = pytest.mark.django_db
LETTER = {
    "name": "李娜",
    "address": "li@enterprise.example",
    "language": "en",
    "key": "file:1",
    "matter": Matter.ENTERPRISE,
    "subject": "Your file",
    "body": "Please look.",
}


def write(**other):
    return write_to(Letter(**{**LETTER, **other}), at=NOON)


def letters(*addresses):
    return [Letter(**{**LETTER, "address": address}) for address in addresses]


def holds_no_more(subject_id, *, now):
    return False


def test_a_letter_is_stored_with_its_address_and_no_account():
    message = write(link="/do/x/", still_due="", subject_id=4)

    stored = OutgoingMessage.objects.get()
    assert stored == message
    assert (stored.recipient, stored.to, stored.to_name) == (None, "li@enterprise.example", "李娜")
    assert (stored.state, stored.subject, stored.body, stored.subject_id) == ("queued", "Your file", "Please look.", 4)


def test_a_template_is_put_into_the_readers_language():
    message = write(template="notifications_test/visit.txt", context={"where": "A & B"})

    assert (message.subject, message.body) == ("en A & B", "Come to A & B.")


def test_a_key_goes_to_an_address_once_and_to_another_address_again():
    assert write() is not None
    assert write(subject="Otherwise") is None
    assert write(address="wang@enterprise.example") is not None
    assert list(OutgoingMessage.objects.values_list("subject", flat=True)) == ["Your file", "Your file"]


def test_nothing_is_stored_without_an_address_or_about_the_past():
    assert write(address="") is None
    with quiet():
        assert write() is None
        assert write_to_many(letters("a@x.example"), at=NOON) == 0
    assert not OutgoingMessage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_eight_callers_with_one_key_store_one_letter(monkeypatch):
    monkeypatch.setattr(letter_services, "ring", lambda task, about: True)
    start = threading.Barrier(8)
    stored = []

    def work():
        start.wait()
        try:
            stored.append(write() is not None)
            write_to_many(letters("a@x.example", "b@x.example"), at=NOON)
        finally:
            connections.close_all()

    callers = [threading.Thread(target=work) for _ in range(8)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()

    assert sorted(stored) == [False] * 7 + [True]
    assert OutgoingMessage.objects.count() == 3


def test_it_arrives_with_who_writes_and_how_to_be_left_alone(postbox, settings, django_capture_on_commit_callbacks):
    School.objects.create(pk=1, name_zh="南充影视产业职业学院", name_en="Nanchong Film College")
    settings.DEFAULT_FROM_EMAIL = "office@school.example"
    with django_capture_on_commit_callbacks(execute=True):
        message = write(link="/do/secret/")

    (mail,) = postbox.mails
    assert postbox.recipients == ["li@enterprise.example"]
    stop = f"http://testserver{stop_path(message)}"
    assert text_of(mail) == (
        "Please look.\n\nhttp://testserver/do/secret/\n\n-- \n"
        "Nanchong Film College, employment office. "
        "We write to you because you are on file here as a contact of your enterprise.\n"
        f"To receive no more letters of this kind: {stop}\n"
        "To receive no more letters, answer to office@school.example; the office takes you off the list.\n"
    )
    message.refresh_from_db()
    assert (message.state, message.link) == (MessageState.SENT, "")


def test_many_letters_ring_once_and_all_leave(postbox, django_capture_on_commit_callbacks):
    OutgoingMessage.objects.create(**{**vars_of(letters("a@x.example")[0]), "state": MessageState.SENT})
    with django_capture_on_commit_callbacks(execute=True) as rings:
        new = write_to_many(letters("a@x.example", "b@x.example", "", "c@x.example", "b@x.example"), at=NOON)

    assert new == 2
    assert rings[0].args[0].name == "notifications.deliver_due"
    assert postbox.recipients == ["b@x.example", "c@x.example"]


def vars_of(letter):
    return letter_services._content(letter, at=NOON)


def test_thousands_are_stored_in_few_queries(django_assert_max_num_queries):
    many = letters(*(f"{number}@x.example" for number in range(2000)))

    with django_assert_max_num_queries(12):
        assert write_to_many(many, at=NOON) == 2000

    assert OutgoingMessage.objects.count() == 2000


def test_the_sweep_finds_letters_that_a_stopped_broker_left(postbox):
    write()

    sweep()

    assert postbox.recipients == ["li@enterprise.example"]


def test_a_letter_whose_matter_is_over_is_dropped(postbox, settings):
    settings.STILL_DUE = {"partnerships.file": f"{__name__}.holds_no_more"}
    message = LetterFactory(still_due="partnerships.file", subject_id=1)

    assert deliver_message(message.pk, now=NOON) is False

    message.refresh_from_db()
    assert (message.state, postbox.mails) == (MessageState.DROPPED, [])


def test_the_outbox_shows_a_letter_that_came_back_and_the_way_to_mend_it(client, officer):
    letter = LetterFactory(state=MessageState.FAILED, error="550 No such user")
    client.force_login(officer)

    page = client.get(reverse("notifications:outbox")).content.decode()

    assert "李娜" in page
    assert "li@enterprise.example" in page
    assert f'href="{reverse("notifications:mend", args=[letter.pk])}"' in page


def test_a_mended_letter_leaves_again_with_its_link(client, officer, postbox, django_capture_on_commit_callbacks):
    postbox.answer = "550 No such user"
    letter = LetterFactory(link="/do/secret/")
    deliver_message(letter.pk, now=NOON)
    postbox.answer = "250 OK"
    client.force_login(officer)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("notifications:mend", args=[letter.pk]), {"address": "right@enterprise.example"})

    assert response.url == reverse("notifications:outbox")
    letter.refresh_from_db()
    assert (letter.state, letter.address, letter.error) == (MessageState.SENT, "right@enterprise.example", "")
    assert postbox.recipients == ["right@enterprise.example"]
    assert "http://testserver/do/secret/" in text_of(postbox.mails[0])


def test_a_wrong_address_is_refused_beside_its_field(client, officer):
    letter = LetterFactory(state=MessageState.FAILED, address="li@")
    client.force_login(officer)

    response = client.post(reverse("notifications:mend", args=[letter.pk]), {"address": "li at enterprise"})

    assert list(response.context["form"].errors) == ["address"]
    letter.refresh_from_db()
    assert (letter.address, letter.state) == ("li@", MessageState.FAILED)


def test_a_letter_does_not_go_twice_to_the_right_address(client, officer):
    LetterFactory(key="file:1", state=MessageState.SENT, address="right@x.example")
    letter = LetterFactory(key="file:1", state=MessageState.FAILED, address="wrong@x.example")
    client.force_login(officer)

    response = client.post(reverse("notifications:mend", args=[letter.pk]), {"address": "right@x.example"})

    assert list(response.context["form"].errors) == ["address"]
    letter.refresh_from_db()
    assert (letter.address, letter.state) == ("wrong@x.example", MessageState.FAILED)


@pytest.mark.parametrize("role", ["leader", "college_staff", "student"])
def test_only_the_office_mends(client, request, role):
    letter = LetterFactory(state=MessageState.FAILED)
    person = request.getfixturevalue(role)
    client.force_login(person)

    response = client.post(reverse("notifications:mend", args=[letter.pk]), {"address": "b@x.example"})
    with pytest.raises(PermissionDenied):
        mend_letter(letter, address="b@x.example", by=person, at=NOON)

    assert response.status_code == 404
    letter.refresh_from_db()
    assert (letter.address, letter.state) == ("li@enterprise.example", MessageState.FAILED)


def test_a_message_to_a_person_is_mended_in_their_profile(officer):
    message = EmailFactory(recipient=UserFactory(), state=MessageState.FAILED)

    with pytest.raises(RuleBroken):
        mend_letter(message, address="b@x.example", by=officer, at=NOON)

    message.refresh_from_db()
    assert (message.address, message.state) == ("", MessageState.FAILED)


def test_the_admin_lists_letters_and_keeps_their_links_to_itself(client, admin):
    letter = LetterFactory(link="/do/secret/")
    client.force_login(admin)

    listed = client.get(reverse("admin:notifications_outgoingmessage_changelist")).content.decode()
    page = client.get(reverse("admin:notifications_outgoingmessage_change", args=[letter.pk])).content.decode()

    assert "李娜" in listed
    assert "li@enterprise.example" in page
    assert "/do/secret/" not in page
