"""The page of a visit's invitations: who has the appointment, and ticks for the enterprise's people."""

from datetime import date

import pytest
from django.urls import reverse

from calendars.models import Invitation
from calendars.services.invitations import send_invitations
from tests.factories.partnerships import ContactFactory
from tests.factories.visits import ParticipantFactory, led_visit
from visits.models.visits import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(leader, officer):
    return led_visit(leader, organiser=officer, starts_on=date(2026, 12, 2))


def page(visit):
    return reverse("calendars:invitations", args=[visit.pk])


def guest(visit, **fields):
    contact = ContactFactory(enterprise=visit.enterprise, **fields)
    ParticipantFactory(visit=visit, contact=contact, name=contact.name)
    return contact


def test_the_page_says_who_has_it_and_why_others_do_not(client_of, officer, visit, now):
    guest(visit, name="何芳", email="he@example.com")
    guest(visit, name="罗强", email="")
    visit.participants.create(side="school", name="某老师")
    client = client_of(officer)
    text = client.get(page(visit)).content.decode()
    assert text.count("leaves within a few minutes") == 1
    for reason in ("no account", "not asked for", "no e-mail on file"):
        assert text.count(reason) == 1

    send_invitations(now=now)

    assert "sent 24 Nov 2026, 12:00" in " ".join(client.get(page(visit)).content.decode().split())


def test_a_tick_asks_for_an_invitation_and_none_takes_it_back(client_of, officer, visit):
    contact, client = guest(visit, email="he@example.com"), client_of(officer)

    assert client.post(page(visit), {"contacts": [contact.pk]}).status_code == 302
    assert [(each.contact, each.asked_by) for each in Invitation.objects.all()] == [(contact, officer)]
    assert "checked" in client.get(page(visit)).content.decode()

    client.post(page(visit), {})
    assert not Invitation.objects.exists()


def test_who_does_not_take_part_cannot_be_ticked(client_of, officer, visit):
    other = ContactFactory(enterprise=visit.enterprise, email="other@example.com")

    response = client_of(officer).post(page(visit), {"contacts": [other.pk]})

    assert response.status_code == 200
    assert not Invitation.objects.exists()


def test_only_who_may_change_the_visit_invites(client_of, leader, student, visit):
    contact = guest(visit, email="he@example.com")

    assert client_of(leader).post(page(visit), {"contacts": [contact.pk]}).status_code == 403
    assert client_of(student).post(page(visit), {"contacts": [contact.pk]}).status_code == 404
    assert client_of(leader).get(page(visit)).content.decode().count('name="contacts"') == 0
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_many_people(client_of, officer, visit, django_assert_num_queries, count):
    for _number in range(count):
        guest(visit, email="he@example.com")
    client = client_of(officer)

    # session, user, grants, visit, people, invitations, topics, school, unread
    with django_assert_num_queries(9):
        text = client.get(page(visit)).content.decode()
    assert text.count('name="contacts"') == count
    assert Visit.objects.count() == 1
