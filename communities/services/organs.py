"""Organs of a community, and who sits in them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models.people import User
from communities import rules
from communities.choices import OrganKind
from communities.models.organs import Organ, Seat
from core.errors import RuleBroken
from partnerships.models.communities import Community


@transaction.atomic
def found_organ(community: Community, *, kind: OrganKind, name: str, by: User, at: datetime) -> Organ:
    """Enter an organ; raises RuleBroken for a name that the community has already."""
    rules.can_keep_communities(by).or_raise()
    Community.objects.select_for_update().get(pk=community.pk)
    _must_be_new(community, name)
    return Organ.objects.create(community=community, kind=kind, name=name)


@transaction.atomic
def change_organ(organ: Organ, *, kind: OrganKind, name: str, by: User, at: datetime) -> Organ:
    """Correct its kind or name."""
    rules.can_keep_communities(by).or_raise()
    Community.objects.select_for_update().get(pk=organ.community_id)
    organ = _locked(organ)
    _must_be_new(organ.community, name, except_for=organ)
    organ.kind, organ.name = kind, name
    organ.save(update_fields=["kind", "name"])
    return organ


def _must_be_new(community: Community, name: str, *, except_for: Organ | None = None) -> None:
    others = Organ.objects.filter(community=community, name=name)
    if except_for is not None:
        others = others.exclude(pk=except_for.pk)
    if others.exists():
        raise RuleBroken(_("An organ of this name is on file already."), field="name")


@transaction.atomic
def end_organ(organ: Organ, *, ended_on: date, by: User, at: datetime) -> Organ:
    """The organ ends, and every seat in it that is still held. Raises RuleBroken."""
    rules.can_keep_communities(by).or_raise()
    organ = _locked(organ)
    if organ.ended_on is not None:
        raise RuleBroken(_("This organ has ended already."))
    if organ.seats.filter(from_on__gt=ended_on).exists():
        raise RuleBroken(_("Somebody takes a seat after that day."), field="ended_on")
    still_held = Q(to_on__isnull=True) | Q(to_on__gt=ended_on)
    organ.seats.filter(still_held).update(to_on=ended_on)
    organ.ended_on = ended_on
    organ.save(update_fields=["ended_on"])
    return organ


@transaction.atomic
def take_seat(organ: Organ, *, fields: dict[str, Any], by: User, at: datetime) -> Seat:
    """Seat a person; raises RuleBroken for a term that cannot be, or somebody who sits there at that time."""
    rules.can_keep_communities(by).or_raise()
    organ = _locked(organ)
    seat = Seat(organ=organ, **fields)
    _check(seat, organ)
    seat.save()
    return seat


@transaction.atomic
def change_seat(seat: Seat, *, fields: dict[str, Any], by: User, at: datetime) -> Seat:
    """Correct a seat, or end it; raises RuleBroken like take_seat."""
    rules.can_keep_communities(by).or_raise()
    organ = _locked(seat.organ)
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    for name, value in fields.items():
        setattr(seat, name, value)
    _check(seat, organ)
    seat.save()
    return seat


def _locked(organ: Organ) -> Organ:
    return Organ.objects.select_for_update(of=("self",)).select_related("community").get(pk=organ.pk)


def _check(seat: Seat, organ: Organ) -> None:
    if seat.from_on and seat.to_on and seat.to_on < seat.from_on:
        raise RuleBroken(_("A term cannot end before it begins."), field="to_on")
    if seat.membership is not None and seat.membership.community_id != organ.community_id:
        raise RuleBroken(_("That unit is a member of another community."), field="membership")
    ended = organ.ended_on
    if ended and (seat.to_on is None or seat.to_on > ended or (seat.from_on and seat.from_on > ended)):
        raise RuleBroken(_("The organ ended before: a seat in it ends on that day at the latest."), field="to_on")
    others = Seat.objects.filter(organ=organ, name=seat.name).exclude(pk=seat.pk)
    if seat.to_on is not None:
        others = others.filter(Q(from_on__isnull=True) | Q(from_on__lte=seat.to_on))
    if seat.from_on is not None:
        others = others.filter(Q(to_on__isnull=True) | Q(to_on__gte=seat.from_on))
    if others.exists():
        raise RuleBroken(_("%(name)s sits in this organ at that time already.") % {"name": seat.name}, field="name")
