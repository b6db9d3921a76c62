"""The outbox: every message is stored before it is sent, once per key, person and channel."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from notifications.choices import Channel, Matter, MessageState

DIGEST = "digest:"  # how the keys of letters begin that gather others


class OutgoingMessageQuerySet(models.QuerySet["OutgoingMessage"]):
    def inbox_of(self, user: User) -> OutgoingMessageQuerySet:
        """What a person finds in the portal's inbox, newest first."""
        return self.filter(recipient=user, channel=Channel.INBOX).order_by("-queued_at", "-pk")

    def unread(self) -> OutgoingMessageQuerySet:
        return self.filter(read_at__isnull=True)

    def waiting(self, now: datetime) -> OutgoingMessageQuerySet:
        """What may be sent by now."""
        return self.filter(state=MessageState.QUEUED, send_after__lte=now)

    def of_people(self) -> OutgoingMessageQuerySet:
        """Messages to people of the school, and not letters to people without an account."""
        return self.filter(recipient__isnull=False)


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
    rule = models.CharField(_("rule"), max_length=40, blank=True, db_index=True)
    because = models.JSONField(default=dict, blank=True, help_text="What the rule found: the day, and how far off.")
    enterprise_id = models.BigIntegerField(
        null=True, blank=True, help_text="The file it is about; enterprises stand above this app."
    )
    still_due = models.CharField(max_length=60, blank=True, help_text="Name in settings.STILL_DUE, asked at delivery.")
    subject_id = models.BigIntegerField(null=True, blank=True, help_text="What still_due is asked about.")
    digest = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="parts", help_text="The letter that gathers it."
    )
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
            models.Index(fields=["channel", "send_after", "id"], name="message_waiting", condition=Q(state="queued")),
            models.Index(fields=["claimed_at"], name="message_claimed", condition=Q(state="sending")),
            models.Index(fields=["recipient", "-queued_at"], name="message_inbox", condition=Q(channel="inbox")),
            models.Index(fields=["send_after"], name="message_held", condition=Q(state="held")),
            models.Index(
                fields=["enterprise_id", "-queued_at"], name="message_file", condition=Q(enterprise_id__isnull=False)
            ),
            models.Index(fields=["address"], name="message_failed_address", condition=Q(state="failed")),
            models.Index(fields=["-queued_at", "-id"], name="message_latest"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_digest(self) -> bool:
        """Does it gather others? Its words are then made when it leaves."""
        return self.key.startswith(DIGEST)

    @property
    def to(self) -> str:
        """The e-mail address it goes to: the person's own as it is now, or the letter's."""
        return self.recipient.email if self.recipient else self.address

    @property
    def to_name(self) -> str:
        return str(self.recipient) if self.recipient else self.addressee
