"""Lists of agreements and promises as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.selectors.promises import Standing, standings
from agreements.selectors.register import partner_names
from agreements.selectors.sleeping import Sleeper, sleepers
from core.templatetags.portal import listed
from exporting.reading import portions, rows_with
from exporting.tables import Column, Group, Kind, Table, plain_table
from partnerships.choices.agreements import AgreementStage
from partnerships.models.agreements import Agreement
from partnerships.timeline import describe


def _read(rows: Any, columns: Sequence[Column]) -> Iterator[Agreement]:
    """Without what the page fetches for single columns, unless a column asks for it."""
    lean = rows.select_related("enterprise", "kind", "owner", "deputy")
    return rows_with(lean, {need for column in columns for need in column.needs.split()})


REGISTER = Group(
    gettext_lazy("Agreement"),
    (
        Column("number", gettext_lazy("Agreement number")),
        Column("title", gettext_lazy("Title")),
        Column("enterprise", gettext_lazy("Enterprise")),
        Column("code", gettext_lazy("Unified social credit code"), "enterprise.credit_code"),
        Column("kind", gettext_lazy("Kind")),
        Column("stage", gettext_lazy("Stage"), lambda row: AgreementStage(row.stage).label),
        Column("signed_on", gettext_lazy("Signed on"), kind=Kind.DAY),
        Column("starts_on", gettext_lazy("In force from"), kind=Kind.DAY),
        Column("ends_on", gettext_lazy("In force until"), kind=Kind.DAY),
        Column("renews_itself", gettext_lazy("Renews itself"), kind=Kind.YES),
        Column("owner", gettext_lazy("Owner")),
        Column("deputy", gettext_lazy("Deputy")),
        Column("parties", gettext_lazy("Parties"), lambda row: listed(name for _pk, name in partner_names(row))),
    ),
)
CONTACTS = Group(
    gettext_lazy("At the enterprise"),
    (
        Column("enterprise_owner", gettext_lazy("Owner at the enterprise"), needs="enterprise_owner", is_personal=True),
        Column(
            "enterprise_deputy", gettext_lazy("Deputy at the enterprise"), needs="enterprise_deputy", is_personal=True
        ),
    ),
)
CONTENT = Group(
    gettext_lazy("Content"),
    (
        Column("track", gettext_lazy("Track"), "get_track_display"),
        Column("colleges", gettext_lazy("Colleges"), lambda row: listed(row.colleges.all()), needs="colleges"),
        Column("majors", gettext_lazy("Majors"), lambda row: listed(row.majors.all()), needs="majors"),
        Column("fields", gettext_lazy("Fields of cooperation"), lambda row: listed(row.fields.all()), needs="fields"),
        Column("amount", gettext_lazy("Sum, yuan"), kind=Kind.DECIMAL),
        Column("framework", gettext_lazy("Under the framework agreement"), needs="framework"),
        Column("renewed_from", gettext_lazy("Renews"), needs="renewed_from"),
    ),
)
PAPERS = Group(
    gettext_lazy("Originals"),
    (
        Column("originals", gettext_lazy("Originals"), kind=Kind.WHOLE),
        Column("kept_where", gettext_lazy("Where kept")),
        Column("archived_on", gettext_lazy("Original archived on"), kind=Kind.DAY),
    ),
)
AGREEMENTS = Table(
    "agreements:agreement_list",
    gettext_lazy("Agreements"),
    "agreements",
    (REGISTER, CONTACTS, CONTENT, PAPERS),
    read=_read,
)


def _sleepers(rows: Any, columns: Sequence[Column]) -> Iterator[Sleeper]:
    for portion in portions(rows):
        yield from sleepers(portion)


def _last_sign(row: Sleeper) -> str:
    return describe(row.entry) if row.entry else _("nothing since it began")


SLEEPING = plain_table(
    "agreements:sleeping_agreements",
    gettext_lazy("Sleeping agreements"),
    "sleeping-agreements",
    Column("number", gettext_lazy("Agreement number"), "agreement.number"),
    Column("title", gettext_lazy("Title"), "agreement.title"),
    Column("enterprise", gettext_lazy("Enterprise"), "agreement.enterprise"),
    Column("kind", gettext_lazy("Kind"), "agreement.kind"),
    Column("starts_on", gettext_lazy("In force from"), "agreement.starts_on", Kind.DAY),
    Column("ends_on", gettext_lazy("In force until"), "agreement.ends_on", Kind.DAY),
    Column("owner", gettext_lazy("Owner"), "agreement.owner"),
    Column("deputy", gettext_lazy("Deputy"), "agreement.deputy"),
    Column("last", gettext_lazy("Last thing that happened"), _last_sign),
    Column("last_at", gettext_lazy("When"), "agreement.last_at", Kind.DAY),
    read=_sleepers,
)


def _owner(row: Standing) -> Any:
    promise = row.promise
    return promise.agreement.owner if promise.agreement else promise.enterprise.owner


def _evidence(row: Standing) -> str:
    return listed([each.row.text for each in row.shown if each.holds] or [row.promise.evidence])


def promises(*, on: date) -> Table:
    def read(rows: Any, columns: Sequence[Column]) -> Iterator[Standing]:
        for portion in portions(rows):
            yield from standings(portion, on=on)

    return plain_table("agreements:promise_list", gettext_lazy("Promises"), "promises", *PROMISES, read=read)


PROMISES = (
    Column("promise", gettext_lazy("Promise"), "promise.description"),
    Column("side", gettext_lazy("Promised by"), "promise.get_side_display"),
    Column("kind", gettext_lazy("Kind"), "promise.get_kind_display"),
    Column("promised", gettext_lazy("Promised"), "promise.number", Kind.DECIMAL),
    Column("delivered", gettext_lazy("Delivered"), kind=Kind.DECIMAL),
    Column("unit", gettext_lazy("Unit"), "promise.unit"),
    Column("due_on", gettext_lazy("Due on"), "promise.due_on", Kind.DAY),
    Column("state", gettext_lazy("State"), "promise.get_state_display"),
    Column("overdue", gettext_lazy("Overdue"), "is_overdue", Kind.YES),
    Column("enterprise", gettext_lazy("Enterprise"), "promise.enterprise"),
    Column("agreement", gettext_lazy("Agreement"), "promise.agreement"),
    Column("owner", gettext_lazy("Owner"), _owner),
    Column("evidence", gettext_lazy("Evidence"), _evidence),
)
