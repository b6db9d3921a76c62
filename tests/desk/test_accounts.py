"""Accounts of contacts: invited by the office, ended when the contact leaves."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import RoleGrant, User
from core.errors import RuleBroken
from desk.models.accounts import ContactAccount
from desk.services.accounts import end_account, end_due_accounts, invite
from notifications.models.messages import OutgoingMessage
from partnerships.choices.timeline import TimelineKind
from placements.choices import PostingSource, PostingState
from placements.models.postings import Posting
from tests.factories.desk import account_of, asked_contact, offered
from tests.factories.partnerships import ContactFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_an_invited_contact_chooses_a_password_by_a_link_that_is_stored_nowhere(client: Client, officer: User) -> None:
    contact = asked_contact()
    client.force_login(officer)

    client.post(reverse("desk:invite", args=[contact.pk]))

    account = ContactAccount.objects.select_related("user").get(contact=contact)
    assert (account.invited_by, account.ended_at) == (officer, None)
    assert not account.user.has_usable_password()
    assert account.user.roles == {Role.CONTACT}
    letter = mail.outbox[-1]
    assert letter.to == ["li@enterprise.example"]
    address = next(word for word in letter.body.split() if "/password/reset/key/" in word)
    assert not OutgoingMessage.objects.filter(body__contains="/reset/key/").exists()
    kinds = list(contact.enterprise.timeline.values_list("kind", flat=True))
    assert kinds == [TimelineKind.ACCOUNT_INVITED]

    fresh = Client()
    page = fresh.get("/" + address.split("/", 3)[3], follow=True)
    words = "lange-Sätze-7-Bäume"
    fresh.post(page.request["PATH_INFO"], {"password1": words, "password2": words})
    account.user.refresh_from_db()
    assert account.user.check_password(words)


def test_writing_once_more_opens_no_second_account(client: Client, officer: User) -> None:
    contact = asked_contact()
    client.force_login(officer)

    for _time in range(2):
        client.post(reverse("desk:invite", args=[contact.pk]))

    assert ContactAccount.objects.count() == 1
    assert RoleGrant.objects.filter(role=Role.CONTACT).count() == 1
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("why", ["left", "no address", "address of a student", "has one"])
def test_who_cannot_be_invited_is_refused_with_a_reason(officer: User, student: User, why: str) -> None:
    contact = ContactFactory(
        email={"no address": "", "address of a student": student.email}.get(why, "li@enterprise.example"),
        to_on=date(2026, 1, 1) if why == "left" else None,
    )
    if why == "has one":
        invite(contact, by=officer, at=timezone.now())
    before = (ContactAccount.objects.count(), User.objects.count())

    with pytest.raises(RuleBroken):
        invite(contact, by=officer, at=timezone.now())

    assert (ContactAccount.objects.count(), User.objects.count()) == before


def test_a_college_invites_nobody(college_staff: User) -> None:
    with pytest.raises(PermissionDenied):
        invite(asked_contact(), by=college_staff, at=timezone.now())

    assert not ContactAccount.objects.exists()


def test_an_ended_account_opens_nothing_and_can_begin_anew(client: Client, officer: User) -> None:
    user = account_of()
    client.force_login(user)
    assert client.get(reverse("desk:home")).status_code == 200

    end_account(user.contact_account, by=officer, at=timezone.now())

    assert client.get(reverse("desk:home")).status_code == 302
    again = invite(user.contact_account.contact, by=officer, at=timezone.now())
    assert (again.user, again.ended_at, again.user.is_active) == (user, None, True)


def test_whoever_leaves_sees_nothing_from_the_day_after_and_the_night_ends_the_account(client: Client) -> None:
    user = account_of()
    contact = user.contact_account.contact
    client.force_login(user)
    contact.to_on = date(2026, 1, 1)
    contact.save()

    assert client.get(reverse("desk:home")).status_code == 404
    assert end_due_accounts(now=timezone.now()) == 1
    assert end_due_accounts(now=timezone.now()) == 0

    user.refresh_from_db()
    assert not user.is_active
    assert contact.enterprise.timeline.filter(kind=TimelineKind.ACCOUNT_ENDED).count() == 1


def test_a_contact_offers_a_post_by_account(client: Client) -> None:
    user = account_of()
    contact = user.contact_account.contact
    client.force_login(user)
    form = offered(form_token=str(uuid4()), contact_shown="on")

    sent = client.post(reverse("desk:posting_new"), form)
    client.post(reverse("desk:posting_new"), form)

    posting = Posting.objects.get()
    assert sent["Location"] == reverse("desk:posting", args=[posting.pk])
    assert (posting.source, posting.state) == (PostingSource.ACCOUNT, PostingState.IN_REVIEW)
    assert (posting.enterprise, posting.offered_by, posting.contact) == (contact.enterprise, contact, contact)
    assert posting.contact_shown
    told = OutgoingMessage.objects.filter(recipient=user.contact_account.invited_by, channel="inbox")
    assert [message.key for message in told] == [f"posting:{posting.pk}:offered"]


def test_home_leads_a_contact_to_the_desk(client: Client) -> None:
    client.force_login(account_of())

    assert client.get("/")["Location"] == reverse("desk:home")


def test_withdrawing_and_ending_are_not_for_leaders(client: Client, leader: User) -> None:
    user = account_of()
    client.force_login(leader)

    response = client.post(reverse("desk:account_end", args=[user.contact_account.pk]))

    assert response.status_code == 404
    user.refresh_from_db()
    assert user.is_active
