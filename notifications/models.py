"""The outbox: every message is stored before it is sent, once per key, person and channel."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from notifications.choices import Channel, Matter, MessageState


class OutgoingMessageQuerySet(models.QuerySet["OutgoingMessage"]):
    def inbox_of(self, user: User) -> OutgoingMessageQuerySet:
        """What a person finds in the portal's inbox, newest first."""
        return self.filter(recipient=user, channel=Channel.INBOX).order_by("-queued_at", "-pk")

    def unread(self) -> OutgoingMessageQuerySet:
        return self.filter(read_at__isnull=True)

    def waiting(self, now: datetime) -> OutgoingMessageQuerySet:
        """E-mails that may be sent by now."""
        return self.filter(channel=Channel.EMAIL, state=MessageState.QUEUED, send_after__lte=now)


class OutgoingMessage(models.Model):
    """One message by one channel to one person of the school, or by e-mail to an address; the key makes it once."""

    key = models.CharField(max_length=200)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    matter = models.CharField(_("matter"), max_length=12, choices=Matter)
    recipient = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="messages", verbose_name=_("recipient")
    )
    address = models.EmailField(_("address"), blank=True, help_text="Of somebody without an account.")
    addressee = models.CharField(_("addressee"), max_length=80, blank=True)
    language = models.CharField(max_length=10)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    link = models.CharField(max_length=300, blank=True)
    calendar = models.TextField(blank=True, help_text="An iCalendar object (RFC 5545) that goes along.")
    calendar_method = models.CharField(max_length=10, blank=True, help_text="Its method (RFC 5546): REQUEST, CANCEL.")
    still_due = models.CharField(max_length=60, blank=True, help_text="Name in settings.STILL_DUE, asked at delivery.")
    subject_id = models.BigIntegerField(null=True, blank=True, help_text="What still_due is asked about.")
    state = models.CharField(_("state"), max_length=8, choices=MessageState, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(_("error"), max_length=300, blank=True)
    queued_at = models.DateTimeField()
    send_after = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingMessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "recipient", "channel"], name="message_once_per_person"),
            models.UniqueConstraint(
                fields=["key", "address", "channel"],
                condition=Q(recipient__isnull=True),
                name="message_once_per_address",
            ),
            models.CheckConstraint(
                condition=(Q(recipient__isnull=False) & Q(address=""))
                | (Q(recipient__isnull=True) & ~Q(address="") & Q(channel=Channel.EMAIL)),
                name="message_to_person_or_address",
            ),
            models.CheckConstraint(condition=Q(state__in=MessageState.values), name="message_state_known"),
        ]
        indexes = [
            models.Index(fields=["send_after"], name="message_waiting", condition=Q(state="queued")),
            models.Index(fields=["claimed_at"], name="message_claimed", condition=Q(state="sending")),
            models.Index(fields=["recipient", "-queued_at"], name="message_inbox", condition=Q(channel="inbox")),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def to(self) -> str:
        """The e-mail address it goes to: the person's own as it is now, or the letter's."""
        return self.recipient.email if self.recipient else self.address

    @property
    def to_name(self) -> str:
        return str(self.recipient) if self.recipient else self.addressee


@tracked()
class Preference(models.Model):
    """A channel that a person switched off for a matter; no row means it is on."""

    user = models.ForeignKey(User, models.CASCADE, related_name="preferences")
    matter = models.CharField(max_length=12, choices=Matter)
    channel = models.CharField(max_length=8, choices=Channel)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "matter", "channel"], name="preference_once"),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.channel}"
