"""Stored messages."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from notifications.choices import Channel, Matter, MessageState
from notifications.models.messages import OutgoingMessage
from tests.factories.accounts import UserFactory

NOON = datetime(2026, 3, 12, 4, 0, tzinfo=UTC)


class EmailFactory(DjangoModelFactory):
    """An e-mail waiting since NOON."""

    class Meta:
        model = OutgoingMessage

    key = factory.Sequence(lambda n: f"visit:{n}:planned")
    channel = Channel.EMAIL
    matter = Matter.VISIT
    recipient = factory.SubFactory(UserFactory)
    language = factory.LazyAttribute(lambda message: message.recipient.language)
    subject = "A visit is planned"
    body = "On Thursday."
    state = MessageState.QUEUED
    queued_at = NOON
    send_after = NOON


class InboxFactory(EmailFactory):
    """A message in the portal's inbox."""

    channel = Channel.INBOX
    state = MessageState.SENT
    sent_at = NOON


class LetterFactory(EmailFactory):
    """A letter to somebody without an account."""

    key = factory.Sequence(lambda n: f"letter:{n}")
    matter = Matter.ENTERPRISE
    recipient = None
    address = "li@enterprise.example"
    addressee = "李娜"
    language = "en"
    subject = "Please look at your file"
