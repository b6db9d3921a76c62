"""The words in which a resource says what a record holds: each field knows its type, its source and its description.

What belongs to a record in other tables says so (`watched`): a change there is a change of the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from pydantic import BaseModel, create_model
from pydantic import Field as Described

from accounts.models.people import User
from api.values import Coded, Colleague, Ref, chosen, coded, colleague, names_of, ref
from api.words import english

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Read = Callable[[Any], Any]
# A table of the history, and which of its columns is the number of the record.
Watched = tuple[type[models.Model], str]
PLAIN: tuple[tuple[type[models.Field[Any, Any]], Any], ...] = (
    (models.BooleanField, bool),
    (models.DateTimeField, datetime),
    (models.DateField, date),
    (models.TimeField, str),
    (models.IntegerField, int),
    (models.DecimalField, float),
    (ArrayField, list[str]),
    (models.CharField, str),
    (models.TextField, str),
)


@dataclass(frozen=True)
class Field:
    name: str
    type: Any
    read: Read
    description: StrOrPromise
    watched: tuple[Watched, ...] = ()
    # What the query must bring along, so that reading costs nothing more.
    related: tuple[str, ...] = ()
    prefetched: tuple[Any, ...] = ()
    unread: tuple[str, ...] = ()


def own(model: type[models.Model], *names: str, **said: StrOrPromise) -> list[Field]:
    """Columns of the record itself; their descriptions are the names that forms give them, or what is `said`."""
    return [_own(model, name, said.get(name)) for name in (*names, *(name for name in said if name not in names))]


def computed(name: str, type_: Any, read: Read, description: StrOrPromise, *, related: Sequence[str] = ()) -> Field:
    return Field(name, type_, read, description, related=tuple(related))


def many(model: type[models.Model], name: str, description: StrOrPromise, *, rows: Any = None) -> Field:
    """What a record is linked with, many to many; `rows` are those that this reader may know of (a Prefetch)."""
    other: Any = model._meta.get_field(name).related_model
    type_, read = (Coded, coded) if _is_coded(other) else (Ref, ref)
    links = apps.get_model(model._meta.app_label, f"{model.__name__}{name.title().replace('_', '')}LinkHistory")
    return Field(
        name,
        list[type_],  # type: ignore[valid-type]
        lambda row: [read(each) for each in getattr(row, name).all()],
        description,
        watched=((links, f"{model._meta.model_name}_id"),),
        prefetched=(rows or models.Prefetch(name, other._default_manager.only(*_named_by(other))),),
    )


def nested(
    model: type[models.Model], name: str, description: StrOrPromise, fields: Iterable[Field], *, title: str
) -> Field:
    """Rows of another table that belong to the record; `title` names their schema."""
    relation: Any = model._meta.get_field(name)
    child, parts = relation.related_model, list(fields)
    schema = schema_of(title, parts, english(description))
    return Field(
        name,
        list[schema],  # type: ignore[valid-type]
        lambda row: [read_all(parts, each) for each in getattr(row, name).all()],
        description,
        watched=((history_of(child), relation.field.attname),),
        prefetched=(models.Prefetch(name, with_related(child._default_manager.all(), parts)),),
    )


def renamed(field: Field, name: str) -> Field:
    return replace(field, name=name)


def schema_of(title: str, fields: Iterable[Field], description: str) -> type[BaseModel]:
    """The pydantic model behind a list of fields; every field is always there, null where nothing is known."""
    parts: Any = {field.name: (field.type, Described(description=english(field.description))) for field in fields}
    model: type[BaseModel] = create_model(title, __doc__=description, **parts)
    return model


def read_all(fields: Iterable[Field], row: Any) -> dict[str, Any]:
    return {field.name: field.read(row) for field in fields}


def with_related(rows: models.QuerySet[Any], fields: Iterable[Field]) -> models.QuerySet[Any]:
    """Rows with everything that reading these fields asks for."""
    parts = list(fields)
    related = sorted({path for field in parts for path in field.related})
    prefetched = [each for field in parts for each in field.prefetched]
    found = (
        rows.select_related(*related).defer(*(name for field in parts for name in field.unread)) if related else rows
    )
    return found.prefetch_related(*prefetched) if prefetched else found


def history_of(model: type[models.Model]) -> type[models.Model]:
    """The table in which the database keeps what happened to a model's rows."""
    history: type[models.Model] = model._meta.get_field("history").related_model  # type: ignore[assignment]
    return history


def _own(model: type[models.Model], name: str, said: StrOrPromise | None) -> Field:
    column: Any = model._meta.get_field(name)
    description = said or column.verbose_name
    if column.is_relation and name == column.attname:  # only the number of what is not named here
        return Field(name, int | None if column.null else int, attrgetter(name), description)
    if column.is_relation:
        type_, read = _of_relation(column.related_model)
        return Field(name, _or_none(type_, column), lambda row: read(getattr(row, name)), description, related=(name,))
    if column.choices:
        choices = tuple(column.choices)
        return Field(
            name, Coded | None if column.blank else Coded, lambda row: chosen(choices, getattr(row, name)), description
        )
    type_ = next(type_ for kind, type_ in PLAIN if isinstance(column, kind))
    return Field(name, _or_none(type_, column), _reader(column, name), description)


def _of_relation(model: Any) -> tuple[Any, Read]:
    if model is User:
        return Colleague, colleague
    return (Coded, coded) if _is_coded(model) else (Ref, ref)


def _named_by(model: Any) -> list[str]:
    """The columns that a record is named by elsewhere."""
    if model is User:
        return ["id", "number", "name", "name_en"]
    return ["id", *(["code", "name_zh", "name_en"] if _is_coded(model) else names_of(model._meta.label))]


def _unread(model: Any, path: str) -> tuple[str, ...]:
    """All other columns of what is only named: some hold whole texts, or what searches read."""
    named = _named_by(model)
    return tuple(f"{path}__{column.name}" for column in model._meta.concrete_fields if column.name not in named)


def _is_coded(model: Any) -> bool:
    names = {column.name for column in model._meta.get_fields()}
    return {"code", "name_zh", "name_en"} <= names


def _or_none(type_: Any, column: Any) -> Any:
    return type_ | None if column.null else type_


def _reader(column: Any, name: str) -> Read:
    if isinstance(column, models.TimeField):
        return lambda row: getattr(row, name).strftime("%H:%M") if getattr(row, name) else None
    if isinstance(column, models.DecimalField):
        return lambda row: None if getattr(row, name) is None else float(getattr(row, name))
    return attrgetter(name)
