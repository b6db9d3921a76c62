"""What a row would change in a file, worked out in memory: the preview shows it, the writer does it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import translation

from imports.lookups import Lookups
from partnerships import credit_code
from partnerships.changes import Change, Words
from partnerships.choices.enterprises import MatchKind
from partnerships.choices.needs import NeedState
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.needs import Need
from partnerships.naming import name_key
from partnerships.services.enterprises import state_of

PLAIN = ("name_en", "short_name", "address", "website", "staff_count", "level", "about")
LINKED = {"nature": "nature_id", "industry": "industry_id", "province": "province_id", "owner": "owner_id"}
CONTACT = ("title", "department", "phone", "landline", "email", "wechat")
NEED = {"headcount": "need_headcount", "monthly_pay": "need_pay"}


@dataclass
class Plan:
    """Columns by the name of the attribute; `contact` and `need` are the person and the need that the row is about."""

    columns: dict[str, Any] = field(default_factory=dict)
    flags: list[int] = field(default_factory=list)
    former_names: list[str] = field(default_factory=list)
    contact: Contact | None = None
    contact_columns: dict[str, Any] = field(default_factory=dict)
    need: Need | None = None
    need_columns: dict[str, Any] = field(default_factory=dict)
    need_majors: list[int] = field(default_factory=list)

    @property
    def changes_file(self) -> bool:
        return bool(self.columns or self.flags or self.former_names)

    @property
    def is_empty(self) -> bool:
        return not (self.changes_file or self.contact_columns or self.need_columns or self.need_majors)


def _same(one: str, other: str) -> bool:
    return unicodedata.normalize("NFKC", one).strip().lower() == unicodedata.normalize("NFKC", other).strip().lower()


def plan(values: dict[str, Any], file: Enterprise, lookups: Lookups, *, by: str = "") -> Plan:
    """What differs between a row and a file; a new file is an empty one. Reads what files_with_contents fetched."""
    found = Plan(columns=_columns(values, file, lookups, by))
    on_file = {flag.pk for flag in file.flags.all()} if file.pk else set()
    found.flags = [pk for pk in values.get("flags", ()) if pk not in on_file]
    found.former_names = _former_names(values, file, found.columns)
    _plan_contact(found, values, file)
    _plan_need(found, values, file)
    return found


def _columns(values: dict[str, Any], file: Enterprise, lookups: Lookups, by: str) -> dict[str, Any]:
    wanted = {name: values[name] for name in PLAIN if name in values}
    wanted |= {attribute: values[name] for name, attribute in LINKED.items() if name in values}
    if "staff_counted_on" in values:
        wanted["staff_counted_on"] = date.fromisoformat(values["staff_counted_on"])
    if not file.pk or (by == MatchKind.CODE and name_key(values["legal_name"]) != file.name_key):
        wanted["legal_name"] = values["legal_name"]
    if "city" in values and values["city"].removesuffix("市") != file.city.removesuffix("市"):
        wanted["city"] = values["city"]
    if code := _better_code(values.get("credit_code", ""), file.credit_code):
        wanted["credit_code"] = code
        wanted["credit_code_state"] = state_of(code).value
    columns = {name: value for name, value in wanted.items() if getattr(file, name) != value}
    if {"province_id", "city"} & set(columns):
        province = columns.get("province_id", file.province_id)
        region = lookups.region_of(province, columns.get("city", file.city))
        if region != file.region_id:
            columns["region_id"] = region
    return columns


def _better_code(new: str, old: str) -> str:
    """A code that is right stays unless a right one comes."""
    if not new or new == old or (credit_code.is_valid(old) and not credit_code.is_valid(new)):
        return ""
    return new


def _former_names(values: dict[str, Any], file: Enterprise, columns: dict[str, Any]) -> list[str]:
    """Names that are not on file; the name that a file loses is one of them."""
    known = {former.name for former in file.former_names.all()} | {file.legal_name} if file.pk else set()
    lost = [file.legal_name] if file.pk and "legal_name" in columns else []
    new = [name for name in values.get("former_names", ()) if name not in known]
    return list(dict.fromkeys([*new, *lost]))


def _plan_contact(found: Plan, values: dict[str, Any], file: Enterprise) -> None:
    """The person of that name who works there, or a new one, who is the first contact where there is none."""
    name = values.get("contact_name")
    if not name:
        return
    people = list(file.contacts.all()) if file.pk else []
    found.contact = next((person for person in people if _same(person.name, name)), None)
    wanted = {column: values[f"contact_{column}"] for column in CONTACT if f"contact_{column}" in values}
    if found.contact is None:
        is_first = not any(person.is_primary and person.to_on is None for person in people)
        found.contact_columns = {"name": name, **wanted, **({"is_primary": True} if is_first else {})}
    else:
        person = found.contact
        found.contact_columns = {c: value for c, value in wanted.items() if getattr(person, c) != value}


def _plan_need(found: Plan, values: dict[str, Any], file: Enterprise) -> None:
    """The need of that kind and text, open or closed for the same day; a closed one is left as it is."""
    if "need_description" not in values:
        return
    wanted = {column: values[key] for column, key in NEED.items() if key in values}
    if "need_wanted_by" in values:
        wanted["wanted_by"] = date.fromisoformat(values["need_wanted_by"])
    needs = [need for need in (file.needs.all() if file.pk else ()) if _is_meant(need, values, wanted)]
    found.need = min(needs, key=lambda need: need.state != NeedState.OPEN, default=None)
    majors = values.get("need_majors", [])
    if found.need is None:
        texts = {"kind": values["need_kind"], "description": values["need_description"]}
        found.need_columns, found.need_majors = {**texts, **wanted}, list(majors)
    elif found.need.state == NeedState.OPEN:
        need = found.need
        found.need_columns = {c: value for c, value in wanted.items() if getattr(need, c) != value}
        known = {major.pk for major in need.majors.all()}
        found.need_majors = [pk for pk in majors if pk not in known]


def _is_meant(need: Need, values: dict[str, Any], wanted: dict[str, Any]) -> bool:
    if need.kind != values["need_kind"] or not _same(need.description, values["need_description"]):
        return False
    return need.state == NeedState.OPEN or wanted.get("wanted_by") == need.wanted_by


class Wording:
    """Changes as they are shown and kept, without a query for each name."""

    def __init__(self, lookups: Lookups) -> None:
        self.records: dict[str, dict[int, models.Model]] = {
            "nature_id": {entry.pk: entry for entry in lookups.natures},
            "industry_id": {entry.pk: entry for entry in lookups.industries},
            "province_id": {entry.pk: entry for entry in lookups.provinces},
            "region_id": {**lookups.region_names},
            "owner_id": {person.pk: person for person in lookups.people},
            "flags": {entry.pk: entry for entry in lookups.flags},
            "majors": {entry.pk: entry for entry in lookups.majors},
        }
        self.name_of = cache(self._name_of)

    def _name_of(self, kind: str, pk: int) -> Words:
        words = {}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                words[language] = str(self.records[kind].get(pk, pk))
        return words

    def _plain(self, attribute: str, value: Any) -> Any:
        if attribute in self.records:
            return None if value is None else self.name_of(attribute, value)
        return value.isoformat() if isinstance(value, date) else value

    def _pair(self, record: models.Model | None, label: str, attribute: str, value: Any) -> Change:
        was = getattr(record, attribute) if record is not None else ""
        if attribute == "owner_id" and isinstance(record, Enterprise) and record.owner is not None:
            self.records["owner_id"].setdefault(record.owner.pk, record.owner)  # one who has left
        before, after = self._plain(attribute, was or None), self._plain(attribute, value)
        return Change(model=label, field=attribute.removesuffix("_id"), before=before or "", after=after)

    def changes(self, plan: Plan, file: Enterprise) -> list[Change]:
        """Every field that a plan changes, as it was and as it will be."""
        hidden = {"credit_code_state", "is_primary"}
        own = [(file, "partnerships.Enterprise", plan.columns)]
        person = [(plan.contact, "partnerships.Contact", plan.contact_columns)]
        need = [(plan.need, "partnerships.Need", plan.need_columns)]
        found = [
            self._pair(record, label, attribute, value)
            for record, label, columns in (*own, *person, *need)
            for attribute, value in columns.items()
            if attribute not in hidden
        ]
        for name, label, pks in (("flags", "Enterprise", plan.flags), ("majors", "Need", plan.need_majors)):
            if pks:
                words = [self.name_of(name, pk) for pk in pks]
                found.append(Change(model=f"partnerships.{label}", field=name, before=[], after=words))
        if plan.former_names:
            names = Change(model="partnerships.Enterprise", field="former_names", before=[], after=plan.former_names)
            found.append(names)
        return found
