"""What a change of many files would do, before anyone does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from accounts.models.people import User
from partnerships import rules
from partnerships.choices.enterprises import EnterpriseLevel
from partnerships.choices.lists import BulkAction
from partnerships.models.enterprises import Enterprise, Tag

NAMES_SHOWN = 10
COLUMN = {BulkAction.LEVEL: "level", BulkAction.OWNER: "owner", BulkAction.DEPUTY: "deputy"}


@dataclass(frozen=True)
class BulkChange:
    """One change for many files: a level, a person (None for nobody), or a tag, which may be new."""

    action: BulkAction
    value: EnterpriseLevel | User | Tag | None

    @property
    def field(self) -> str:
        return COLUMN.get(self.action, "tags")

    def is_so_already(self) -> Q:
        """Files that the change would leave as they are."""
        if self.action in COLUMN:
            return Q(**{f"{self.field}__isnull": True}) if self.value is None else Q(**{self.field: self.value})
        assert isinstance(self.value, Tag)  # noqa: S101 - narrows the type
        bears = Exists(Enterprise.tags.through.objects.filter(enterprise=OuterRef("pk"), tag=self.value.pk or 0))
        return Q(bears) if self.action == BulkAction.ADD_TAG else ~Q(bears)


@dataclass(frozen=True)
class Plan:
    """How many files were chosen, and what becomes of them."""

    chosen: int
    not_mine: int
    already: int
    names: list[Enterprise]
    names_not_mine: list[Enterprise]

    @property
    def to_change(self) -> int:
        return self.chosen - self.not_mine - self.already

    @property
    def more(self) -> int:
        return self.to_change - len(self.names)

    @property
    def more_not_mine(self) -> int:
        return self.not_mine - len(self.names_not_mine)


def to_change(rows: QuerySet[Enterprise], change: BulkChange, user: User) -> QuerySet[Enterprise]:
    """Of the chosen files those that this person may change and that are not so already."""
    return rules.files_to_change(user, rows).exclude(change.is_so_already())


def _first(rows: QuerySet[Enterprise]) -> list[Enterprise]:
    return list(rows.only("pk", "legal_name", "name_en")[:NAMES_SHOWN])


def plan_of(rows: QuerySet[Enterprise], change: BulkChange, user: User) -> Plan:
    """What would happen now; five queries."""
    mine = rules.files_to_change(user, rows)
    chosen, may = rows.count(), mine.count()
    not_mine = rows.exclude(pk__in=mine.order_by().values("pk"))
    return Plan(
        chosen=chosen,
        not_mine=chosen - may,
        already=mine.filter(change.is_so_already()).count(),
        names=_first(to_change(rows, change, user)),
        names_not_mine=_first(not_mine) if may < chosen else [],
    )


def tags() -> QuerySet[Tag]:
    """Every tag by name."""
    return Tag.objects.order_by(Lower("name"))


def tag_named(name: str) -> Tag:
    """The tag of this name in small or capital letters, or one that is not stored yet."""
    words = " ".join(name.split())
    return Tag.objects.filter(name__iexact=words).first() or Tag(name=words)


def value_words(change: BulkChange) -> Any:
    """The value as the page names it."""
    return EnterpriseLevel(change.value).label if isinstance(change.value, str) else change.value
