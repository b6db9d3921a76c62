"""Two files become one: what was taken from which is written down, so that it can be undone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken, StaleEdit
from core.saving import save
from partnerships import rules
from partnerships.changes import differences, raw, snapshot
from partnerships.choices.timeline import TimelineKind
from partnerships.models.duplicates import Merge, MergeMove
from partnerships.models.enterprises import Enterprise
from partnerships.selectors.hanging import NOW, TODAY, Rule, collisions, links, references, words_for
from partnerships.selectors.merging import FIELDS, GROUPS
from partnerships.services import suspects, timeline

Settled = list[list[Any]]  # table, row, field, before, after


def lock_pair(one: Enterprise, other: Enterprise) -> tuple[Enterprise, Enterprise]:
    """Both files under a lock, taken in the order of their keys, so that two merges wait and never block each other."""
    rows = {
        row.pk: row for row in Enterprise.objects.select_for_update().filter(pk__in=[one.pk, other.pk]).order_by("pk")
    }
    return rows[one.pk], rows[other.pk]


def _refuse_unless_current(*files: Enterprise) -> None:
    for file in files:
        if file.merged_into_id:
            merge = Merge.objects.select_related("by", "kept").get(gone=file, undone_at=None)
            raise RuleBroken(
                _("%(name)s has merged %(gone)s into %(kept)s already.")
                % {"name": merge.by, "gone": file, "kept": merge.kept}
            )
        if file.archived_at:
            raise RuleBroken(_("The file of %(name)s is archived; only current files are merged.") % {"name": file})


@transaction.atomic
def merge_enterprises(
    kept: Enterprise,
    gone: Enterprise,
    *,
    taken: Collection[str],
    versions: tuple[int, int] | None = None,
    by: User,
    at: datetime,
) -> Merge:
    """Make one file of two. `taken` names what the kept file takes over from the other, see GROUPS.

    `versions` are those of the kept file and the other when they were compared; raises StaleEdit when one has
    changed, RuleBroken when somebody else merged one of them first.
    """
    rules.can_merge(by).or_raise()
    if kept.pk == gone.pk:
        raise RuleBroken(_("A file cannot be merged with itself."))
    kept, gone = lock_pair(kept, gone)
    _refuse_unless_current(kept, gone)
    if versions is not None and versions != (kept.version, gone.version):
        raise StaleEdit
    was = {name: raw(kept, name) for name in (*FIELDS, "last_contact_at")}
    linked = {link.table._meta.label_lower: link.of(kept) for link in links()}
    merge = Merge.objects.create(kept=kept, gone=gone, before={**was, **linked}, by=by, at=at)
    read = snapshot(kept, FIELDS)
    _put_away(gone, into=kept, at=at)
    _unite_links(merge)
    settled = [line for field in references() for line in _move(merge, field, at)]
    _take_over(kept, gone, taken)
    former = _keep_name(merge)
    merge.after = {**{name: raw(kept, name) for name in was}, "settled": settled, "former_names": former}
    merge.save(update_fields=["after"])
    suspects.mark_merged(kept, gone, by=by, at=at)
    link = reverse("partnerships:merge", args=[merge.pk])
    changes = differences(kept, read)
    timeline.record(kept, TimelineKind.FILES_MERGED, by=by, at=at, text=gone.legal_name, link=link, changes=changes)
    return merge


def _put_away(gone: Enterprise, *, into: Enterprise, at: datetime) -> None:
    """The file that goes is archived first: it no longer holds its credit code."""
    gone.archived_at, gone.merged_into, gone.version = at, into, gone.version + 1
    gone.save(update_fields=["archived_at", "merged_into", "version", "updated_at"])


def _unite_links(merge: Merge) -> None:
    """Flags, tags and colleges of both; events and the like name the kept file instead of the other."""
    moves = []
    for link in links():
        known, theirs = link.of(merge.kept), link.of(merge.gone)
        new = [other for other in theirs if other not in known]
        link.add(merge.kept, new)
        if not link.is_of_file:
            link.take(merge.gone, theirs)
        table = link.table._meta.label_lower
        moves += [
            MergeMove(merge=merge, table=table, field=link.ours, row=other)
            for other in (new if link.is_of_file else theirs)
        ]
    MergeMove.objects.bulk_create(moves)


def _move(merge: Merge, field: Any, at: datetime) -> Settled:
    """Let the rows of a table point at the kept file; returns what had to be changed in them."""
    settled: Settled = []
    stays: list[int] = []
    for rule, rows in collisions(field, kept=merge.kept, gone=merge.gone):
        if rule is None:
            stays += [row.pk for row in rows]
        else:
            settled += _settle(rule, list(rows), at)
    table = field.model._default_manager
    rows = (
        table.filter(**{field.name: merge.gone}).exclude(pk__in=stays).exclude(pk=_itself(field, merge)).order_by("pk")
    )
    keys = list(rows.values_list("pk", flat=True))
    label = field.model._meta.label_lower
    MergeMove.objects.bulk_create(
        [MergeMove(merge=merge, table=label, field=field.name, row=key) for key in keys], batch_size=1000
    )
    try:
        with transaction.atomic():
            table.filter(pk__in=keys).update(**{field.name: merge.kept})
    except IntegrityError:
        raise RuleBroken(
            _("%(table)s of the two files exclude each other.") % {"table": words_for(field.model)}
        ) from None
    return settled


def _itself(field: Any, merge: Merge) -> int | None:
    """The kept file, where it is a subsidiary of the other: it does not become its own."""
    return merge.kept_id if field.model is Enterprise else None


def _settle(rule: Rule, rows: list[Any], at: datetime) -> Settled:
    value = {id(NOW): at, id(TODAY): timezone.localdate(at)}.get(id(rule.value), rule.value)
    lines: Settled = []
    for row in rows:
        before = raw(row, rule.field)
        setattr(row, rule.field, value)
        row.save(update_fields=[rule.field])
        lines.append([row._meta.label_lower, row.pk, rule.field, before, raw(row, rule.field)])
    return lines


def _take_over(kept: Enterprise, gone: Enterprise, taken: Collection[str]) -> None:
    for name in GROUPS:
        for field in GROUPS[name] if name in taken else ():
            setattr(kept, field, getattr(gone, field))
    if kept.parent_id in (kept.pk, gone.pk):
        kept.parent = None
    moments = [moment for moment in (kept.last_contact_at, gone.last_contact_at) if moment]
    kept.last_contact_at = max(moments, default=None)
    save(kept)


def _keep_name(merge: Merge) -> list[int]:
    """The name that was not chosen becomes a former one; returns the keys of what was written."""
    kept = merge.kept
    known = {kept.legal_name, *kept.former_names.values_list("name", flat=True)}
    names = dict.fromkeys([merge.gone.legal_name, merge.before["legal_name"]])
    return [kept.former_names.create(name=name).pk for name in names if name not in known]
