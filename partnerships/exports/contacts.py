"""The list of people at enterprises as a file."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from exporting.tables import Column, Group, Kind, Table
from partnerships.choices.enterprises import FileBlock
from partnerships.models.contacts import Contact
from partnerships.selectors.freshness import Periods


def contacts(terms: Periods, *, on: date) -> Table:
    before = terms.before(FileBlock.CONTACTS, on)

    def is_stale(row: Contact) -> bool:
        return row.is_stale_before(before)

    state = (
        Column("language", _("Language of letters"), "get_language_display"),
        Column("primary", _("First contact"), "is_primary", Kind.YES),
        Column("known_by", _("Known by"), lambda row: ", ".join(row.acquaintances)),
        Column("from", _("From"), "from_on", Kind.DAY),
        Column("to", _("To"), "to_on", Kind.DAY),
        Column("confirmed", _("Confirmed on"), "confirmed_at", Kind.DAY),
        Column("stale", _("Stale"), is_stale, Kind.YES),
    )
    groups = (Group(_("Person"), PERSON), Group(_("Where they work"), WORK), Group(_("State"), state))
    return Table("partnerships:contact_list", _("Contacts"), "contacts", groups)


PERSON = (
    Column("name", _("Name"), is_personal=True),
    Column("phone", _("Phone"), is_personal=True),
    Column("landline", _("Landline"), is_personal=True),
    Column("email", _("E-mail"), is_personal=True),
    Column("wechat", _("WeChat"), is_personal=True),
)
WORK = (
    Column("title", _("Position")),
    Column("department", _("Department")),
    Column("enterprise", _("Enterprise"), "enterprise.legal_name"),
    Column("code", _("Unified social credit code"), "enterprise.credit_code"),
)
