"""The life of a report build, and why snapshots are taken."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BuildState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being built")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")


class SnapshotReason(models.TextChoices):
    """Why a figure was kept as it stood."""

    NIGHTLY = "nightly", _("Kept every night")
    ASKED = "asked", pgettext_lazy("of a snapshot", "Kept on demand")
    REPORTED = "reported", pgettext_lazy("of a snapshot", "Reported")
