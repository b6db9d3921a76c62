"""The life of an import, and what becomes of each of its rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportState(models.TextChoices):
    """Read → columns chosen → checked → written → perhaps undone; a worker does what ends in -ing."""

    READING = "reading", pgettext_lazy("state of an import", "Being read")
    MAPPING = "mapping", pgettext_lazy("state of an import", "Columns to be chosen")
    CHECKING = "checking", pgettext_lazy("state of an import", "Being checked")
    CHECKED = "checked", pgettext_lazy("state of an import", "To be confirmed")
    WRITING = "writing", pgettext_lazy("state of an import", "Being written")
    WRITTEN = "written", pgettext_lazy("state of an import", "Written")
    UNDOING = "undoing", pgettext_lazy("state of an import", "Being undone")
    UNDONE = "undone", pgettext_lazy("state of an import", "Undone")
    FAILED = "failed", pgettext_lazy("state of an import", "Stopped")


UNDER_WAY = frozenset({ImportState.READING, ImportState.CHECKING, ImportState.WRITING, ImportState.UNDOING})

# Where each step of the worker leads.
THEN: dict[ImportState, ImportState] = {
    ImportState.READING: ImportState.MAPPING,
    ImportState.CHECKING: ImportState.CHECKED,
    ImportState.WRITING: ImportState.WRITTEN,
    ImportState.UNDOING: ImportState.UNDONE,
}


class RowOutcome(models.TextChoices):
    """What a row will do when it is written; only new and changed rows write anything."""

    NEW = "new", pgettext_lazy("row of an import", "New")
    CHANGED = "changed", pgettext_lazy("row of an import", "Changes")
    UNCHANGED = "unchanged", pgettext_lazy("row of an import", "Unchanged")
    SUSPECT = "suspect", pgettext_lazy("row of an import", "May be the same")
    SKIPPED = "skipped", pgettext_lazy("row of an import", "Left out")
    ERROR = "error", pgettext_lazy("row of an import", "With errors")


class RowState(models.TextChoices):
    """What has become of a row; `left` was not written, `stayed` was not undone."""

    WAITING = "waiting", pgettext_lazy("row of an import", "Not written")
    WRITTEN = "written", pgettext_lazy("row of an import", "Written")
    LEFT = "left", pgettext_lazy("row of an import", "Changed meanwhile, not written")
    UNDONE = "undone", pgettext_lazy("row of an import", "Undone")
    STAYED = "stayed", pgettext_lazy("row of an import", "Changed since, left alone")


class RowChoice(models.TextChoices):
    """What a person says of a row that may be the same as a file."""

    NEW = "new", _("Another enterprise: open a new file")
    FILE = "file", _("The same enterprise")
    SKIP = "skip", _("Leave this row out")
