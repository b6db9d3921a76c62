"""Writing the timeline: one entry in the transaction of the change it tells of."""

from __future__ import annotations

from datetime import datetime

from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from partnerships.changes import Change
from partnerships.choices.timeline import IN_TOUCH, TimelineKind
from partnerships.models.enterprises import Enterprise
from partnerships.models.timeline import TimelineEntry


def record(
    enterprise: Enterprise,
    kind: TimelineKind,
    *,
    by: User | None,
    at: datetime,
    text: str = "",
    detail: str = "",
    link: str = "",
    changes: list[Change] | None = None,
    private_to: User | None = None,
    office_only: bool = False,
) -> TimelineEntry:
    """Tell what happened around an enterprise; see TimelineEntry for what text and detail hold.

    What counts as having been in touch also moves the file's last contact. Raises RuleBroken for a file that was
    merged away: whoever changed something around it had opened it before.
    """
    if kind in IN_TOUCH and private_to is None:
        files = Enterprise.objects.filter(pk=enterprise.pk)
        files.update(last_contact_at=Greatest(Coalesce("last_contact_at", at), at))
    entry = TimelineEntry.objects.create(
        enterprise=enterprise, kind=kind, by=by, at=at, text=text[:400], detail=detail, link=link,
        changes=changes or [], private_to=private_to, office_only=office_only,
    )  # fmt: skip
    # Asked after the entry: writing it waits for a merge that is under way.
    if merged := Enterprise.objects.filter(pk=enterprise.pk, merged_into__isnull=False).first():
        words = _("The file of %(gone)s was merged into %(kept)s; what you entered was not saved.")
        raise RuleBroken(words % {"gone": merged, "kept": merged.merged_into})
    return entry


def record_changes(
    enterprise: Enterprise,
    kind: TimelineKind,
    changes: list[Change],
    *,
    by: User | None,
    at: datetime,
    text: str = "",
    detail: str = "",
    link: str = "",
) -> None:
    """Tell what a change made of a record; saving without a change tells nothing."""
    if changes:
        record(enterprise, kind, by=by, at=at, text=text, detail=detail, link=link, changes=changes)
