"""A resource: which records, who sees which, what is told of each, and how a list of them is narrowed and ordered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel
from pydantic import Field as Described

from accounts.models.people import User
from api.choices import PERSONAL, Scope
from api.fields import Field, Watched, computed, history_of, read_all, schema_of, with_related
from api.filters import Filter
from api.words import english

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Rows = models.QuerySet[Any]
ID = computed("id", int, lambda row: row.pk, _("Its number; it never changes and is never given again."))

NEXT = _("The address of the next page; null on the last.")
AS_OF = _("Ask with `changed_since` from this instant the next time.")


@dataclass(frozen=True)
class Resource:
    """`visible` is where every read begins: the rows of the model that a person may see today.

    `for_reader` gives further fields that depend on the reader: links to what they may not open are left out.
    """

    name: str
    title: str
    summary: StrOrPromise
    scope: Scope
    model: type[models.Model]
    visible: Callable[[User], Rows]
    fields: tuple[Field, ...]
    filters: tuple[Filter, ...] = ()
    orders: tuple[str, ...] = ()
    # Columns that nothing is told of and that are large.
    unread: tuple[str, ...] = ()
    for_reader: Callable[[User], list[Field]] | None = None
    # The same fields for a reader of whom nothing is known: their types and descriptions.
    reader_fields: tuple[Field, ...] = field(default=(), repr=False)

    @property
    def is_personal(self) -> bool:
        return self.scope in PERSONAL

    @cached_property
    def every_order(self) -> tuple[str, ...]:
        """All are of columns that are never empty, so that a page can go on behind any value."""
        return tuple(sign + name for name in ("id", *self.orders) for sign in ("", "-"))

    @cached_property
    def schema(self) -> type[BaseModel]:
        return schema_of(self.title, [ID, *self.fields, *self.reader_fields], english(self.summary))

    @cached_property
    def watched(self) -> tuple[Watched, ...]:
        """Every table of the history in which a change of such a record can stand."""
        parts = [*self.fields, *self.reader_fields]
        return ((history_of(self.model), "pgh_obj_id"), *dict.fromkeys(w for part in parts for w in part.watched))

    def fields_for(self, user: User) -> list[Field]:
        return [ID, *self.fields, *(self.for_reader(user) if self.for_reader else [])]

    def rows(self, user: User) -> Rows:
        """What this person may see, with all that is told of it."""
        return with_related(self.visible(user).defer(*self.unread), self.fields_for(user))

    def told(self, rows: Iterable[Any], user: User) -> list[dict[str, Any]]:
        fields = self.fields_for(user)
        return [read_all(fields, row) for row in rows]


def for_staff(model: type[models.Model]) -> Callable[[User], Rows]:
    """Of tables that all staff of the school see whole, and nobody else does."""

    def rows(user: User) -> Rows:
        every = model._default_manager.all()
        return every if user.is_school_staff else every.none()

    return rows


def visible(model: Any) -> Callable[[User], Rows]:
    """By the model's own word on who sees which."""

    def rows(user: User) -> Rows:
        found: Rows = model.objects.visible_to(user)
        return found

    return rows


class Deletions(BaseModel):
    """Numbers of records that are no longer there for the reader."""

    items: list[int] = Described(description=english(_("Numbers of records, rising.")))
    next: str | None = Described(description=english(NEXT))
    as_of: str = Described(description=english(AS_OF))
