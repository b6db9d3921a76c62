"""Figures about what the files of enterprises hold: the people there, and what they ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from partnerships.choices.enterprises import FileBlock
from partnerships.models.contacts import Contact
from partnerships.models.needs import Need
from reports.figures.figure import Column, Figure, Rows, visible
from reports.figures.scope import Scope
from reports.figures.visits import ENTERPRISE
from reports.figures.ways import of_enterprise, plain

CONFIRMED = Column(_("Confirmed at"), "confirmed_at")
CONTACT_COLUMNS = (
    Column(_("Name"), "name", is_personal=True), Column(_("Position"), "title"), ENTERPRISE,
    Column(_("Known by"), "known_by"), CONFIRMED,
)  # fmt: skip
NEED_COLUMNS = (
    Column(_("What is needed"), "description"), Column(_("Kind"), "get_kind_display"), ENTERPRISE,
    Column(_("Number of people"), "headcount"), Column(_("Owner"), "owner"), CONFIRMED,
)  # fmt: skip

WAYS = {"college": plain("enterprise__colleges", is_many=True), **of_enterprise("enterprise__")}

OF_MAJORS = {"college": plain("majors__college", is_many=True), "major": plain("majors", is_many=True)}


def _contacts(scope: Scope) -> Rows:
    return visible(Contact.objects.current(scope.on), scope).filter(enterprise__archived_at__isnull=True)


def _needs(scope: Scope) -> Rows:
    return visible(Need.objects.open(), scope).filter(enterprise__archived_at__isnull=True)


def _stale(counted: Callable[[Scope], Rows], block: FileBlock) -> Callable[[Scope], Rows]:
    return lambda scope: counted(scope).filter(scope.freshness.stale(block, scope.on))


CONTACTS = Figure(
    slug="contacts",
    name=_("Contacts"),
    definition=_("People who work at enterprises on the day, of files that are not archived."),
    counted=_contacts,
    columns=CONTACT_COLUMNS,
    link="partnerships:enterprise",
    link_key="enterprise_id",
    ways=WAYS,
    related=("enterprise", "known_by"),
    is_of_campaign=False,
    block=FileBlock.CONTACTS,
    stale_slug="contacts-stale",
)
NEEDS = Figure(
    slug="needs-open",
    name=_("Open needs"),
    definition=_("Needs of enterprises that are neither met nor dropped, of files that are not archived."),
    counted=_needs,
    columns=NEED_COLUMNS,
    link="partnerships:enterprise_needs",
    link_key="enterprise_id",
    ways=WAYS | OF_MAJORS,
    related=("enterprise", "owner"),
    is_of_campaign=False,
    block=FileBlock.NEEDS,
    stale_slug="needs-stale",
)

FIGURES = (
    CONTACTS,
    replace(
        CONTACTS,
        slug="contacts-stale",
        name=_("Stale contacts"),
        definition=_("Contacts whom nobody has confirmed within the term for contacts, of all contacts."),
        counted=_stale(_contacts, FileBlock.CONTACTS),
        among=_contacts,
        among_name=_("contacts"),
        block=None,
        stale_slug="",
    ),
    NEEDS,
    replace(
        NEEDS,
        slug="needs-people",
        name=_("People needed"),
        definition=_("People whom the open needs of enterprises ask for, of files that are not archived."),
        sums="headcount",
        block=None,
        stale_slug="",
    ),
    replace(
        NEEDS,
        slug="needs-stale",
        name=_("Stale needs"),
        definition=_("Open needs that nobody has confirmed within the term for needs, of all open needs."),
        counted=_stale(_needs, FileBlock.NEEDS),
        among=_needs,
        among_name=_("open needs"),
        block=None,
        stale_slug="",
    ),
)
