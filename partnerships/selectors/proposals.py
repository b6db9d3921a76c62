"""Corrections that wait for staff, and what all enterprises answered in a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet, Sum, Value, When
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.search import search_query
from partnerships.changes import field_label
from partnerships.choices.links import (
    FORWARDED_OUTSIDE,
    LEFT,
    NEW_CONTACT,
    Intake,
    LinkEventKind,
    LinkPurpose,
    ProposalState,
    Reaction,
)
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.links import LinkEvent, ProposedChange, SignedLink
from partnerships.selectors.links import as_text, came_back


@dataclass(frozen=True)
class Correction:
    """One proposal as staff read it: what is on file now, and what the enterprise would have."""

    proposal: ProposedChange
    label: str
    now: str
    wanted: str
    has_moved: bool
    is_from_outside: bool


def files_with_proposals(user: User) -> QuerySet[Enterprise]:
    """Files with open proposals, the longest waiting first; their proposals with them: three queries."""
    outside = LinkEvent.objects.filter(link=OuterRef("answer__link"), note=FORWARDED_OUTSIDE)
    open_ones = ProposedChange.objects.filter(state=ProposalState.OPEN).annotate(from_outside=Exists(outside))
    proposals = open_ones.select_related("answer__link", "contact").order_by("answer__at", "pk")
    waiting = Enterprise.objects.visible_to(user).filter(proposals__state=ProposalState.OPEN)
    return (
        waiting.annotate(since=Min("proposals__answer__at"))
        .select_related("owner")
        .prefetch_related(Prefetch("proposals", proposals, to_attr="open_proposals"))
        .order_by("since", "pk")
    )


def corrections(enterprise: Enterprise) -> list[Correction]:
    """The proposals that files_with_proposals fetched, beside what is on file now."""
    return [_correction(enterprise, each) for each in enterprise.open_proposals]  # type: ignore[attr-defined]


def _correction(enterprise: Enterprise, proposal: ProposedChange) -> Correction:
    now, wanted = "", proposal.after
    if proposal.field == NEW_CONTACT:
        label, wanted = _("A further contact"), " · ".join(part for part in wanted.split("\n") if part)
    elif proposal.contact is not None and proposal.field == LEFT:
        label = _("%(name)s: does not work there any more") % {"name": proposal.contact.name}
    elif proposal.contact is not None:
        now = as_text(getattr(proposal.contact, proposal.field))
        words = {"name": proposal.contact.name, "field": field_label("partnerships.Contact", proposal.field)}
        label = _("%(name)s: %(field)s") % words
    else:
        now, label = (
            as_text(getattr(enterprise, proposal.field)),
            field_label("partnerships.Enterprise", proposal.field),
        )
    compared = proposal.field not in (NEW_CONTACT, LEFT)
    moved = compared and now != proposal.before
    return Correction(proposal, label, now, wanted, moved, proposal.from_outside)  # type: ignore[attr-defined]


def asked_years() -> list[int]:
    """The years for which enterprises were asked, the latest first; one query."""
    links = SignedLink.objects.filter(purpose=LinkPurpose.CONFIRM_FILE).order_by("-year")
    return list(links.values_list("year", flat=True).distinct())


def answer_list(user: User, filters: dict[str, Any], *, year: int) -> QuerySet[SignedLink]:
    """One row for each enterprise that was asked for a year: its answered link, else the last one."""
    links = SignedLink.objects.filter(purpose=LinkPurpose.CONFIRM_FILE, year=year)
    links = links.filter(enterprise__in=Enterprise.objects.visible_to(user).current())
    chosen = links.order_by("enterprise_id", F("used_at").desc(nulls_last=True), "-issued_at").distinct("enterprise_id")
    rows = _with_reaction(SignedLink.objects.filter(pk__in=chosen.values("pk")))
    if filters.get("find"):
        query = search_query(filters["find"])
        named = Enterprise.objects.filter(search=query) if query else Enterprise.objects.none()
        rows = rows.filter(enterprise__in=named.order_by())
    if filters.get("reaction"):
        rows = rows.filter(Q(("reaction", filters["reaction"])))  # annotated above
    for kind in ("interns", "graduates"):
        if filters.get(kind):
            rows = rows.filter(**{f"answer__{kind}": filters[kind]})
    return rows.select_related("enterprise", "answer").order_by("enterprise__legal_name", "pk")


def _with_reaction(links: QuerySet[SignedLink]) -> QuerySet[SignedLink]:
    opened = LinkEvent.objects.filter(
        kind=LinkEventKind.OPENED, link__enterprise=OuterRef("enterprise"), link__year=OuterRef("year"),
        link__purpose=LinkPurpose.CONFIRM_FILE,
    )  # fmt: skip
    return links.annotate(
        reaction=Case(
            When(used_at__isnull=False, then=Value(Reaction.ANSWERED.value)),
            When(came_back(), then=Value(Reaction.UNREACHABLE.value)),
            When(Exists(opened), then=Value(Reaction.OPENED.value)),
            default=Value(Reaction.SILENT.value),
            output_field=CharField(),
        )
    )


def answer_totals(rows: QuerySet[SignedLink]) -> dict[str, int]:
    """How many enterprises came how far, and how many people they would take; one query."""
    counts = {value: Count("pk", filter=Q(("reaction", value))) for value in Reaction.values}
    people = {
        f"{kind}_{said}": Sum(f"answer__{kind}_number", filter=Q(**{f"answer__{kind}": said}), default=0)
        for kind in ("interns", "graduates")
        for said in (Intake.YES.value, Intake.MAYBE.value)
    }
    totals: dict[str, int] = rows.order_by().aggregate(asked=Count("pk"), **counts, **people)
    return totals


def nobody_to_write_to(user: User, *, year: int, on: date) -> int:
    """How many current files were not asked about because no contact has an address; one query."""
    reachable = Contact.objects.current(on).filter(enterprise=OuterRef("pk")).exclude(email="")
    asked = SignedLink.objects.filter(enterprise=OuterRef("pk"), purpose=LinkPurpose.CONFIRM_FILE, year=year)
    return Enterprise.objects.visible_to(user).current().filter(~Exists(reachable), ~Exists(asked)).count()
