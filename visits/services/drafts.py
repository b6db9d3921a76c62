"""The report before it is sent: saved every few seconds, from any device, with its photos."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.pictures import shrunk
from core.saving import lock
from core.uploads import fingerprint
from visits import rules
from visits.choices import VisitState
from visits.models.reports import DraftPhoto, ReportDraft
from visits.models.visits import Visit

Said = dict[str, list[str]]
MOST_PHOTOS = 30
MOST_LETTERS = 200_000
KEPT = timedelta(days=60)
OVER = (VisitState.REPORTED, VisitState.CHECKED, VisitState.CANCELLED)


class DraftMovedOn(RuleBroken):
    """Somebody saved the draft elsewhere since this page was opened."""

    def __init__(self, draft: ReportDraft) -> None:
        self.draft = draft
        when = timezone.localtime(draft.saved_at)
        super().__init__(
            _("%(name)s saved this report on another device, on %(day)s at %(time)s.")
            % {"name": draft.saved_by, "day": date_format(when), "time": f"{when:%H:%M}"}
        )


class VisitOver(RuleBroken):
    """There is nothing to report of this visit any more, or not yet."""


def refuse_if_over(visit: Visit, *, at: datetime) -> None:
    """Raises VisitOver for a visit that was reported or called off, or whose day is still ahead."""
    if visit.state in (VisitState.REPORTED, VisitState.CHECKED):
        if visit.reported_by is None:
            raise VisitOver(_("This visit is reported already."))
        when = timezone.localtime(visit.reported_at or at)
        raise VisitOver(
            _("%(name)s reported this visit already, on %(day)s at %(time)s.")
            % {"name": visit.reported_by, "day": date_format(when), "time": f"{when:%H:%M}"}
        )
    if visit.state == VisitState.CANCELLED:
        raise VisitOver(_("This visit was called off."))
    if visit.starts_on and visit.starts_on > timezone.localdate(at):
        raise VisitOver(_("The day of this visit is still ahead."))


@transaction.atomic
def save_draft(visit: Visit, *, said: Said, revision: int, device: str, by: User, at: datetime) -> ReportDraft:
    """Keep what was typed so far. Raises DraftMovedOn where another device saved since `revision`.

    A device may write over what it saved itself: the answer to its last saving may have got lost on the way.
    """
    visit = _open(visit, by=by, at=at)
    if sum(len(name) + sum(map(len, values)) for name, values in said.items()) > MOST_LETTERS:
        raise RuleBroken(_("This is too much text for a report."))
    draft = ReportDraft.objects.select_related("saved_by").filter(visit=visit).first()
    if draft is None:
        draft = ReportDraft(visit=visit, revision=revision)
    elif draft.revision != revision and not (device and device == draft.device):
        raise DraftMovedOn(draft)
    draft.said, draft.device, draft.saved_by, draft.saved_at = said, device, by, at
    draft.revision += 1
    draft.full_clean()
    draft.save()
    return draft


def _open(visit: Visit, *, by: User, at: datetime) -> Visit:
    """The locked visit, whose report may still be written."""
    visit = lock(visit)
    rules.can_report(by, visit).or_raise()
    refuse_if_over(visit, at=at)
    return visit


def check_revision(visit: Visit, revision: int | None) -> None:
    """Raises DraftMovedOn where the draft was saved since `revision`; None does not ask."""
    draft = ReportDraft.objects.select_related("saved_by").filter(visit=visit).first()
    if revision is not None and draft is not None and draft.revision != revision:
        raise DraftMovedOn(draft)


@transaction.atomic
def keep_photo(visit: Visit, file: File[bytes], *, key: str, name: str, by: User, at: datetime) -> DraftPhoto:
    """A photo of the report to come, made small and freed of place and time.

    One that was sent before, by its key or its content, is answered with what is kept. Raises RuleBroken.
    """
    visit = _open(visit, by=by, at=at)
    draft, _made = ReportDraft.objects.get_or_create(visit=visit, defaults={"saved_by": by, "saved_at": at})
    kept = list(draft.photos.all())
    if known := next((photo for photo in kept if photo.key == key), None):
        return known
    if len(kept) >= MOST_PHOTOS:
        raise RuleBroken(_("A report has at most %(most)s photos.") % {"most": MOST_PHOTOS}, field="photos")
    small = shrunk(file, name)
    same = fingerprint(small)
    if known := next((photo for photo in kept if photo.sha256 == same), None):
        return known
    photo = DraftPhoto(draft=draft, key=key, name=(small.name or "")[:200], sha256=same, added_by=by, added_at=at)
    photo.file.save(f"{visit.pk}.jpg", small, save=False)
    photo.full_clean()
    photo.save()
    return photo


@transaction.atomic
def drop_photo(photo: DraftPhoto, *, by: User, at: datetime) -> None:
    """Take a photo out of the draft again."""
    _open(photo.draft.visit, by=by, at=at)
    photo.delete()
    _drop_files([photo])


def photos_of(visit: Visit) -> list[DraftPhoto]:
    """The photos that wait for the report of a visit, in the order they came."""
    return list(DraftPhoto.objects.filter(draft__visit=visit).select_related("added_by"))


def forget(visit: Visit) -> None:
    """The report is on file: its draft and the files of the draft go."""
    _delete(ReportDraft.objects.filter(visit=visit).prefetch_related("photos"))


@transaction.atomic
def clean_drafts(*, now: datetime) -> int:
    """Drafts that nobody touched for sixty days, of visits that were reported or called off; how many there were."""
    old = ReportDraft.objects.filter(saved_at__lt=now - KEPT, visit__state__in=OVER)
    return _delete(old.prefetch_related("photos"))


def _delete(drafts: Iterable[ReportDraft]) -> int:
    found = list(drafts)
    for draft in found:
        _drop_files(draft.photos.all())
        draft.delete()
    return len(found)


def _drop_files(photos: Iterable[DraftPhoto]) -> None:
    """Files go when the rows have gone for good."""
    for photo in photos:
        if photo.file.name:
            transaction.on_commit(partial(photo.file.storage.delete, photo.file.name))
