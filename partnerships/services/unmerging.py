"""A merge undone: what still stands as the merge left it goes back; what was changed since stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import save
from partnerships import rules
from partnerships.changes import differences, raw, snapshot
from partnerships.choices.timeline import TimelineKind
from partnerships.models.duplicates import Merge
from partnerships.models.enterprises import Enterprise, FormerName
from partnerships.selectors.hanging import Links, links
from partnerships.selectors.merging import FIELDS
from partnerships.services import suspects, timeline
from partnerships.services.enterprises import DuplicateCreditCode, find_by_code
from partnerships.services.merging import lock_pair


@transaction.atomic
def undo_merge(merge: Merge, *, by: User, at: datetime) -> Merge:
    """Make two files of one again. What came to the kept file after the merge stays there.

    Raises RuleBroken when it is undone already, when the kept file was merged away itself, or when a third file has
    taken the credit code meanwhile.
    """
    rules.can_merge(by).or_raise()
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    merge.kept, merge.gone = lock_pair(merge.kept, merge.gone)
    kept, gone = merge.kept, merge.gone
    _refuse(merge)
    read = snapshot(kept, FIELDS)
    _give_back_fields(merge)
    FormerName.objects.filter(pk__in=merge.after["former_names"], enterprise=kept).delete()
    save(kept)
    _reopen(gone)
    _give_back_rows(merge)
    _unsettle(merge.after["settled"])
    merge.undone_by, merge.undone_at = by, at
    merge.save(update_fields=["undone_by", "undone_at"])
    suspects.mark_parted(kept, gone, by=by, at=at)
    link = reverse("partnerships:merge", args=[merge.pk])
    timeline.record(
        kept, TimelineKind.MERGE_UNDONE, by=by, at=at, text=gone.legal_name, link=link, changes=differences(kept, read)
    )
    timeline.record(gone, TimelineKind.MERGE_UNDONE, by=by, at=at, text=kept.legal_name, link=link)
    return merge


def _refuse(merge: Merge) -> None:
    if merge.undone_at:
        raise RuleBroken(_("This merge is undone already."))
    if merge.kept.merged_into_id:
        words = _("%(name)s was merged into another file meanwhile. Undo that merge first.")
        raise RuleBroken(words % {"name": merge.kept})


def _give_back_fields(merge: Merge) -> None:
    """Each field that still says what the merge made it say."""
    for name in (*FIELDS, "last_contact_at"):
        if raw(merge.kept, name) == merge.after[name]:
            field: Any = Enterprise._meta.get_field(name)
            setattr(merge.kept, field.attname, field.to_python(merge.before[name]))


def _reopen(gone: Enterprise) -> None:
    holder = find_by_code(gone.credit_code, other_than=gone)
    if holder is not None:
        raise DuplicateCreditCode(holder)
    gone.archived_at, gone.merged_into, gone.version = None, None, gone.version + 1
    gone.save(update_fields=["archived_at", "merged_into", "version", "updated_at"])


def _give_back_rows(merge: Merge) -> None:
    moved: dict[tuple[str, str], list[int]] = {}
    for table, field, row in merge.moves.values_list("table", "field", "row"):
        moved.setdefault((table, field), []).append(row)
    by_table = {link.table._meta.label_lower: link for link in links()}
    for (table, field), rows in moved.items():
        if link := by_table.get(table):
            _give_back_links(merge, link, rows)
        else:
            still = apps.get_model(table)._default_manager.filter(pk__in=rows, **{field: merge.kept})
            still.update(**{field: merge.gone})


def _give_back_links(merge: Merge, link: Links, others: Iterable[int]) -> None:
    """What the kept file had before the merge it keeps; what was unlinked since stays so."""
    still = [other for other in link.of(merge.kept) if other in set(others)]
    had = merge.before[link.table._meta.label_lower]
    link.take(merge.kept, [other for other in still if other not in had])
    if not link.is_of_file:
        link.add(merge.gone, still)


def _unsettle(lines: Iterable[list[Any]]) -> None:
    """Rows that were changed so that they could join the others; one that was changed again stays."""
    for table, pk, name, before, after in lines:
        row = apps.get_model(table)._default_manager.filter(pk=pk).first()
        if row is None or raw(row, name) != after:
            continue
        field: Any = row._meta.get_field(name)
        setattr(row, name, field.to_python(before))
        try:
            with transaction.atomic():
                row.save(update_fields=[name])
        except IntegrityError:
            continue  # another row has that place by now
