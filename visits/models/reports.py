"""The report of a visit before it is sent, and what happens to it afterwards."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from visits.models.visits import Visit


class ReportDraft(models.Model):
    """What has been typed of a report so far; one for each visit, whoever types and on whichever phone.

    `revision` rises with each saving: a phone that saves on an older one is told instead of writing over it.
    """

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="draft")
    said = models.JSONField(default=dict, blank=True, help_text="The fields of the form as they were sent.")
    revision = models.PositiveIntegerField(default=0)
    device = models.CharField(max_length=40, blank=True, help_text="A random mark of the browser that saved last.")
    saved_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-saved_at"]

    def __str__(self) -> str:
        return str(self.visit)


class DraftPhoto(models.Model):
    """A photo that waits for its report; `key` is given by the phone, so that sending it again adds none."""

    draft = models.ForeignKey(ReportDraft, models.CASCADE, related_name="photos")
    key = models.CharField(max_length=40)
    file = models.FileField(upload_to="drafts/%Y/")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["draft", "key"], name="draft_photo_once")]

    def __str__(self) -> str:
        return self.name


@tracked()
class ReportReturn(models.Model):
    """The office gave a report back with a remark; it is open until the report is sent again."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="returns")
    remark = models.TextField(_("what is to be put right"), max_length=1000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit"], condition=Q(answered_at__isnull=True), name="return_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="return_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit} {self.at:%Y-%m-%d}"


@tracked()
class Amendment(models.Model):
    """A change to a visit that the office had checked already, with its reason and the figures that it moved."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="amendments")
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    changes = models.JSONField(default=list, help_text="Before and after, as the timeline keeps them.")
    moved = models.JSONField(
        default=dict, blank=True, help_text="Of each measure that moved its share in this visit before and after."
    )

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="amendment_has_reason")]

    def __str__(self) -> str:
        return f"{self.visit} {self.at:%Y-%m-%d}"
