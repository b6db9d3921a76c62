"""Lists of postings from Excel: read, shown, written as drafts all at once, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from desk import rules
from desk.lists.columns import POSTINGS
from desk.lists.parsing import PostingParser
from desk.lists.planning import RowPlan, digest, plan
from desk.models.lists import ListedPosting, PostingList
from imports import headings
from imports.lookups import Lookups
from imports.reader import Row
from imports.workbooks import SheetRow, outline, rows_of
from partnerships.choices.timeline import TimelineKind
from partnerships.models.codes import Province
from partnerships.services import timeline
from placements.choices import PostingSource, PostingState
from placements.models.postings import Posting
from placements.services.postings import draft_posting

MOST_ROWS = 500


def bring_list(file: File[bytes], *, by: User, at: datetime) -> PostingList:
    """Read an upload and keep what its rows say; nothing is a posting yet.

    Raises Unreadable, and RuleBroken for too many rows or a sheet without enterprises and titles.
    """
    rules.can_bring_lists(by).or_raise()
    name = file.name or ""
    content = file.read()  # of an upload, which closes for good once it was read
    sheets = outline(ContentFile(content), name)
    places = [headings.find(sheet["head"], POSTINGS) for sheet in sheets]
    best = max(range(len(places)), key=lambda index: (places[index].known, -index))
    head, place = sheets[best]["head"], places[best]
    columns = headings.guess(head, place, POSTINGS)
    if not place.known or not {"legal_name", "title"} <= set(columns.values()):
        words = _("No columns are headed “单位名称” and “岗位名称”, or “Enterprise” and “Title”. Take the template.")
        raise RuleBroken(words, field="file")
    found = rows_of(ContentFile(content), name, best, after=place.last, most=MOST_ROWS)
    rows = _said(found, columns, head, place, today=timezone.localdate(at))
    if not rows:
        raise RuleBroken(_("There is no posting below the headings."), field="file")
    told = [[" ".join(words), columns.get(number, "")] for number, words in enumerate(headings.labels(head, place))]
    return PostingList.objects.create(name=name[-200:], by=by, at=at, columns=told, rows=rows)


def _said(
    found: Sequence[SheetRow], columns: Mapping[int, str], head: Sequence[Row], place: headings.Place, *, today: date
) -> list[dict[str, Any]]:
    """What each row says; totals, remarks and repeated headings are passed over."""
    parser = PostingParser(columns, Lookups(), today=today)
    words = ["".join(each[-1:]) for each in headings.labels(head, place)]
    rows = []
    for row in found:
        cells = parser.cells_of(row.cells)
        name = str(cells.get("legal_name", "")).strip()
        if not cells or headings.is_passed_over(row.cells, name, words, POSTINGS):
            continue
        parsed = parser.parse(row.cells)
        rows.append({"number": row.number, "values": parsed.values, "problems": parsed.problems})
    return rows


def _locked(posting_list: PostingList, *, by: User) -> PostingList:
    rules.can_bring_lists(by).or_raise()
    return PostingList.objects.select_for_update().get(pk=posting_list.pk)


@transaction.atomic
def write_list(posting_list: PostingList, *, seen: str, by: User, at: datetime) -> int:
    """Make drafts of every new row, or of none; `seen` is the digest of the plan that was shown. Returns how many.

    Raises RuleBroken for a list that was written, and where something changed after it was shown.
    """
    posting_list = _locked(posting_list, by=by)
    if posting_list.written_at is not None:
        raise RuleBroken(_("This list has been written already."))
    plans = plan(posting_list.rows)
    if digest(plans) != seen:
        raise RuleBroken(_("Something has changed since this page was shown. Look at the rows again."))
    new = [each for each in plans if each.is_written]
    if not new:
        raise RuleBroken(_("There is nothing to write."))
    ListedPosting.objects.bulk_create(
        ListedPosting(list=posting_list, posting=posting, version=posting.version)
        for posting in [_write(each, by=by, at=at) for each in new]
    )
    for enterprise in {each.enterprise.pk: each.enterprise for each in new if each.enterprise}.values():
        timeline.record(enterprise, TimelineKind.IMPORTED, by=by, at=at, text=posting_list.name)
    posting_list.written_by, posting_list.written_at = by, at
    posting_list.save(update_fields=["written_by", "written_at"])
    return len(new)


def _write(each: RowPlan, *, by: User, at: datetime) -> Posting:
    assert each.enterprise is not None  # noqa: S101 - a new row has one
    fields, majors = each.fields, each.values.get("majors", [])
    if province := fields.pop("province_id", None):
        fields["province"] = Province.objects.get(pk=province)
    try:
        return draft_posting(
            each.enterprise, fields=fields, majors=majors, by=by, at=at, source=PostingSource.EXCEL
        )  # fmt: skip
    except (RuleBroken, ValidationError) as refusal:
        reason = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
        words = {"row": each.number, "reason": reason}
        raise RuleBroken(_("Row %(row)s: %(reason)s Nothing was written.") % words) from None


@dataclass(frozen=True)
class Undone:
    """How many drafts went, and how many stayed since somebody worked on them."""

    gone: int
    stayed: int


@transaction.atomic
def undo_list(posting_list: PostingList, *, by: User, at: datetime) -> Undone:
    """Delete the drafts of a list that nobody touched since. Raises RuleBroken."""
    posting_list = _locked(posting_list, by=by)
    if posting_list.written_at is None or posting_list.undone_at is not None:
        raise RuleBroken(_("There is nothing to take back."))
    gone = stayed = 0
    for listed in posting_list.postings.select_related("posting__enterprise").order_by("-pk"):
        if _remove(listed):
            gone += 1
            enterprise = listed.posting.enterprise
            timeline.record(enterprise, TimelineKind.IMPORT_UNDONE, by=by, at=at, text=listed.posting.title)
        else:
            stayed += 1
    posting_list.undone_by, posting_list.undone_at = by, at
    posting_list.save(update_fields=["undone_by", "undone_at"])
    return Undone(gone, stayed)


def _remove(listed: ListedPosting) -> bool:
    posting = Posting.objects.select_for_update(of=("self",)).get(pk=listed.posting_id)
    if posting.version != listed.version or posting.state != PostingState.DRAFT:
        return False
    try:
        with transaction.atomic():
            posting.delete()
    except models.ProtectedError:
        return False
    return True
