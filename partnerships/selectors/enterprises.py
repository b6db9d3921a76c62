"""What the file of one enterprise shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from accounts.models.people import User
from notifications.selectors.bounces import mark_bounces
from partnerships.choices.enterprises import FileBlock
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
from partnerships.models.communities import Membership
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.needs import Need
from partnerships.models.programmes import Programme
from partnerships.models.timeline import TimelineEntry
from partnerships.selectors.freshness import BlockState, file_blocks, mark_stale, periods_of, periods_with
from partnerships.selectors.identity import Labels, labels_of, labels_with
from partnerships.selectors.suspects import is_suspected


@dataclass
class EnterpriseFile:
    """What the page of one enterprise shows."""

    enterprise: Enterprise
    labels: Labels
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
    """Files with the records that they name, and whether they may be on file twice; one query."""
    people = ("owner", "deputy", "confirmed_by", "confirmed_via", "parent", "nature", "industry", "province", "region")
    rows = Enterprise.objects.visible_to(user).select_related(*people)
    return rows.annotate(terms=periods_with(), is_suspected=is_suspected(), **labels_with())


def enterprise_file(user: User, enterprise: Enterprise, *, on: date) -> EnterpriseFile:
    """The facts around a file that enterprise_with_names has read; nine queries."""
    contacts = list(enterprise.contacts.with_acquaintances())
    gone = [contact for contact in contacts if contact.has_left(on)]
    current = [contact for contact in contacts if contact not in gone]
    needs = list(enterprise.needs.open().with_names())
    terms = periods_of(enterprise)
    mark_stale(current, terms.before(FileBlock.CONTACTS, on))
    mark_bounces(current)
    mark_stale(needs, terms.before(FileBlock.NEEDS, on))
    agreements = Agreement.objects.visible_to(user).with_enterprise(enterprise).with_stage(on)
    programmes = enterprise.programmes.annotate(promised=Sum("investments__promised"))
    return EnterpriseFile(
        enterprise=enterprise,
        labels=labels_of(enterprise),
        contacts=current,
        former_contacts=gone,
        needs=needs,
        entries=TimelineEntry.objects.visible_to(user).filter(enterprise=enterprise).select_related("by")[:8],
        agreements=agreements.select_related("kind")[:6],
        commitments=enterprise.commitments.open()[:10],
        programmes=programmes[:6],
        memberships=enterprise.memberships.filter(left_on=None).select_related("community")[:6],
        blocks=file_blocks(enterprise, current, needs, terms, on=on),
    )
