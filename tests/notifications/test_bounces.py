"""Mail that came back stands beside the address, and is mended from there."""

from datetime import timedelta

import pytest
from django.urls import reverse

from notifications.choices import Channel, MessageState
from tests.factories.notifications import NOON, EmailFactory, LetterFactory
from tests.factories.partnerships import ContactFactory, EnterpriseFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
FAILED = {"state": MessageState.FAILED, "error": "550 no such user"}


def test_the_last_letter_that_came_back_stands_beside_its_contact(client, officer):
    contact = ContactFactory(email="li@enterprise.example")
    LetterFactory(**FAILED, queued_at=NOON - timedelta(days=9))
    last = LetterFactory(state=MessageState.FAILED, error="552 mailbox is full")
    client.force_login(officer)

    for address in (
        reverse("partnerships:enterprise", args=[contact.enterprise_id]),
        reverse("partnerships:contact_list"),
        reverse("partnerships:contact_edit", args=[contact.pk]),
    ):
        page = client.get(address).content.decode()
        assert page.count("552 mailbox is full") == 1
        assert f"{reverse('notifications:mend', args=[last.pk])}?contact={contact.pk}" in page
        assert "550 no such user" not in page


def test_others_read_that_mail_came_back_and_are_not_led_to_the_outbox(client, college_staff):
    contact = ContactFactory(email="li@enterprise.example")
    letter = LetterFactory(**FAILED)
    client.force_login(college_staff)

    page = client.get(reverse("partnerships:enterprise", args=[contact.enterprise_id])).content.decode()

    assert "550 no such user" in page
    assert reverse("notifications:mend", args=[letter.pk]) not in page


@pytest.mark.parametrize("contacts", [1, 3])
def test_the_list_of_contacts_costs_the_same_for_any_number_of_them(
    client, officer, django_assert_max_num_queries, contacts
):
    for number in range(contacts):
        ContactFactory(email=f"{number}@enterprise.example")
        LetterFactory(**FAILED, address=f"{number}@enterprise.example")
    client.force_login(officer)

    with django_assert_max_num_queries(10) as counted:
        page = client.get(reverse("partnerships:contact_list")).content.decode()

    assert page.count("550 no such user") == contacts
    assert sum("notifications_outgoingmessage" in query["sql"] for query in counted.captured_queries) == 2  # and bell


def test_after_mending_the_contacts_own_address_is_offered_to_be_corrected(client, officer):
    contact = ContactFactory(email="li@enterprise.example")
    letter = LetterFactory(**FAILED)
    client.force_login(officer)

    mend = f"{reverse('notifications:mend', args=[letter.pk])}?contact={contact.pk}"
    response = client.post(mend, {"address": "li.na@enterprise.example"})

    letter.refresh_from_db()
    assert (letter.address, letter.state) == ("li.na@enterprise.example", MessageState.QUEUED)
    edit = reverse("partnerships:contact_edit", args=[contact.pk])
    assert response.url == f"{edit}?email=li.na%40enterprise.example"
    assert client.get(response.url).context["form"]["email"].value() == "li.na@enterprise.example"
    contact.refresh_from_db()
    assert contact.email == "li@enterprise.example"


def test_mending_from_the_outbox_leads_back_there(client, officer):
    letter = LetterFactory(**FAILED)
    client.force_login(officer)

    response = client.post(reverse("notifications:mend", args=[letter.pk]), {"address": "new@enterprise.example"})

    assert response.url == reverse("notifications:outbox")


def test_a_person_reads_in_their_profile_that_mail_does_not_reach_them(client, student):
    EmailFactory(recipient=student, **FAILED)
    EmailFactory(recipient=student, channel=Channel.CHAT, state=MessageState.FAILED, error="The robot is gone")
    client.force_login(student)

    page = client.get(reverse("accounts:profile")).content.decode()

    assert "550 no such user" in page
    assert "The robot is gone" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_office_finds_the_messages_about_an_enterprise_on_its_file(client, officer, rows):
    enterprise = EnterpriseFactory()
    LetterFactory.create_batch(rows, enterprise_id=enterprise.pk, subject="About this one")
    LetterFactory(enterprise_id=enterprise.pk + 1, subject="About another one")
    client.force_login(officer)

    page = client.get(reverse("partnerships:enterprise", args=[enterprise.pk])).content.decode()

    assert page.count("About this one") == rows
    assert "About another one" not in page
    assert f"{reverse('notifications:log')}?enterprise={enterprise.pk}" in page


def test_the_messages_about_an_enterprise_are_the_offices(client, college_staff):
    enterprise = EnterpriseFactory()
    LetterFactory(enterprise_id=enterprise.pk, subject="About this one")
    client.force_login(college_staff)

    page = client.get(reverse("partnerships:enterprise", args=[enterprise.pk])).content.decode()

    assert "About this one" not in page
