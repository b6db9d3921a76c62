"""An enterprise sees the applicants of its own postings only, and who looked is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models.people import User
from core.errors import RuleBroken
from desk.models.requests import DeskRequest
from desk.services import requests
from notifications.models.messages import OutgoingMessage
from partnerships.choices.links import LinkState
from partnerships.models.links import SignedLink
from placements.choices import ApplicationState, PostingState
from placements.models.applications import Application, ApplicationMove, ApplicationView
from tests.factories.desk import account_of, address_of, application_with_paper, asked_contact, link_of, shown
from tests.factories.partnerships import ContactFactory
from tests.factories.placements import ApplicationFactory, PostingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def _answer(application: Application, to: str = "shortlisted", **said: object) -> dict[str, object]:
    return {"to": to, "version": application.version, "reason": "", **said}


def test_a_link_shows_the_applicants_of_its_posting_as_often_as_it_is_opened(client: Client) -> None:
    posting = PostingFactory()
    mine = ApplicationFactory(posting=posting, snapshot={"name": "刘洋"})
    ApplicationFactory(posting=PostingFactory(enterprise=posting.enterprise), snapshot={"name": "别人"})
    ApplicationFactory(posting=posting, state=ApplicationState.WITHDRAWN, snapshot={"name": "撤回"})
    address = address_of(shown(posting))

    for _time in range(3):
        response = client.get(address)
        assert [row.pk for row, _address in response.context["rows"]] == [mine.pk]

    assert not ApplicationView.objects.exists()


def test_an_application_of_another_posting_is_not_there_and_nothing_changes(client: Client) -> None:
    posting = PostingFactory()
    other, paper = application_with_paper(PostingFactory(enterprise=posting.enterprise))
    address = address_of(shown(posting))

    answers = [
        client.get(f"{address}{other.pk}/"),
        client.get(f"{address}{other.pk}/papers/{paper.pk}/"),
        client.post(f"{address}{other.pk}/answer/", _answer(other)),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    other.refresh_from_db()
    assert other.state == ApplicationState.SUBMITTED
    assert not ApplicationView.objects.exists()
    assert not ApplicationMove.objects.exists()


def test_who_opened_an_application_and_its_paper_is_kept(client: Client) -> None:
    posting = PostingFactory()
    application, paper = application_with_paper(posting)
    request = shown(posting)
    address = address_of(request)

    client.head(f"{address}{application.pk}/")
    client.get(f"{address}{application.pk}/")
    response = client.get(f"{address}{application.pk}/papers/{paper.pk}/")

    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    looks = ApplicationView.objects.order_by("pk").values_list("application", "document", "contact", "by", "name")
    assert list(looks) == [
        (application.pk, None, request.contact_id, None, "李娜"),
        (application.pk, paper.pk, request.contact_id, None, "李娜"),
    ]


def test_a_paper_of_another_application_is_not_there(client: Client) -> None:
    posting = PostingFactory()
    first, _paper = application_with_paper(posting)
    _second, other = application_with_paper(posting)

    assert client.get(f"{address_of(shown(posting))}{first.pk}/papers/{other.pk}/").status_code == 404
    assert not ApplicationView.objects.filter(document__isnull=False).exists()


def test_the_enterprise_moves_an_application_on_and_the_student_is_told(client: Client) -> None:
    application = ApplicationFactory()
    request = shown(application.posting)

    response = client.post(f"{address_of(request)}{application.pk}/answer/", _answer(application, reason="Well done"))

    assert response.status_code == 302
    application.refresh_from_db()
    assert application.state == ApplicationState.SHORTLISTED
    move = application.moves.get()
    assert (move.state, move.contact, move.by, move.note) == ("shortlisted", request.contact, None, "Well done")
    told = OutgoingMessage.objects.get(recipient=application.student, channel="inbox")
    assert told.key == f"application:{application.pk}:shortlisted:{move.pk}"


@pytest.mark.parametrize(
    ("state", "to", "words"),
    [
        ("submitted", "rejected", "Say why the application is rejected"),
        ("submitted", "offered", "cannot become"),
        ("submitted", "accepted", "accepted"),
        ("rejected", "shortlisted", "cannot become"),
        ("offered", "declined", "declined"),
    ],
)
def test_a_step_that_is_not_theirs_is_refused_and_nothing_changes(
    client: Client, state: str, to: str, words: str
) -> None:
    application = ApplicationFactory(state=state)

    response = client.post(
        f"{address_of(shown(application.posting))}{application.pk}/answer/", _answer(application, to)
    )

    assert response.status_code == 422
    assert words in str(response.context["form"].errors)
    application.refresh_from_db()
    assert application.state == state
    assert not ApplicationMove.objects.exists()
    assert not OutgoingMessage.objects.filter(recipient=application.student).exists()


def test_an_answer_from_an_old_page_is_told_so(client: Client) -> None:
    application = ApplicationFactory(version=2)
    stale = {**_answer(application), "version": 1}

    response = client.post(f"{address_of(shown(application.posting))}{application.pk}/answer/", stale)

    assert response.status_code == 422
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED


@pytest.mark.parametrize("how", ["expired", "withdrawn"])
def test_a_link_that_does_not_hold_shows_and_changes_nothing(client: Client, officer: User, how: str) -> None:
    application, paper = application_with_paper(PostingFactory())
    request = shown(application.posting, by=officer)
    address = address_of(request)
    if how == "expired":
        SignedLink.objects.update(expires_at=timezone.now() - timedelta(hours=1))
    else:
        requests.withdraw(request, by=officer, at=timezone.now())

    answers = [
        client.get(address),
        client.get(f"{address}{application.pk}/"),
        client.get(f"{address}{application.pk}/papers/{paper.pk}/"),
        client.post(f"{address}{application.pk}/answer/", _answer(application)),
    ]

    assert [answer.status_code for answer in answers] == [410] * 4
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    assert not ApplicationView.objects.exists()


def test_papers_are_passed_on_to_people_on_file_only(client: Client) -> None:
    posting = PostingFactory()
    request = shown(posting)
    first = link_of(request)
    colleague = ContactFactory(enterprise=posting.enterprise, name="赵工", email="zhao@enterprise.example")

    refused = client.post(f"{address_of(request)}pass-on/", {"name": "X", "email": "x@enterprise.example"})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["email"]
    assert SignedLink.objects.count() == 1

    client.post(f"{address_of(request)}pass-on/", {"name": "Zhao", "email": "ZHAO@enterprise.example"})

    assert client.get(address_of(request, first)).context["state"] == LinkState.FORWARDED
    request.refresh_from_db()
    assert (request.contact, request.name) == (colleague, "赵工")
    assert client.get(address_of(request)).status_code == 200


def test_only_the_office_shows_applicants(college_staff: User) -> None:
    posting = PostingFactory()

    with pytest.raises(PermissionDenied):
        shown(posting, by=college_staff)

    assert not DeskRequest.objects.exists()
    assert not SignedLink.objects.exists()


def test_of_a_draft_nothing_is_shown(officer: User) -> None:
    with pytest.raises(RuleBroken, match="never published"):
        shown(PostingFactory(state=PostingState.DRAFT, published_at=None), by=officer)

    assert not DeskRequest.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_applicants(
    client: Client, rows: int, django_assert_num_queries
) -> None:
    posting = PostingFactory()
    ApplicationFactory.create_batch(rows, posting=posting)
    address = address_of(shown(posting))
    client.get(address)

    with django_assert_num_queries(13):
        response = client.get(address)

    assert len(response.context["rows"]) == rows


def test_an_account_sees_its_own_enterprise_and_404_for_any_other(client: Client) -> None:
    contact = asked_contact()
    own, paper = application_with_paper(PostingFactory(enterprise=contact.enterprise))
    other, other_paper = application_with_paper(PostingFactory())
    client.force_login(account_of(contact))

    home = client.get(reverse("desk:home"))
    assert [posting.pk for posting in home.context["page"]] == [own.posting_id]
    assert client.get(reverse("desk:posting", args=[own.posting_id])).status_code == 200
    assert client.get(reverse("desk:application", args=[own.pk])).status_code == 200
    file = client.get(reverse("desk:document", args=[own.pk, paper.pk]))
    assert file.status_code == 200
    assert b"".join(file.streaming_content) == b"%PDF-1.7"
    looks = ApplicationView.objects.order_by("pk").values_list("contact", "by", "document")
    assert list(looks) == [(contact.pk, None, None), (contact.pk, None, paper.pk)]

    answers = [
        client.get(reverse("desk:posting", args=[other.posting_id])),
        client.get(reverse("desk:application", args=[other.pk])),
        client.get(reverse("desk:document", args=[other.pk, other_paper.pk])),
        client.get(reverse("desk:document", args=[own.pk, other_paper.pk])),
        client.post(reverse("desk:application_move", args=[other.pk]), _answer(other)),
    ]
    assert [answer.status_code for answer in answers] == [404] * 5
    other.refresh_from_db()
    assert other.state == ApplicationState.SUBMITTED
    assert not ApplicationView.objects.filter(application=other).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_costs_the_same_for_any_number_of_postings(
    client: Client, rows: int, django_assert_num_queries
) -> None:
    contact = asked_contact()
    for posting in PostingFactory.create_batch(rows, enterprise=contact.enterprise):
        ApplicationFactory(posting=posting)
    client.force_login(account_of(contact))

    with django_assert_num_queries(11):
        response = client.get(reverse("desk:home"))

    assert len(response.context["page"]) == rows
