"""The list of enterprises as a file, and what each of its columns takes from the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, DateTimeField, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.templatetags.portal import listed
from exporting.reading import portions
from exporting.tables import Column, Group, Kind, Table
from partnerships.models.agreements import Agreement
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import DERIVED_NAMES, Enterprise
from partnerships.models.needs import Need
from partnerships.models.timeline import TimelineEntry
from partnerships.selectors.freshness import is_stale_file, periods_with


def _contact(key: str, label: Promise, field: str) -> Column:
    """A field of whoever is asked first among those who work there."""

    def value(row: Any) -> str:
        return str(getattr(row.people[0], field)) if row.people else ""

    return Column(key, label, value, needs="people", is_personal=True)


def _division(row: Enterprise) -> str:
    """The six digits of GB/T 2260, as exact as the file knows."""
    place = row.region or row.province
    return place.code if place else ""


IDENTITY = Group(
    _("Identity"),
    (
        Column("name", _("Full registered name"), "legal_name"),
        Column("name_en", _("English name")),
        Column("code", _("Unified social credit code"), "credit_code", about=_("18 characters, GB 32100")),
        Column("check", _("Check"), "get_credit_code_state_display"),
        Column("short", _("Short name"), "short_name"),
        Column("former", _("Former names"), lambda row: listed(row.former_names.all()), needs="former_names"),
        Column("parent", _("Parent company"), "parent.legal_name", needs="parent"),
        Column("website", _("Website")),
    ),
)
KIND = Group(
    _("Kind and size"),
    (
        Column("nature", _("Nature of unit"), needs="nature"),
        Column("nature_code", _("Code of the nature"), "nature.code", needs="nature"),
        Column("industry", _("Industry"), needs="industry"),
        Column("section", _("Section of GB/T 4754"), "industry.code", needs="industry"),
        Column(
            "industry_code",
            _("Code of the industry in the employment system"),
            "industry.employment_code",
            needs="industry",
        ),
        Column("staff", _("Number of staff"), "staff_count", Kind.WHOLE),
        Column("staff_on", _("Staff counted on"), "staff_counted_on", Kind.DAY),
        Column("band", _("Size"), "staff_band.label"),
        Column("flags", _("Flags"), lambda row: listed(row.flags.all()), needs="flags"),
    ),
)
PLACE = Group(
    _("Place"),
    (
        Column("province", _("Province"), needs="province"),
        Column("city", _("City"), lambda row: row.region or row.city, needs="region"),
        Column("region", _("Region code (GB/T 2260)"), _division, needs="region province"),
        Column("address", _("Address")),
    ),
)
CARE = Group(
    _("Who looks after it"),
    (
        Column("level", _("Level"), "get_level_display"),
        Column("owner", _("Owner"), needs="owner"),
        Column("deputy", _("Deputy"), needs="deputy"),
        Column("colleges", _("Colleges"), lambda row: listed(row.colleges.all()), needs="colleges"),
        Column("tags", _("Tags"), lambda row: listed(row.tags.all()), needs="tags"),
    ),
)
CONTACT = Group(
    _("First contact"),
    (
        _contact("contact", pgettext_lazy("of a contact", "Name"), "name"),
        _contact("contact_title", pgettext_lazy("of a contact", "Position"), "title"),
        _contact("contact_phone", pgettext_lazy("of a contact", "Phone"), "phone"),
        _contact("contact_email", pgettext_lazy("of a contact", "E-mail"), "email"),
    ),
)
STATE = Group(
    _("State of the file"),
    (
        Column("confirmed", _("Confirmed on"), "confirmed_at", Kind.DAY),
        Column(
            "confirmed_by",
            _("Confirmed by"),
            "confirmed_name",
            needs="confirmed_by confirmed_via",
            is_personal=True,
        ),
        Column("stale", _("Stale"), lambda row: is_stale_file(row, row.on), Kind.YES, needs="terms"),
        Column("last", _("Last entry"), "last_entry", Kind.DAY, needs="last_entry"),
        Column("in_force", _("Agreements in force"), kind=Kind.WHOLE, needs="in_force"),
        Column("open_needs", _("Open needs"), kind=Kind.WHOLE, needs="open_needs"),
        Column("contacted", _("Last in touch"), "last_contact_at", Kind.DAY),
        Column("opened", _("File opened on"), "created_at", Kind.DAY),
    ),
)
GROUPS = (IDENTITY, KIND, PLACE, CARE, CONTACT, STATE)
DEFAULT = (
    "name", "name_en", "code", "check", "nature", "industry", "province", "city", "staff", "level", "owner",
    "confirmed", "last", "in_force",
)  # fmt: skip
NAMED = {"nature", "industry", "province", "region", "owner", "deputy", "parent", "confirmed_by", "confirmed_via"}
LISTED = {"former_names", "flags", "tags", "colleges"}


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


def _read(rows: QuerySet[Enterprise], columns: Sequence[Column]) -> Iterator[Enterprise]:
    on = timezone.localdate()
    for portion in portions(with_columns(rows, columns, on=on)):
        for row in portion:
            row.on = on  # the stale marker asks for the day
            yield row


ENTERPRISES = Table(
    "partnerships:enterprise_list",
    _("Enterprises"),
    "enterprises",
    GROUPS,
    usual=DEFAULT,
    read=_read,
    page="partnerships/export.html",
    keeps_columns=True,
)
COLUMNS = ENTERPRISES.columns
