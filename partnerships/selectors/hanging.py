"""What hangs on an enterprise's file, found from the tables themselves: apps above need not be known here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pghistory.models import Event

from partnerships.models.communities import Membership
from partnerships.models.duplicates import Merge, Suspect
from partnerships.models.enterprises import Enterprise

# A merge's own records tell of both files; where an earlier merge led stays as it was.
STAYS = (Suspect, Merge)
STAYING_FIELDS = ("partnerships.enterprise.merged_into",)

# Tables of apps above have only their words here.
WORDS: dict[str, str | Promise] = {
    "partnerships.agreement": _("Agreements"),
    "partnerships.agreementparty": _("Parties of agreements"),
    "partnerships.commitment": _("Promises"),
    "partnerships.contact": _("Contacts"),
    "partnerships.creditcheck": _("Checks of the credit code"),
    "partnerships.enterprise": _("Subsidiaries"),
    "partnerships.enterprisefile": _("Files"),
    "partnerships.fileanswer": _("Answers by signed link"),
    "partnerships.formername": _("Former names"),
    "partnerships.investment": _("Investments"),
    "partnerships.membership": _("Communities"),
    "partnerships.mentor": _("Mentors"),
    "partnerships.need": _("Needs"),
    "partnerships.note": _("Notes"),
    "partnerships.plaque": _("Plaques"),
    "partnerships.programme": _("Programmes"),
    "partnerships.proposedchange": _("Proposed corrections"),
    "partnerships.sharedresource": _("Shared resources"),
    "partnerships.signedlink": _("Signed links"),
    "partnerships.site": _("Sites"),
    "partnerships.timelineentry": pgettext_lazy("rows of a merge", "Entries of the timeline"),
    "partnerships.flag": _("Flags"),
    "partnerships.tag": pgettext_lazy("rows of a merge", "Tags"),
    "accounts.college": _("Colleges"),
    "events.event": _("Events"),
    "events.eventspeaker": _("Speakers at events"),
    "placements.posting": _("Postings"),
    "visits.visit": _("Visits"),
}


def words_for(model: type[models.Model]) -> str:
    """What rows of a table are called; a table without words of ours is called as it calls itself."""
    return str(WORDS.get(model._meta.label_lower, model._meta.verbose_name_plural))


@dataclass(frozen=True)
class Links:
    """A many-to-many table between files and something else; `ours` and `theirs` are its two columns."""

    table: type[models.Model]
    ours: str
    theirs: str
    other: type[models.Model]
    is_of_file: bool

    def of(self, enterprise: Enterprise) -> list[int]:
        """What the file is linked to."""
        rows = self.table._default_manager.filter(**{self.ours: enterprise})
        return list(rows.order_by(self.theirs).values_list(self.theirs, flat=True))

    def add(self, enterprise: Enterprise, others: list[int]) -> None:
        rows = [self.table(**{f"{self.ours}_id": enterprise.pk, f"{self.theirs}_id": other}) for other in others]
        self.table._default_manager.bulk_create(rows)

    def take(self, enterprise: Enterprise, others: list[int]) -> None:
        self.table._default_manager.filter(**{self.ours: enterprise, f"{self.theirs}__in": others}).delete()


@cache
def references() -> tuple[models.ForeignKey[Any, Any], ...]:
    """Every column that points at a file and moves when it is merged, in the order of their tables."""
    found = []
    for relation in Enterprise._meta.get_fields(include_hidden=True):
        field = getattr(relation, "field", None)
        if not (relation.auto_created and isinstance(field, models.ForeignKey)):
            continue
        model = field.model
        is_kept_by_django = model._meta.auto_created or model._meta.proxy or issubclass(model, Event)
        if not is_kept_by_django and model not in STAYS and _name(field) not in STAYING_FIELDS:
            found.append(field)
    return tuple(sorted(found, key=_name))


def _name(field: models.Field[Any, Any]) -> str:
    return f"{field.model._meta.label_lower}.{field.name}"


@cache
def links() -> tuple[Links, ...]:
    """Every many-to-many table that a file is in, from either side."""
    found = []
    for field in Enterprise._meta.get_fields():
        if isinstance(field, models.ManyToManyField):
            found.append(_links(field, field.m2m_field_name(), field.m2m_reverse_field_name(), is_of_file=True))
        elif isinstance(field, models.ManyToManyRel):
            other = field.field
            found.append(_links(other, other.m2m_reverse_field_name(), other.m2m_field_name(), is_of_file=False))
    return tuple(found)


def _links(field: models.ManyToManyField[Any, Any], ours: str, theirs: str, *, is_of_file: bool) -> Links:
    table: type[models.Model] = field.remote_field.through  # type: ignore[assignment]
    other: Any = field.remote_field.model if is_of_file else field.model
    return Links(table, ours, theirs, other, is_of_file)


@dataclass(frozen=True)
class Rule:
    """Rows of which one file may have only one: those of the other file are changed so that both can stay."""

    field: str
    value: Any
    words: str | Promise


NOW = object()  # stands for the moment of the merge
TODAY = object()
SETTLED = {
    "contact_one_primary": Rule("is_primary", value=False, words=_("is no longer the first contact")),
    "link_one_at_a_time": Rule("revoked_at", value=NOW, words=_("is withdrawn")),
    "membership_of_one": Rule("left_on", value=TODAY, words=_("ends today")),
}
STAYS_BEHIND = _("stays with the file that goes")


def _constraints(field: models.ForeignKey[Any, Any]) -> Iterator[tuple[str, list[str], Q]]:
    """What may be there once per file: the constraint's name, the other columns and its condition."""
    if field.unique:
        yield f"{_name(field)}_unique", [], Q()
    for names in field.model._meta.unique_together:
        if field.name in names:
            yield "_".join(names), [name for name in names if name != field.name], Q()
    for constraint in field.model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and field.name in constraint.fields:
            others = [name for name in constraint.fields if name != field.name]
            yield constraint.name, others, constraint.condition or Q()
    if field.model is Membership:
        yield "membership_of_one", ["community"], Q(left_on__isnull=True)  # a house rule, not the database's


def collisions(
    field: models.ForeignKey[Any, Any], *, kept: Enterprise, gone: Enterprise
) -> Iterator[tuple[Rule | None, QuerySet[Any]]]:
    """Rows of the file that goes beside which the kept file has its own; without a rule they stay behind."""
    table = field.model._default_manager.order_by()
    for name, others, condition in _constraints(field):
        own = table.filter(condition, **{field.name: kept}, **{other: OuterRef(other) for other in others})
        yield SETTLED.get(name), table.filter(Exists(own), condition, **{field.name: gone})
    if field.name == "enterprise" and field.model._meta.label_lower == "partnerships.formername":
        known = table.filter(enterprise=kept, name=OuterRef("name"))
        same = Q(Exists(known)) | Q(name=kept.legal_name)
        yield None, table.filter(same, enterprise=gone)
