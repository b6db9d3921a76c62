"""Kinds of files, and how far one got on its way to its reader."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ExportFormat(models.TextChoices):
    XLSX = "xlsx", _("Workbook for Excel")
    CSV = "csv", _("Plain lines (CSV)")
    PARQUET = "parquet", _("Columns for analysts (Parquet)")


class ExportState(models.TextChoices):
    RUNNING = "running", pgettext_lazy("of an export", "On its way")
    COMPLETE = "complete", pgettext_lazy("of an export", "Complete")
    BROKEN = "broken_off", pgettext_lazy("of an export", "Broken off")
