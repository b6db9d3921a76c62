"""Files of old reports go; the rows that say what was reported stay."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from reports.choices import BuildState
from reports.models.builds import ReportBuild, ReportFile
from reports.storing import clear_files

LOOKED_BACK = timedelta(days=7)


def clear_old_files(*, now: datetime) -> int:
    """Remove the files that are older than REPORT_FILES_DAYS; returns how many.

    Builds that ended without a file lately are looked at too: a worker that was killed after its build was cancelled
    could not clear up behind itself.
    """
    last = now - timedelta(days=settings.REPORT_FILES_DAYS)
    old = ReportFile.objects.filter(build__finished_at__lt=last, removed_at__isnull=True)
    count = 0
    for row in old.select_related("build").iterator():
        row.file.delete(save=False)
        row.file, row.removed_at = "", now
        row.save(update_fields=["file", "removed_at"])
        count += 1
    over = ReportBuild.objects.filter(state__in=(BuildState.CANCELLED, BuildState.FAILED))
    for number in over.filter(finished_at__gte=now - LOOKED_BACK).values_list("pk", flat=True):
        clear_files(number)
    return count
