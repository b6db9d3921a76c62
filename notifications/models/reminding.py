"""What an administrator set of the reminders."""

from __future__ import annotations

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from core.history import tracked
from notifications.choices import Channel, Counting, Mode


@tracked()
class RuleTerms(models.Model):
    """How one rule was set; a rule without a row keeps the terms that it came with (notifications.occasions)."""

    rule = models.CharField(max_length=40, unique=True)
    is_on = models.BooleanField(_("reminds"), default=True)
    marks = ArrayField(models.SmallIntegerField())
    every = models.PositiveSmallIntegerField(default=0)
    until = models.SmallIntegerField()
    counting = models.CharField(_("days"), max_length=10, choices=Counting)
    audiences = ArrayField(models.CharField(max_length=20))
    number = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(counting__in=Counting.values), name="terms_counting_known"),
            models.CheckConstraint(condition=Q(marks__len__gt=0), name="terms_have_marks"),
        ]

    def __str__(self) -> str:
        return self.rule


class RuleRun(models.Model):
    """How the last run of a rule went."""

    rule = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    found = models.PositiveIntegerField()
    stored = models.PositiveIntegerField()
    problems = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.rule


@tracked()
class ReminderHours(models.Model):
    """When the portal writes by itself, in each reader's own time; there is one row, or the defaults hold."""

    mode = models.CharField(_("The engine"), max_length=5, choices=Mode, default=Mode.SEND)
    quiet_from = models.TimeField(_("quiet from"), default=time(21))
    quiet_to = models.TimeField(_("quiet until"), default=time(7, 30))
    digest_at = models.TimeField(_("gathered letters leave at"), default=time(8))
    digest_weekday = models.PositiveSmallIntegerField(_("weekly ones on"), default=0)
    emails_a_minute = models.PositiveIntegerField(_("e-mails a minute"), default=600)
    chats_a_minute = models.PositiveIntegerField(_("chat messages a minute"), default=20)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="reminder_hours_one_row"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="reminder_mode_known"),
            models.CheckConstraint(condition=Q(digest_weekday__lte=6), name="digest_weekday_of_seven"),
            models.CheckConstraint(
                condition=Q(emails_a_minute__gt=0) & Q(chats_a_minute__gt=0), name="limits_let_something_pass"
            ),
            models.CheckConstraint(condition=~Q(quiet_from=F("quiet_to")), name="quiet_hours_end"),
        ]

    def __str__(self) -> str:
        return self.get_mode_display()

    @property
    def weekday(self) -> str:
        """The day of the weekly letters in words."""
        return str(WEEKDAYS[self.digest_weekday])

    def a_minute(self, channel: Channel) -> int:
        """How many messages of a channel may leave in a minute."""
        return self.chats_a_minute if channel == Channel.CHAT else self.emails_a_minute


class ChannelMinute(models.Model):
    """How many messages left by a channel in the minute that it last sent in."""

    channel = models.CharField(max_length=8, choices=Channel, unique=True)
    minute = models.DateTimeField()
    taken = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.channel
