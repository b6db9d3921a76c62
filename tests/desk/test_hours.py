"""The enterprise offers interview hours itself, sees who comes, and takes one back."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notifications.models.messages import OutgoingMessage
from partnerships.choices.timeline import TimelineKind
from placements.models.interviews import InterviewSlot
from placements.models.postings import Posting
from placements.services.interviews import book_hour
from tests.factories.desk import account_of, address_of, asked_contact, shown
from tests.factories.placements import InterviewSlotFactory, PostingFactory, invited

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def _hours(**fields: object) -> dict[str, object]:
    day = timezone.localdate() + timedelta(days=7)
    return {
        "day": day.isoformat(), "starts": "09:00", "ends": "10:00", "minutes": "30", "capacity": "1", "place": "A301",
        "form_token": str(uuid4()), **fields,
    }  # fmt: skip


@pytest.fixture(params=["link", "account"])
def page(request: pytest.FixtureRequest, client: Client) -> tuple[Posting, str]:
    """A posting, and the address of its hours by either way."""
    posting = PostingFactory(title="剪辑师")
    contact = asked_contact(enterprise=posting.enterprise)
    if request.param == "link":
        return posting, f"{address_of(shown(posting, contact))}interviews/"
    client.force_login(account_of(contact))
    return posting, reverse("desk:interviews", args=[posting.pk])


def test_hours_are_offered_once_and_stand_on_the_timeline(client: Client, page: tuple[Posting, str]) -> None:
    posting, address = page
    said = _hours()

    assert [client.post(address, said).status_code for _time in range(2)] == [302, 302]

    slots = list(posting.interview_slots.all())
    assert [(slot.place, slot.created_by, slot.contact.name) for slot in slots] == [("A301", None, "李娜")] * 2
    entries = posting.enterprise.timeline.filter(kind=TimelineKind.INTERVIEWS_OFFERED)
    assert [entry.text for entry in entries] == ["剪辑师 (李娜)"]


def test_what_cannot_be_is_said_beside_the_field(client: Client, page: tuple[Posting, str]) -> None:
    posting, address = page

    response = client.post(address, _hours(place=""))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["place"]
    assert not posting.interview_slots.exists()


def test_who_comes_is_named_as_it_was_sent_and_taking_back_tells_them(
    client: Client, page: tuple[Posting, str]
) -> None:
    posting, address = page
    client.post(address, _hours())
    application = invited(posting, snapshot={"name": "sent-name", "number": "kept-number"})
    slot = posting.interview_slots.first()
    book_hour(application, slot, by=application.student, at=timezone.now())

    response = client.get(address)
    first, second = response.context["hours"]
    assert [name for name, _address in first.people] == ["sent-name"]
    assert second.people == []
    assert "kept-number" not in response.content.decode()
    assert client.get(first.people[0][1]).status_code == 200

    assert client.post(first.take_back).status_code == 302

    slot.refresh_from_db()
    assert slot.cancelled_at is not None
    assert OutgoingMessage.objects.filter(recipient=application.student, key__endswith=":called-off").exists()
    assert posting.enterprise.timeline.filter(kind=TimelineKind.INTERVIEW_TAKEN_BACK).count() == 1
    again = client.post(first.take_back)
    assert again.status_code == 422
    assert posting.enterprise.timeline.filter(kind=TimelineKind.INTERVIEW_TAKEN_BACK).count() == 1


def test_the_hours_of_another_posting_are_not_there(client: Client, page: tuple[Posting, str]) -> None:
    _posting, address = page
    slot = InterviewSlotFactory(
        starts_at=timezone.now() + timedelta(days=1), ends_at=timezone.now() + timedelta(days=2)
    )
    if address.startswith("/desk/"):
        other = reverse("desk:interview_cancel", args=[slot.pk])
        assert client.get(reverse("desk:interviews", args=[slot.posting_id])).status_code == 404
    else:
        other = f"{address}{slot.pk}/cancel/"

    assert client.post(other).status_code == 404
    assert not InterviewSlot.objects.filter(cancelled_at__isnull=False).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_hours(client: Client, rows: int, django_assert_num_queries) -> None:
    posting = PostingFactory()
    client.force_login(account_of(asked_contact(enterprise=posting.enterprise)))
    for number in range(rows):
        at = timezone.now() + timedelta(days=number + 1)
        InterviewSlotFactory(posting=posting, starts_at=at, ends_at=at + timedelta(minutes=30))

    with django_assert_num_queries(9):
        response = client.get(reverse("desk:interviews", args=[posting.pk]))

    assert len(response.context["hours"]) == rows
