"""What a change made of a record: each field as it was and as it is, readable for ever and in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any, TypedDict

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy

from partnerships.choices.programmes import ProgrammeMeasure

Words = dict[str, str]  # by language
# Fields whose own name would not tell a colleague what they hold.
NAMED = {
    ("placements.Posting", "created_by"): gettext_lazy("who looks after the posting"),
    ("visits.Participant", "user"): gettext_lazy("who goes"),
    ("visits.Visit", "reported_for"): gettext_lazy("reported in the name of"),
}


# What a change may name besides the fields of its model: rows that belong to it, and people at a visit.
OTHER_LABELS = {
    "former_names": gettext_lazy("former names"),
    "fields": gettext_lazy("fields of cooperation"),
    "parties": gettext_lazy("parties"),
    "topics": gettext_lazy("topics"),
    "agenda": gettext_lazy("agenda"),
    "leader": gettext_lazy("led by"),
    "companions": gettext_lazy("also from the school"),
    "guests": gettext_lazy("from the enterprise"),
    "features": gettext_lazy("features"),
    "present": gettext_lazy("who was there"),
    "questions": gettext_lazy("questions to applicants"),
    "languages": gettext_lazy("languages asked for"),
    "trusted": gettext_lazy("trusted with postings"),
    "outcomes": gettext_lazy("offered per major"),
    "intentions": gettext_lazy("intentions"),
    "evidence": gettext_lazy("evidence"),
    **{measure.value: measure.label for measure in ProgrammeMeasure},
}


class Change(TypedDict):
    """One field of `model` (app.Model); both sides are plain values, or words by language."""

    model: str
    field: str
    before: Any
    after: Any


def plain(value: Any) -> Any:
    """A value as JSON keeps it: named records and choices as words in both languages, dates as ISO text."""
    if isinstance(value, models.Model):
        return _in_both(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, list | tuple | set | models.QuerySet):
        return [plain(each) for each in value]  # in the order of the list
    return value


def raw(record: models.Model, name: str) -> Any:
    """A column as JSON keeps it, to be put back as it was: keys stay keys, days become ISO text."""
    value = getattr(record, record._meta.get_field(name).attname)  # type: ignore[union-attr]
    return value.isoformat() if isinstance(value, date) else value


def _in_both(record: models.Model) -> Words:
    words = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            words[language] = str(record)
    return words


def field_of(model: str, field: str) -> models.Field[Any, Any] | None:
    """The field that a change names; None for one that exists no more, and for rows that belong to the record."""
    try:
        found = apps.get_model(model)._meta.get_field(field)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    return found if isinstance(found, models.Field) else None


def field_label(model: str, field: str) -> str:
    """The name of a changed field in the reader's language; the bare name of one that exists no more."""
    if (model, field) in NAMED:
        return str(NAMED[model, field])
    found = field_of(model, field)
    return str(found.verbose_name if found is not None else OTHER_LABELS.get(field, field))


def snapshot(record: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    """The fields as they are now; take it before a change. Many-to-many fields become lists."""
    values = {}
    for name in fields:
        value = getattr(record, name)
        values[name] = plain(value.all() if hasattr(value, "all") else value)
    return values


def differences(record: models.Model, before: Mapping[str, Any]) -> list[Change]:
    """What differs from a snapshot taken before, in the order of its fields."""
    return compare(record, before, snapshot(record, before))


def compare(record: models.Model, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What differs between two snapshots of one record."""
    label = record._meta.label
    return [
        Change(model=label, field=name, before=was, after=after[name])
        for name, was in before.items()
        if was != after[name]
    ]
