"""What the file of one enterprise shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet, Sum

from accounts.models.people import User
from partnerships.models.agreements import Agreement, Commitment
from partnerships.models.communities import Membership
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.needs import Need
from partnerships.models.programmes import Programme
from partnerships.models.timeline import TimelineEntry


@dataclass
class EnterpriseFile:
    """What the page of one enterprise shows."""

    enterprise: Enterprise
    contacts: list[Contact]
    former_contacts: list[Contact]
    needs: Iterable[Need]
    entries: Iterable[TimelineEntry]
    agreements: Iterable[Agreement]
    commitments: Iterable[Commitment]
    programmes: Iterable[Programme]
    memberships: Iterable[Membership]
    confirmed_days_ago: int | None
    is_stale: bool


def enterprise_with_names(user: User) -> QuerySet[Enterprise]:
    """Files with the records that they name; two queries."""
    people = ("owner", "deputy", "confirmed_by", "confirmed_via", "parent", "nature", "industry", "province", "region")
    return (
        Enterprise.objects.visible_to(user)
        .select_related(*people)
        .prefetch_related("former_names", "flags", "tags", "colleges")
    )


def enterprise_file(user: User, enterprise: Enterprise, *, now: datetime, on: date) -> EnterpriseFile:
    """The facts around a file that enterprise_with_names has read; eight queries."""
    contacts = list(enterprise.contacts.select_related("known_by"))
    gone = [contact for contact in contacts if contact.to_on and contact.to_on < on]
    agreements = Agreement.objects.visible_to(user).filter(enterprise=enterprise).with_stage(on)
    programmes = enterprise.programmes.annotate(promised=Sum("investments__promised"))
    confirmed = enterprise.confirmed_at
    return EnterpriseFile(
        enterprise=enterprise,
        contacts=[contact for contact in contacts if contact not in gone],
        former_contacts=gone,
        needs=enterprise.needs.open().select_related("owner").prefetch_related("majors")[:10],
        entries=enterprise.timeline.select_related("by")[:8],
        agreements=agreements.select_related("kind")[:6],
        commitments=enterprise.commitments.open()[:10],
        programmes=programmes[:6],
        memberships=enterprise.memberships.filter(left_on=None).select_related("community")[:6],
        confirmed_days_ago=(now - confirmed) // timedelta(days=1) if confirmed else None,
        is_stale=enterprise.is_stale(now),
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
