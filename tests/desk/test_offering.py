"""An enterprise writes postings by signed link: they arrive in review, and staff are told."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models.people import User
from core.errors import RuleBroken
from desk.models.requests import DeskRequest, PostingOffer
from desk.services import offering, requests
from desk.services.requests import ask_for_postings
from notifications.models.messages import OutgoingMessage
from partnerships.choices.links import LinkEventKind, LinkState
from partnerships.choices.timeline import TimelineKind
from partnerships.models.links import SignedLink
from partnerships.services.links import LinkSpent
from placements.choices import PostingSource, PostingState
from placements.models.postings import Posting
from tests.factories.accounts import MajorFactory
from tests.factories.desk import address_of, asked, asked_contact, link_of, offered, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_opening_the_link_writes_nothing_but_that_it_was_opened(client: Client) -> None:
    request = asked()
    link = link_of(request)

    for method in (client.get, client.head):
        assert method(address_of(request)).status_code == 200

    assert list(link.events.values_list("kind", "note")) == [("sent", ""), ("opened", ""), ("opened", "HEAD")]
    assert not Posting.objects.exists()
    link.refresh_from_db()
    assert link.used_at is None


def test_two_posts_are_offered_by_one_link_and_arrive_in_review(client: Client, officer: User) -> None:
    contact, major = asked_contact(), MajorFactory()
    request = asked(contact, by=officer)
    address = address_of(request)

    for title in ("后期剪辑实习生", "调色实习生"):
        sent = client.post(address, offered(title=title, majors=[major.pk], form_token=str(uuid4())))
        assert (sent.status_code, sent["Location"].split("?")[0]) == (302, address)

    postings = list(Posting.objects.order_by("pk"))
    assert [posting.title for posting in postings] == ["后期剪辑实习生", "调色实习生"]
    for posting in postings:
        assert posting.state == PostingState.IN_REVIEW
        assert posting.source == PostingSource.LINK
        assert (posting.enterprise, posting.offered_by, posting.created_by) == (contact.enterprise, contact, None)
        assert list(posting.majors.all()) == [major]
        assert posting.offer.request == request
    told = OutgoingMessage.objects.filter(recipient=officer, channel="inbox")
    assert sorted(told.values_list("key", flat=True)) == [f"posting:{posting.pk}:offered" for posting in postings]
    kinds = list(contact.enterprise.timeline.order_by("pk").values_list("kind", flat=True))
    assert kinds == [TimelineKind.POSTINGS_ASKED, TimelineKind.POSTING_OFFERED, TimelineKind.POSTING_OFFERED]
    assert "2 posts have arrived" in client.get(address).content.decode()


def test_the_same_form_sent_twice_offers_one_post_and_keeps_no_token(client: Client) -> None:
    address = address_of(asked())
    form = offered(form_token=str(uuid4()))

    client.post(address, form)
    again = client.post(address, form)

    assert again.status_code == 302
    assert Posting.objects.count() == 1
    token = address.split("/")[2]
    assert token not in str(list(OutgoingMessage.objects.filter(key__startswith="posting:").values()))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"closes_on": "2020-01-01"}, "closes_on"),
        ({"pay_max": "1000"}, "pay_max"),
        ({"headcount": "0"}, "headcount"),
        ({"answer_by": "2029-01-01"}, "answer_by"),
        ({"days_a_week": "8"}, "days_a_week"),
        ({"title": ""}, "title"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_kept(
    client: Client, wrong: dict[str, str], field: str
) -> None:
    response = client.post(address_of(asked()), offered(form_token=str(uuid4()), **wrong))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Posting.objects.exists()


def test_that_is_all_uses_the_link_up(client: Client) -> None:
    request = asked()
    address = address_of(request)
    client.post(address, offered(form_token=str(uuid4())))

    done = client.post(f"{address}done/")

    assert done.status_code == 302
    closed = client.get(address)
    assert (closed.status_code, closed.context["state"]) == (200, LinkState.ANSWERED)
    assert [offer.posting.title for offer, _address in closed.context["offers"]] == ["后期剪辑实习生"]
    refused = client.post(address, offered(form_token=str(uuid4())))
    assert refused.context["state"] == LinkState.ANSWERED
    assert Posting.objects.count() == 1


@pytest.mark.parametrize("how", ["expired", "withdrawn", "left", "archived"])
def test_a_link_that_does_not_hold_offers_nothing(client: Client, officer: User, how: str) -> None:
    request = asked(by=officer)
    link, now = link_of(request), timezone.now()
    if how == "expired":
        SignedLink.objects.update(expires_at=now - timedelta(hours=1))
    elif how == "withdrawn":
        requests.withdraw(request, by=officer, at=now)
    elif how == "left":
        request.contact.to_on = date(2026, 1, 1)
        request.contact.save()
    else:
        request.enterprise.archived_at = now
        request.enterprise.save()

    got = client.get(address_of(request, link))
    sent = client.post(address_of(request, link), offered(form_token=str(uuid4())))

    state = LinkState.EXPIRED if how == "expired" else LinkState.WITHDRAWN
    assert [(response.status_code, response.context["state"]) for response in (got, sent)] == [(410, state)] * 2
    assert not Posting.objects.exists()
    assert link.events.filter(kind=LinkEventKind.REFUSED).count() == 1


def test_passing_on_ends_the_first_link_and_opens_one_for_the_colleague(client: Client, officer: User) -> None:
    request = asked(by=officer)
    first = address_of(request)

    sent = client.post(f"{first}pass-on/", {"name": "Zhang", "email": "zhang@enterprise.example"})

    assert sent.status_code == 302
    assert (client.get(first).status_code, client.get(first).context["state"]) == (410, LinkState.FORWARDED)
    request.refresh_from_db()
    assert (request.name, request.email, request.contact) == ("Zhang", "zhang@enterprise.example", None)
    client.post(address_of(request), offered(form_token=str(uuid4())))
    posting = Posting.objects.get()
    assert (posting.offered_by, posting.offer.name) == (None, "Zhang")


def test_an_expired_link_sends_a_new_one_to_the_address_on_file_alone(client: Client) -> None:
    request = asked()
    old = link_of(request)
    SignedLink.objects.update(expires_at=timezone.now() - timedelta(hours=1))

    response = client.post(f"{address_of(request)}again/")

    assert response.status_code == 200
    new = link_of(request)
    assert (new.replaces, new.email) == (old, "li@enterprise.example")
    assert client.get(address_of(request)).status_code == 200
    assert client.get(address_of(request, old)).context["state"] == LinkState.REPLACED


def test_a_withdrawn_link_sends_no_new_one(client: Client, officer: User) -> None:
    request = asked(by=officer)
    requests.withdraw(request, by=officer, at=timezone.now())

    assert client.post(f"{address_of(request)}again/").status_code == 410
    assert SignedLink.objects.count() == 1


def test_the_link_of_another_purpose_or_nobody_opens_nothing(client: Client) -> None:
    token = address_of(asked()).split("/")[2]

    assert client.get(reverse("desk:link_applicants", args=[token])).status_code == 404
    assert client.get(reverse("desk:offer", args=["nonsense"])).status_code == 404


def test_nobody_is_asked_twice_while_a_link_holds(officer: User) -> None:
    contact = asked_contact()
    asked(contact, by=officer)

    with pytest.raises(RuleBroken, match="has a link that holds"):
        ask_for_postings(contact.enterprise, contact, by=officer, at=timezone.now())

    assert DeskRequest.objects.count() == 1
    assert SignedLink.objects.count() == 1


def test_a_leader_asks_nobody_and_no_letter_leaves(leader: User) -> None:
    contact = asked_contact()

    with pytest.raises(PermissionDenied):
        ask_for_postings(contact.enterprise, contact, by=leader, at=timezone.now())

    assert not DeskRequest.objects.exists()
    assert not OutgoingMessage.objects.exists()


def test_a_contact_of_another_enterprise_is_not_asked(officer: User) -> None:
    contact = asked_contact()

    with pytest.raises(RuleBroken, match="cannot be written to"):
        ask_for_postings(asked_contact(email="x@y.example").enterprise, contact, by=officer, at=timezone.now())

    assert not DeskRequest.objects.exists()


def test_a_link_offers_only_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offering, "MOST_BY_ONE_LINK", 1)
    link, at = link_of(asked()), timezone.now()
    offering.offer_by_link(link, said=said(), at=at)

    with pytest.raises(RuleBroken, match="1 postings"):
        offering.offer_by_link(link, said=said(), at=at)

    assert PostingOffer.objects.count() == 1


def test_after_that_is_all_the_service_refuses_too() -> None:
    link, at = link_of(asked()), timezone.now()
    offering.end_offering(link, at=at)

    with pytest.raises(LinkSpent):
        offering.offer_by_link(link, said=said(), at=at)

    assert not Posting.objects.exists()
