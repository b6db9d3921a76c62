"""What people want to hear, and where."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from notifications.choices import Channel, Matter, Pace

# What holds where a person chose nothing: a chat hears of nothing until somebody wants it to.
USUAL = {Channel.EMAIL: Pace.AT_ONCE, Channel.INBOX: Pace.AT_ONCE, Channel.CHAT: Pace.OFF}


@tracked()
class Preference(models.Model):
    """How soon a person hears of a matter on a channel; where no row says anything, USUAL does."""

    user = models.ForeignKey(User, models.CASCADE, related_name="preferences")
    matter = models.CharField(max_length=12, choices=Matter)
    channel = models.CharField(max_length=8, choices=Channel)
    pace = models.CharField(max_length=8, choices=Pace, default=Pace.OFF)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "matter", "channel"], name="preference_once"),
            models.CheckConstraint(condition=Q(pace__in=Pace.values), name="preference_pace_known"),
            models.CheckConstraint(
                condition=~Q(channel=Channel.INBOX) | Q(pace__in=[Pace.AT_ONCE, Pace.OFF]), name="preference_inbox_now"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.channel} {self.pace}"


@tracked()
class ChatRobot(models.Model):
    """The robot of a chat group, such as of WeCom, DingTalk or Feishu, that speaks to one person."""

    user = models.OneToOneField(User, models.CASCADE, related_name="chat_robot")
    address = models.CharField(_("address of the robot"), max_length=500)
    error = models.CharField(max_length=300, blank=True, help_text="What it last answered, while it does not work.")

    class Meta:
        verbose_name = _("chat robot")

    def __str__(self) -> str:
        return str(self.user)


@tracked()
class StoppedLetter(models.Model):
    """Somebody without an account wants no more letters about a matter."""

    address = models.EmailField(_("address"))
    matter = models.CharField(_("matter"), max_length=12, choices=Matter)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "matter"], name="letter_stopped_once")]

    def __str__(self) -> str:
        return f"{self.matter} {self.address}"
