"""The list of enterprises and what one file shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, DateTimeField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models.people import User
from core.search import search_query
from partnerships.choices.enterprises import FileBlock
from partnerships.models.agreements import EXPIRING_WITHIN, Agreement, Commitment
from partnerships.models.communities import Membership
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise, EnterpriseQuerySet, FormerName
from partnerships.models.needs import Need
from partnerships.models.programmes import Programme
from partnerships.models.timeline import TimelineEntry
from partnerships.selectors.freshness import BlockState, file_blocks, mark_stale, periods, periods_of, periods_with

SORTS: dict[str, list[Any]] = {
    "name": ["legal_name", "pk"],
    "newest": ["-created_at", "-pk"],
    "stale": [F("confirmed_at").asc(nulls_first=True), "pk"],
}


def _found(rows: EnterpriseQuerySet, words: str) -> EnterpriseQuerySet:
    """Files whose texts, contacts or former names match; nothing when the words hold nothing to search."""
    query = search_query(words)
    if query is None:
        return rows.none()
    begins = Q(name__startswith=words) | Q(name__startswith=words.title())
    people = Contact.objects.filter(begins).order_by().values("enterprise")
    former = FormerName.objects.filter(name__startswith=words).order_by().values("enterprise")
    by_text = Enterprise.objects.filter(search=query).order_by().values("pk")
    return rows.filter(pk__in=by_text.union(people, former))


def _by_agreement(rows: EnterpriseQuerySet, asked: str, on: date) -> EnterpriseQuerySet:
    in_force = Agreement.objects.in_force(on).order_by().values("enterprise")
    if asked == "in_force":
        return rows.filter(pk__in=in_force)
    if asked == "ending":
        ends = Q(renews_itself=False, ends_on__lte=on + EXPIRING_WITHIN)
        return rows.filter(pk__in=in_force.filter(ends))
    return rows.exclude(pk__in=in_force)


def enterprise_rows(user: User, filters: dict[str, Any], *, on: date) -> QuerySet[Enterprise]:
    """The files that a person may see and asked for, in the order asked for; nothing is fetched yet."""
    rows = Enterprise.objects.visible_to(user).current()
    if filters.get("find"):
        rows = _found(rows, filters["find"])
    for name in ("province", "industry", "nature"):
        if filters.get(name):
            rows = rows.filter(**{f"{name}__code": filters[name]})
    if filters.get("level"):
        rows = rows.filter(level=filters["level"])
    if filters.get("owner"):
        rows = rows.filter(owner__isnull=True) if filters["owner"] == "none" else rows.filter(owner=filters["owner"])
    if filters.get("agreement"):
        rows = _by_agreement(rows, filters["agreement"], on)
    if filters.get("stale"):
        rows = rows.filter(periods().stale(FileBlock.IDENTITY, on))
    return rows.order_by(*SORTS[filters.get("sort") or "name"])


def enterprise_list(user: User, filters: dict[str, Any], *, on: date) -> QuerySet[Enterprise]:
    """The rows with what the list shows of each: its last entry, and its agreements in force."""
    entries = TimelineEntry.objects.filter(enterprise=OuterRef("pk")).order_by("-at").values("at")[:1]
    in_force = Agreement.objects.in_force(on).filter(enterprise=OuterRef("pk")).order_by().values("enterprise")
    counted = in_force.annotate(number=Count("pk")).values("number")
    return (
        enterprise_rows(user, filters, on=on)
        .select_related("province", "region", "industry", "nature", "owner")
        .annotate(
            last_entry_at=Subquery(entries, output_field=DateTimeField()),
            agreements_in_force=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
            terms=periods_with(),
        )
        .defer("about", "search")
    )


@dataclass
class EnterpriseFile:
    """What the page of one enterprise shows."""

    enterprise: Enterprise
    contacts: list[Contact]
    former_contacts: list[Contact]
    needs: list[Need]
    entries: Iterable[TimelineEntry]
    agreements: Iterable[Agreement]
    commitments: Iterable[Commitment]
    programmes: Iterable[Programme]
    memberships: Iterable[Membership]
    blocks: list[BlockState]

    @property
    def stale_blocks(self) -> list[BlockState]:
        return [block for block in self.blocks if block.is_stale]

    def block(self, name: FileBlock) -> BlockState:
        return next(block for block in self.blocks if block.block == name)


def enterprise_with_names(user: User) -> QuerySet[Enterprise]:
    """Files with the records that they name; two queries."""
    people = ("owner", "deputy", "confirmed_by", "confirmed_via", "parent", "nature", "industry", "province", "region")
    return (
        Enterprise.objects.visible_to(user)
        .select_related(*people)
        .prefetch_related("former_names", "flags", "tags", "colleges")
        .annotate(terms=periods_with())
    )


def enterprise_file(user: User, enterprise: Enterprise, *, on: date) -> EnterpriseFile:
    """The facts around a file that enterprise_with_names has read; eight queries."""
    contacts = list(enterprise.contacts.with_acquaintances())
    gone = [contact for contact in contacts if contact.to_on and contact.to_on < on]
    current = [contact for contact in contacts if contact not in gone]
    needs = list(enterprise.needs.open().with_names())
    terms = periods_of(enterprise)
    mark_stale(current, terms.before(FileBlock.CONTACTS, on))
    mark_stale(needs, terms.before(FileBlock.NEEDS, on))
    agreements = Agreement.objects.visible_to(user).filter(enterprise=enterprise).with_stage(on)
    programmes = enterprise.programmes.annotate(promised=Sum("investments__promised"))
    return EnterpriseFile(
        enterprise=enterprise,
        contacts=current,
        former_contacts=gone,
        needs=needs,
        entries=enterprise.timeline.select_related("by")[:8],
        agreements=agreements.select_related("kind")[:6],
        commitments=enterprise.commitments.open()[:10],
        programmes=programmes[:6],
        memberships=enterprise.memberships.filter(left_on=None).select_related("community")[:6],
        blocks=file_blocks(enterprise, current, needs, terms, on=on),
    )


def timeline(enterprise: Enterprise, filters: dict[str, Any]) -> QuerySet[TimelineEntry]:
    """The stream of one enterprise, newest first, of a kind and a period."""
    rows = TimelineEntry.objects.filter(enterprise=enterprise).select_related("by")
    if filters.get("kind"):
        rows = rows.filter(kind=filters["kind"])
    if filters.get("since"):
        rows = rows.filter(at__date__gte=filters["since"])
    if filters.get("until"):
        rows = rows.filter(at__date__lte=filters["until"])
    return rows
