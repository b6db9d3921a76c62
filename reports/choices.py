"""The life of a report build, the files it makes, how often one is due, and why snapshots are taken."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BuildState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being built")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", pgettext_lazy("report", "Cancelled")


UNDER_WAY = (BuildState.QUEUED, BuildState.RUNNING)


class FileFormat(models.TextChoices):
    """The ending of a file, and what readers call it."""

    XLSX = "xlsx", _("Excel workbook")
    PDF = "pdf", _("PDF")
    DOCX = "docx", _("Word document")
    ZIP = "zip", _("Archive")


class Cadence(models.TextChoices):
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")


class Weekday(models.IntegerChoices):
    """As Python counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class SnapshotReason(models.TextChoices):
    """Why a figure was kept as it stood."""

    NIGHTLY = "nightly", _("Kept every night")
    ASKED = "asked", pgettext_lazy("of a snapshot", "Kept on demand")
    REPORTED = "reported", pgettext_lazy("of a snapshot", "Reported")


class Rung(models.TextChoices):
    """How far an enterprise has come as a partner, by what is on file of it in a window of time."""

    KNOWN = "1", pgettext_lazy("rung of partners", "On file")
    VISITED = "2", pgettext_lazy("rung of partners", "Visited")
    WORKING = "3", pgettext_lazy("rung of partners", "Working together")
    GIVING = "4", pgettext_lazy("rung of partners", "Giving")
    STRATEGIC = "5", pgettext_lazy("rung of partners", "Strategic partner")
