"""Rows on their way to the national platform."""

from django.db import models
from django.utils.translation import pgettext_lazy


class UploadState(models.TextChoices):
    """上报状态 as the platform numbers it: 0 not sent, 1 sent, 2 failed."""

    NOT_SENT = "not_sent", pgettext_lazy("row for the platform", "Not sent")
    SENT = "sent", pgettext_lazy("row for the platform", "Sent")
    FAILED = "failed", pgettext_lazy("row for the platform", "Failed")


class FileState(models.TextChoices):
    """What became of a file that was made for the platform."""

    MADE = "made", pgettext_lazy("file for the platform", "Not uploaded yet")
    SENT = "sent", pgettext_lazy("file for the platform", "Accepted")
    FAILED = "failed", pgettext_lazy("file for the platform", "Refused")


class Standing(models.TextChoices):
    """How a row stands beside what the platform has; `changed` and `gone` were sent before."""

    NEW = "new", pgettext_lazy("row for the platform", "Not sent")
    SENT = "sent", pgettext_lazy("row for the platform", "Sent")
    CHANGED = "changed", pgettext_lazy("row for the platform", "Changed since")
    FAILED = "failed", pgettext_lazy("row for the platform", "Failed")


UPLOADS = [*Standing.choices, ("open", pgettext_lazy("rows for the platform", "Everything but sent"))]
