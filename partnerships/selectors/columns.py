"""The columns that an exported list of enterprises may have, and what each takes from the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, DateTimeField, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.templatetags.portal import listed
from partnerships.exports import yes_no
from partnerships.models.agreements import Agreement
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import DERIVED_NAMES, Enterprise
from partnerships.models.needs import Need
from partnerships.models.timeline import TimelineEntry
from partnerships.selectors.freshness import is_stale_file, periods_with

CHUNK = 1000


@dataclass(frozen=True)
class Column:
    """`needs` names what must be fetched with the rows: a foreign key, a many-to-many field or an annotation."""

    key: str
    label: str | Promise
    value: Callable[[Any], Any]
    needs: str = ""


@dataclass(frozen=True)
class Group:
    """Columns that are offered together."""

    label: str | Promise
    columns: tuple[Column, ...]


def _contact(field: str) -> Callable[[Any], str]:
    """A field of whoever is asked first among those who work there."""
    return lambda row: getattr(row.people[0], field) if row.people else ""


def _division(row: Enterprise) -> str:
    """The six digits of GB/T 2260, as exact as the file knows."""
    place = row.region or row.province
    return place.code if place else ""


def _band(row: Enterprise) -> str:
    return str(row.staff_band.label) if row.staff_band is not None else ""


IDENTITY = Group(
    _("Identity"),
    (
        Column("name", _("Full registered name"), lambda row: row.legal_name),
        Column("name_en", _("English name"), lambda row: row.name_en),
        Column("code", _("Unified social credit code"), lambda row: row.credit_code),
        Column("check", _("Check"), lambda row: row.get_credit_code_state_display()),
        Column("short", _("Short name"), lambda row: row.short_name),
        Column("former", _("Former names"), lambda row: listed(row.former_names.all()), "former_names"),
        Column("parent", _("Parent company"), lambda row: row.parent.legal_name if row.parent else "", "parent"),
        Column("website", _("Website"), lambda row: row.website),
    ),
)
KIND = Group(
    _("Kind and size"),
    (
        Column("nature", _("Nature of unit"), lambda row: row.nature, "nature"),
        Column("nature_code", _("Code of the nature"), lambda row: row.nature.code if row.nature else "", "nature"),
        Column("industry", _("Industry"), lambda row: row.industry, "industry"),
        Column("section", _("Section of GB/T 4754"), lambda row: row.industry.code if row.industry else "", "industry"),
        Column(
            "industry_code",
            _("Code of the industry in the employment system"),
            lambda row: row.industry.employment_code if row.industry else "",
            "industry",
        ),
        Column("staff", _("Number of staff"), lambda row: row.staff_count),
        Column("staff_on", _("Staff counted on"), lambda row: row.staff_counted_on),
        Column("band", _("Size"), _band),
        Column("flags", _("Flags"), lambda row: listed(row.flags.all()), "flags"),
    ),
)
PLACE = Group(
    _("Place"),
    (
        Column("province", _("Province"), lambda row: row.province, "province"),
        Column("city", _("City"), lambda row: row.region or row.city, "region"),
        Column("region", _("Region code (GB/T 2260)"), _division, "region province"),
        Column("address", _("Address"), lambda row: row.address),
    ),
)
CARE = Group(
    _("Who looks after it"),
    (
        Column("level", _("Level"), lambda row: row.get_level_display()),
        Column("owner", _("Owner"), lambda row: row.owner, "owner"),
        Column("deputy", _("Deputy"), lambda row: row.deputy, "deputy"),
        Column("colleges", _("Colleges"), lambda row: listed(row.colleges.all()), "colleges"),
        Column("tags", _("Tags"), lambda row: listed(row.tags.all()), "tags"),
    ),
)
CONTACT = Group(
    _("First contact"),
    (
        Column("contact", pgettext_lazy("of a contact", "Name"), _contact("name"), "people"),
        Column("contact_title", pgettext_lazy("of a contact", "Position"), _contact("title"), "people"),
        Column("contact_phone", pgettext_lazy("of a contact", "Phone"), _contact("phone"), "people"),
        Column("contact_email", pgettext_lazy("of a contact", "E-mail"), _contact("email"), "people"),
    ),
)
STATE = Group(
    _("State of the file"),
    (
        Column("confirmed", _("Confirmed on"), lambda row: row.confirmed_at),
        Column("confirmed_by", _("Confirmed by"), lambda row: row.confirmed_name, "confirmed_by confirmed_via"),
        Column("stale", _("Stale"), lambda row: yes_no(is_stale_file(row, row.on)), "terms"),
        Column("last", _("Last entry"), lambda row: row.last_entry, "last_entry"),
        Column("in_force", _("Agreements in force"), lambda row: row.in_force, "in_force"),
        Column("open_needs", _("Open needs"), lambda row: row.open_needs, "open_needs"),
        Column("contacted", _("Last in touch"), lambda row: row.last_contact_at),
        Column("opened", _("File opened on"), lambda row: row.created_at),
    ),
)
GROUPS = (IDENTITY, KIND, PLACE, CARE, CONTACT, STATE)
COLUMNS = {column.key: column for group in GROUPS for column in group.columns}
DEFAULT = (
    "name", "name_en", "code", "check", "nature", "industry", "province", "city", "staff", "level", "owner",
    "confirmed", "last", "in_force",
)  # fmt: skip
NAMED = {"nature", "industry", "province", "region", "owner", "deputy", "parent", "confirmed_by", "confirmed_via"}
LISTED = {"former_names", "flags", "tags", "colleges"}


def chosen_columns(keys: Iterable[str]) -> list[Column]:
    """The columns asked for, in the order of the groups; `all` means all, and none or unknown ones the usual."""
    asked = set(keys)
    if "all" in asked:
        return list(COLUMNS.values())
    found = [column for key, column in COLUMNS.items() if key in asked]
    return found or [column for key, column in COLUMNS.items() if key in DEFAULT]


def _annotations(on: date) -> dict[str, Any]:
    entries = TimelineEntry.objects.filter(enterprise=OuterRef("pk")).order_by("-at").values("at")[:1]
    counted: dict[str, tuple[QuerySet[Any], str]] = {
        "in_force": (Agreement.objects.in_force(on), "parties__enterprise"),
        "open_needs": (Need.objects.open(), "enterprise"),
    }
    last = Subquery(entries, output_field=DateTimeField())
    found: dict[str, Any] = {"last_entry": last, "terms": periods_with()}
    for name, (rows, key) in counted.items():
        own = rows.filter(**{key: OuterRef("pk")}).order_by().values(key)
        number = Subquery(own.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
        found[name] = Coalesce(number, 0)
    return found


def with_columns(rows: QuerySet[Enterprise], columns: Sequence[Column], *, on: date) -> QuerySet[Enterprise]:
    """The rows with what these columns show, and nothing that they do not."""
    needs = {need for column in columns for need in column.needs.split()}
    people = Contact.objects.current(on).order_by("-is_primary", "pk")
    prefetched: list[Any] = sorted(needs & LISTED)
    if "people" in needs:
        prefetched.append(Prefetch("contacts", people, to_attr="people"))
    found = rows.select_related(*sorted(needs & NAMED)) if needs & NAMED else rows.select_related(None)
    wanted = {name: made for name, made in _annotations(on).items() if name in needs}
    return found.annotate(**wanted).prefetch_related(*prefetched).defer("about", "search", *DERIVED_NAMES)


def cells(rows: QuerySet[Enterprise], columns: Sequence[Column], *, on: date, most: int) -> Iterator[list[Any]]:
    """One line per file of the list, in its order, fetched in portions; at most `most` and one more."""
    for row in with_columns(rows, columns, on=on)[: most + 1].iterator(chunk_size=CHUNK):
        row.on = on  # type: ignore[attr-defined]  # the stale marker asks for the day
        yield [column.value(row) for column in columns]
