"""The enterprise hears what was decided of its offer, corrects what came back and offers it again."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models.people import User
from core.errors import RuleBroken
from desk import tasks
from desk.models.requests import DeskRequest, PostingOffer
from desk.services import requests
from desk.services.offering import offer_by_account, offer_by_link
from notifications.models.messages import OutgoingMessage
from partnerships.choices.timeline import TimelineKind
from placements.choices import PostingSource, PostingState
from placements.models.postings import Posting
from placements.services.posting_rows import PostingRows
from placements.services.postings import move_posting, rewrite_offer
from tests.factories.desk import account_of, asked, asked_contact, link_of, offered, returned, said
from tests.factories.placements import PostingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
REASON = "请写明工作地点"
QUESTION = {
    "questions-TOTAL_FORMS": "1", "questions-0-text": "每周几天？", "questions-0-kind": "number",
    "languages-TOTAL_FORMS": "1", "languages-0-language": "en", "languages-0-level": "b2",
}  # fmt: skip


def _letters() -> list[OutgoingMessage]:
    return list(OutgoingMessage.objects.filter(recipient=None, key__startswith="offer:").order_by("pk"))


def _offered_by_link(officer: User) -> tuple[DeskRequest, Posting]:
    request = asked(by=officer)
    return request, offer_by_link(link_of(request), said=said(title="剪辑"), at=timezone.now())


def test_nothing_is_written_while_nothing_is_decided(officer: User) -> None:
    _offered_by_link(officer)

    tasks.queue_letters()

    assert _letters() == []


@pytest.mark.parametrize(
    ("to", "subject"),
    [
        (PostingState.PUBLISHED, "Published: 剪辑"),
        (PostingState.REJECTED, "Not published: 剪辑"),
        (PostingState.WITHDRAWN, "Taken down: 剪辑"),
    ],
)
def test_what_was_decided_is_written_once_to_who_offered_it(officer: User, to: PostingState, subject: str) -> None:
    request, posting = _offered_by_link(officer)
    Posting.objects.filter(pk=posting.pk).update(state=to, reason=REASON)

    tasks.queue_letters()
    tasks.queue_letters()

    [letter] = _letters()
    assert (letter.address, letter.subject, letter.link) == (request.email, subject, "")
    assert (REASON in letter.body) == (to != PostingState.PUBLISHED)
    assert PostingOffer.objects.get().told == to


def test_an_offer_is_sent_back_with_a_reason_only(officer: User) -> None:
    _request, posting = _offered_by_link(officer)

    with pytest.raises(RuleBroken, match="what the enterprise should correct"):
        returned(posting, by=officer, reason=" ")

    posting.refresh_from_db()
    assert posting.state == PostingState.IN_REVIEW


def test_what_came_back_is_corrected_by_the_link_in_the_letter(client: Client, officer: User) -> None:
    request, posting = _offered_by_link(officer)
    returned(posting, by=officer, reason=REASON)
    tasks.queue_letters()
    [letter] = _letters()
    assert (letter.address, letter.subject) == (request.email, "Please correct: 剪辑")
    assert REASON in letter.body
    start = urlsplit(letter.link).path
    page = client.get(start)
    assert REASON in page.content.decode()
    [(_offer, address)] = page.context["offers"]
    sheet = client.get(address).context["form"]
    assert sheet.initial["title"] == "剪辑"

    sent = client.post(address, offered(title="剪辑师", version=sheet.initial["version"], city="成都", **QUESTION))
    again = client.post(address, offered(title="剪辑师", version=sheet.initial["version"], **QUESTION))

    assert (sent.status_code, again.status_code) == (302, 404)
    posting.refresh_from_db()
    assert (posting.state, posting.title, posting.city, posting.reason) == (
        PostingState.IN_REVIEW, "剪辑师", "成都", ""
    )  # fmt: skip
    assert [str(each) for each in posting.questions.all()] == ["每周几天？"]
    assert [(each.language, each.level) for each in posting.languages.all()] == [("en", "b2")]
    entries = posting.enterprise.timeline.filter(kind=TimelineKind.POSTING_OFFERED).order_by("pk")
    assert [(entry.text, entry.detail) for entry in entries] == [("剪辑 (李娜)", ""), ("剪辑师 (李娜)", "again")]
    assert not posting.enterprise.timeline.filter(kind=TimelineKind.POSTING_CHANGED).exists()
    keys = OutgoingMessage.objects.filter(recipient=officer, channel="inbox", key__contains=":offered")
    assert sorted(keys.values_list("key", flat=True)) == [
        f"posting:{posting.pk}:offered", f"posting:{posting.pk}:offered:{posting.version}"
    ]  # fmt: skip
    tasks.queue_letters()
    assert len(_letters()) == 1


def test_sent_back_twice_is_told_twice(officer: User) -> None:
    user = account_of()
    posting = offer_by_account(user.contact_account, said=said(), at=timezone.now())
    for _time in range(2):
        posting = returned(posting, by=officer)
        tasks.queue_letters()
        rows = PostingRows()
        posting, _changes = rewrite_offer(
            posting, version=posting.version, fields={}, majors=[], rows=rows, at=timezone.now()
        )
        tasks.queue_letters()

    assert [letter.subject for letter in _letters()] == ["Please correct: 剪辑"] * 2
    assert [letter.link for letter in _letters()] == [reverse("desk:posting", args=[posting.pk])] * 2


def test_what_came_back_is_corrected_by_account_and_by_no_other_enterprise(client: Client, officer: User) -> None:
    user = account_of()
    posting = offer_by_account(user.contact_account, said=said(), at=timezone.now())
    address = reverse("desk:posting_edit", args=[posting.pk])
    client.force_login(user)
    assert client.get(address).status_code == 404  # it is in review
    posting = returned(posting, by=officer)
    assert client.get(reverse("desk:home")).status_code == 200

    other = Client()
    other.force_login(account_of(asked_contact(email="zhou@other.example")))
    assert other.post(address, offered(version=posting.version)).status_code == 404
    stale = client.post(address, offered(version=posting.version - 1, title="旧"))
    assert stale.status_code == 422
    posting.refresh_from_db()
    assert (posting.state, posting.title) == (PostingState.DRAFT, "剪辑")

    sent = client.post(address, offered(version=posting.version, title="新"))

    assert sent["Location"] == reverse("desk:posting", args=[posting.pk])
    posting.refresh_from_db()
    assert (posting.state, posting.title, posting.source) == (PostingState.IN_REVIEW, "新", PostingSource.ACCOUNT)


def test_the_link_of_another_request_corrects_nothing(client: Client, officer: User) -> None:
    _request, posting = _offered_by_link(officer)
    posting = returned(posting, by=officer)
    stranger = asked(by=officer)
    token = urlsplit(OutgoingMessage.objects.get(key=f"desk:{link_of(stranger).pk}").link).path.split("/")[2]

    response = client.post(reverse("desk:offer_edit", args=[token, posting.pk]), offered(version=posting.version))

    assert response.status_code == 404
    posting.refresh_from_db()
    assert posting.state == PostingState.DRAFT


def test_a_withdrawn_link_is_not_opened_again_by_a_letter(officer: User) -> None:
    request, posting = _offered_by_link(officer)
    requests.withdraw(request, by=officer, at=timezone.now())
    returned(posting, by=officer)

    tasks.queue_letters()

    [letter] = _letters()
    assert (letter.subject, letter.link) == ("Please correct: 剪辑", "")
    assert request.links.count() == 1


def test_whoever_left_hears_nothing(officer: User) -> None:
    request, posting = _offered_by_link(officer)
    request.contact.to_on = timezone.localdate().replace(year=2025)
    request.contact.save()
    returned(posting, by=officer)

    tasks.queue_letters()

    assert _letters() == []
    assert PostingOffer.objects.get().told == PostingState.DRAFT


def test_what_staff_drafted_is_not_the_enterprise_s_to_write(officer: User) -> None:
    posting = PostingFactory(state=PostingState.DRAFT, published_at=None)

    with pytest.raises(PermissionDenied):
        rewrite_offer(posting, version=posting.version, fields={}, majors=[], rows=PostingRows(), at=timezone.now())

    posting.refresh_from_db()
    assert posting.state == PostingState.DRAFT
    assert move_posting(posting, PostingState.IN_REVIEW, by=officer, at=timezone.now()).state == PostingState.IN_REVIEW
