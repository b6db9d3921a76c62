"""Addresses that mail did not reach."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts.models.people import User
from notifications.choices import Channel, MessageState
from notifications.models.messages import OutgoingMessage


def bounces_of(addresses: Iterable[str]) -> dict[str, OutgoingMessage]:
    """The last letter that came back from each of these addresses; one query."""
    wanted = {address for address in addresses if address}
    failed = OutgoingMessage.objects.filter(state=MessageState.FAILED, recipient=None, address__in=wanted)
    latest = failed.defer("body", "calendar", "link").order_by("address", "-queued_at", "-pk").distinct("address")
    return {message.address: message for message in latest}


def mark_bounces(contacts: Iterable[Any]) -> None:
    """Give each of these people with an `email` the letter that came back from it as `bounce`; one query."""
    people = list(contacts)
    found = bounces_of(person.email for person in people)
    for person in people:
        person.bounce = found.get(person.email)


def bounce_of(user: User) -> OutgoingMessage | None:
    """The last mail to a person of the school that came back and was not sent again."""
    failed = OutgoingMessage.objects.filter(state=MessageState.FAILED, recipient=user, channel=Channel.EMAIL)
    return failed.order_by("-queued_at", "-pk").first()
