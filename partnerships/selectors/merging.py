"""What a merge of two files would do, field by field and row by row; and what its undoing would."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Count, QuerySet, Value
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models.people import User
from partnerships.changes import field_label, raw
from partnerships.choices.enterprises import CreditCodeState
from partnerships.models.duplicates import Merge
from partnerships.models.enterprises import Enterprise
from partnerships.selectors.hanging import STAYS_BEHIND, collisions, links, references, words_for

# What is chosen together: one of them without the others would say something that neither file said.
GROUPS: dict[str, tuple[str, ...]] = {
    **{name: (name,) for name in ("legal_name", "name_en", "short_name")},
    "credit_code": ("credit_code", "credit_code_state"),
    **{name: (name,) for name in ("nature", "industry")},
    "place": ("province", "region", "city"),
    **{name: (name,) for name in ("address", "website")},
    "staff_count": ("staff_count", "staff_counted_on"),
    **{name: (name,) for name in ("level", "parent", "owner", "deputy", "about")},
}
FIELDS = tuple(name for names in GROUPS.values() for name in names)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Difference:
    """What the two files say of one thing; `takes_gone` is what is proposed."""

    name: str
    label: str
    kept: str
    gone: str
    takes_gone: bool


@dataclass(frozen=True)
class Collision:
    """A row that cannot simply join those of the kept file, and what happens to it."""

    words: str
    row: str
    what: str


@dataclass(frozen=True)
class MergePreview:
    """All that a person sees before two files become one."""

    differences: list[Difference]
    moving: list[tuple[str, int]]
    collisions: list[Collision]


def group_label(name: str) -> str:
    label = _("Place") if name == "place" else field_label("partnerships.Enterprise", name)
    return str(capfirst(label))


def _shown(enterprise: Enterprise, names: Iterable[str]) -> str:
    """The values of fields that are chosen together, as the file's page shows them."""
    if not _is_filled(enterprise, names):
        return ""
    words = []
    for name in names:
        value = getattr(enterprise, name)
        if isinstance(value, date):
            value = formats.date_format(value, "SHORT_DATE_FORMAT")
        elif hasattr(enterprise, f"get_{name}_display"):
            value = getattr(enterprise, f"get_{name}_display")()
        words.append("" if value is None else str(value))
    return " · ".join(word for word in words if word)


def _is_filled(enterprise: Enterprise, names: Iterable[str]) -> bool:
    return any(getattr(enterprise, name) not in (None, "") for name in names if name != "credit_code_state")


def _takes_gone(kept: Enterprise, gone: Enterprise, names: tuple[str, ...]) -> bool:
    """The one that is filled, else the code that stands, else what was confirmed later."""
    if _is_filled(kept, names) != _is_filled(gone, names):
        return _is_filled(gone, names)
    if names[0] == "credit_code":
        stands = [file.credit_code_state != CreditCodeState.UNVERIFIED for file in (kept, gone)]
        if stands[0] != stands[1]:
            return stands[1]
    return (gone.confirmed_at or LONG_AGO) > (kept.confirmed_at or LONG_AGO)


def differences_of(kept: Enterprise, gone: Enterprise) -> list[Difference]:
    """Every field where the two files differ, in the order of the form."""
    return [
        Difference(name, group_label(name), _shown(kept, names), _shown(gone, names), _takes_gone(kept, gone, names))
        for name, names in GROUPS.items()
        if any(_column(kept, field) != _column(gone, field) for field in names)
    ]


def _column(enterprise: Enterprise, name: str) -> Any:
    return getattr(enterprise, Enterprise._meta.get_field(name).attname)  # type: ignore[union-attr]


def _counted(rows: QuerySet[Any], label: str) -> QuerySet[Any]:
    """One row: the table and how many."""
    named = rows.order_by().annotate(table=Value(label, output_field=CharField())).values("table")
    counted: QuerySet[Any] = named.annotate(number=Count("pk"))
    return counted


def moving(kept: Enterprise, gone: Enterprise) -> list[tuple[str, int]]:
    """How many rows of each kind change over; one query."""
    parts = []
    for field in references():
        rows = field.model._default_manager.filter(**{field.name: gone})
        if field.model is Enterprise:
            rows = rows.exclude(pk=kept.pk)
        parts.append(_counted(rows, field.model._meta.label_lower))
    for link in links():
        table = link.table._default_manager
        known = table.filter(**{link.ours: kept}).order_by().values(link.theirs)
        new = table.filter(**{link.ours: gone}).exclude(**{f"{link.theirs}__in": known})
        parts.append(_counted(new, link.other._meta.label_lower))
    found = parts[0].union(*parts[1:], all=True).values_list("table", "number")
    return sorted((words_for(apps.get_model(table)), number) for table, number in found if number)


def merge_preview(kept: Enterprise, gone: Enterprise) -> MergePreview:
    """What merging would do; reads only. One query for the numbers, one for each thing that may be there only once."""
    hits = [
        Collision(words_for(field.model), str(row), str(rule.words if rule else STAYS_BEHIND))
        for field in references()
        for rule, rows in collisions(field, kept=kept, gone=gone)
        for row in rows
    ]
    return MergePreview(differences_of(kept, gone), moving(kept, gone), hits)


@dataclass(frozen=True)
class UndoPreview:
    """What undoing a merge gives back, and what was changed since and stays."""

    returning: list[tuple[str, int]]
    staying_fields: list[str]
    staying_rows: list[tuple[str, int]]


def kept_file_of(user: User | AnonymousUser, pk: int) -> Enterprise | None:
    """The file that one merged away lives on in, over several merges if need be; None for any other."""
    file = Enterprise.objects.select_related("merged_into").filter(pk=pk, merged_into__isnull=False).first()
    if file is None or not getattr(user, "is_school_staff", False):
        return None
    while file.merged_into is not None:
        file = file.merged_into
    return file


def changed_since(merge: Merge) -> list[str]:
    """Fields of the kept file that no longer say what the merge made them say."""
    touched = [name for name, was in merge.before.items() if name in FIELDS and merge.after[name] != was]
    return [name for name in touched if raw(merge.kept, name) != merge.after[name]]


def undo_preview(merge: Merge) -> UndoPreview:
    """What undoing would do; a query for each table that the merge moved rows of."""
    returning, staying = [], []
    by_link = {link.table._meta.label_lower: link for link in links()}
    moved: dict[tuple[str, str], list[int]] = {}
    for table, field, row in merge.moves.values_list("table", "field", "row"):
        moved.setdefault((table, field), []).append(row)
    for (table, field), rows in moved.items():
        link = by_link.get(table)
        model = link.other if link else apps.get_model(table)
        there = apps.get_model(table)._default_manager.filter(**{field: merge.kept_id})
        still = there.filter(**{f"{link.theirs if link else 'pk'}__in": rows}).count()
        returning.append((words_for(model), still))
        staying.append((words_for(model), len(rows) - still))
    gone_fields = list(dict.fromkeys(group_label(_group_of(name)) for name in changed_since(merge)))
    return UndoPreview(
        sorted(each for each in returning if each[1]), gone_fields, sorted(each for each in staying if each[1])
    )


def _group_of(field: str) -> str:
    return next(group for group, names in GROUPS.items() if field in names)
