"""The files that were made for the platform."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from accounts.models.people import User
from ledger.choices import UploadState
from ledger.models.platform import PlatformFile, PlatformFileQuerySet, PlatformFileRow


def file_list(user: User) -> PlatformFileQuerySet:
    """Newest first, each with the number of its rows."""
    return file_of(user).order_by("-at", "-pk")


def file_of(user: User) -> PlatformFileQuerySet:
    failed = Count("rows", filter=Q(rows__record__state=UploadState.FAILED))
    return (
        PlatformFile.objects.visible_to(user)
        .select_related("by", "marked_by")
        .annotate(row_count=Count("rows"), failed_count=failed)
    )


def rows_of_file(file: PlatformFile) -> QuerySet[PlatformFileRow]:
    """The rows as they went out, with the visit of each and how its row stands now."""
    return file.rows.select_related("record__visit__enterprise", "record__major").order_by("number")
