"""Who belongs to a community, and as what: units join, change their role, leave and come back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models.people import User
from communities import rules
from communities.models.members import Representative
from communities.selectors.members import terms_of
from core.errors import RuleBroken
from partnerships.changes import Change, differences, snapshot
from partnerships.choices.programmes import MemberRole, MemberType
from partnerships.choices.timeline import TimelineKind
from partnerships.models.codes import Province
from partnerships.models.communities import Community, Membership
from partnerships.models.enterprises import Enterprise
from partnerships.services import timeline

LEAVING = ("left_on", "left_why")
TELLING_UNITS = {"organisation", "enterprise", "joined_on", "is_our_school"}


@transaction.atomic
def join(
    community: Community,
    *,
    organisation: str,
    type: MemberType,
    role: MemberRole,
    by: User,
    at: datetime,
    enterprise: Enterprise | None = None,
    is_our_school: bool = False,
    province: Province | None = None,
    joined_on: date | None = None,
) -> Membership:
    """Enter a member; its province is the enterprise's unless given.

    Raises RuleBroken for a present member, and for one that comes back without a day after it left.
    """
    rules.can_keep_communities(by).or_raise()
    Community.objects.select_for_update().get(pk=community.pk)
    _not_ahead(joined_on, at, "joined_on")
    membership = Membership(
        community=community,
        organisation=organisation.strip(),
        type=type,
        role=role,
        enterprise=enterprise,
        is_our_school=is_our_school,
        province=province or (enterprise.province if enterprise else None),
        joined_on=joined_on,
    )
    _once_at_a_time(membership)
    membership.full_clean()
    membership.save()
    membership.terms.create(role=role, from_on=joined_on)
    _tell_joined(membership, by=by, at=at)
    return membership


@transaction.atomic
def change_membership(membership: Membership, *, fields: dict[str, Any], by: User, at: datetime) -> Membership:
    """Correct what is on file of a member; the first role begins with it. A file that is linked now hears of it."""
    rules.can_keep_communities(by).or_raise()
    membership = _lock(membership)
    before, was, linked = snapshot(membership, fields), membership.joined_on, membership.enterprise_id
    for name, value in fields.items():
        setattr(membership, name, value)
    changed = {change["field"] for change in differences(membership, before)}
    if not changed:
        return membership
    _not_ahead(membership.joined_on, at, "joined_on")
    if membership.left_on and membership.joined_on and membership.left_on < membership.joined_on:
        raise RuleBroken(_("A unit cannot leave before it joined."), field="joined_on")
    if changed & TELLING_UNITS:  # else two memberships that a merge of files joined could never be mended
        _once_at_a_time(membership)
    if membership.joined_on != was:
        _move_first_term(membership)
    membership.full_clean()
    membership.save()
    if membership.enterprise_id != linked:
        _tell_joined(membership, by=by, at=at)
    else:
        _tell(membership, differences(membership, before), by=by, at=at)
    return membership


@transaction.atomic
def change_role(membership: Membership, *, role: MemberRole, on: date, by: User, at: datetime) -> Membership:
    """The unit holds another role from a day; the one before ends on the day before. Roles never overlap."""
    rules.can_keep_communities(by).or_raise()
    membership = _lock(membership)
    _still_member(membership)
    _not_ahead(on, at, "on")
    if role == membership.role:
        raise RuleBroken(_("This is its role already."), field="role")
    last = membership.terms.filter(to_on__isnull=True).first() or membership.terms.create(
        role=membership.role, from_on=membership.joined_on
    )
    _after_last_began(membership, last.from_on, on)
    last.to_on = on - timedelta(days=1)
    last.save(update_fields=["to_on"])
    membership.terms.create(role=role, from_on=on)
    before = snapshot(membership, ["role"])
    membership.role = role
    membership.save(update_fields=["role"])
    _tell(membership, differences(membership, before), by=by, at=at)
    return membership


@transaction.atomic
def leave(membership: Membership, *, on: date, why: str = "", by: User, at: datetime) -> Membership:
    """The unit is no member from a day on; its role and its representatives end with it."""
    rules.can_keep_communities(by).or_raise()
    membership = _lock(membership)
    _still_member(membership)
    _not_ahead(on, at, "on")
    if membership.joined_on and on < membership.joined_on:
        raise RuleBroken(_("A unit cannot leave before it joined."), field="on")
    last = membership.terms.filter(to_on__isnull=True).first()
    if last is not None:
        if last.from_on and on < last.from_on:
            day = date_format(last.from_on, "SHORT_DATE_FORMAT")
            raise RuleBroken(
                _("Its last role began on %(day)s; it left on that day or later.") % {"day": day}, field="on"
            )
        last.to_on = on
        last.save(update_fields=["to_on"])
    for person in membership.representatives.filter(Q(to_on__isnull=True) | Q(to_on__gt=on)):
        person.to_on = max(on, person.from_on or on)
        person.save(update_fields=["to_on"])
    before = snapshot(membership, LEAVING)
    membership.left_on, membership.left_why = on, why
    membership.full_clean()
    membership.save(update_fields=LEAVING)
    _tell(membership, differences(membership, before), by=by, at=at)
    return membership


@transaction.atomic
def represent(membership: Membership, *, by: User, at: datetime, **fields: Any) -> Representative:
    """Enter who speaks for a member; `fields` are the model's own."""
    rules.can_keep_communities(by).or_raise()
    person = Representative(membership=_lock(membership))
    return _keep_representative(person, fields, by=by, at=at)


@transaction.atomic
def change_representative(person: Representative, *, fields: dict[str, Any], by: User, at: datetime) -> Representative:
    """Correct or end who speaks for a member."""
    rules.can_keep_communities(by).or_raise()
    _lock(person.membership)
    person = Representative.objects.select_for_update(of=("self",)).select_related("membership").get(pk=person.pk)
    return _keep_representative(person, fields, by=by, at=at)


def _keep_representative(person: Representative, fields: dict[str, Any], *, by: User, at: datetime) -> Representative:
    before = snapshot(person, fields)
    for name, value in fields.items():
        setattr(person, name, value)
    contact = person.contact
    if contact is not None and contact.enterprise_id != person.membership.enterprise_id:
        raise RuleBroken(_("This person is a contact of another enterprise."), field="contact")
    person.full_clean()
    person.save()
    _tell(person.membership, differences(person, before), by=by, at=at, name=person.name)
    return person


def _lock(membership: Membership) -> Membership:
    """The row as it is now; the community is locked first, as joining does."""
    Community.objects.select_for_update().get(pk=membership.community_id)
    rows = Membership.objects.select_for_update(of=("self",)).select_related("community", "enterprise", "province")
    return rows.get(pk=membership.pk)


def same_unit(membership: Membership) -> QuerySet[Membership]:
    """Other memberships of the same unit in the same community: by its name, its file, or because it is the school."""
    same = Q(organisation=membership.organisation)
    if membership.enterprise_id:
        same |= Q(enterprise=membership.enterprise_id)
    if membership.is_our_school:
        same |= Q(is_our_school=True)
    return Membership.objects.filter(same, community=membership.community_id).exclude(pk=membership.pk)


def _once_at_a_time(membership: Membership) -> None:
    """One unit is a member once at a time: it comes back on the day it left, or later."""
    for other in same_unit(membership):
        begins, ends = other.joined_on or date.min, other.left_on or date.max
        if (membership.joined_on or date.min) >= ends or (membership.left_on or date.max) <= begins:
            continue
        words = {"organisation": membership.organisation}
        if other.left_on is None:
            raise RuleBroken(_("%(organisation)s is a member already.") % words, field="organisation")
        words["day"] = date_format(other.left_on, "SHORT_DATE_FORMAT")
        text = _("%(organisation)s was a member until %(day)s: say from which day on it is one again.")
        raise RuleBroken(text % words, field="joined_on")


def _move_first_term(membership: Membership) -> None:
    """The first role begins on the day of joining, which cannot lie behind its end."""
    first = terms_of(membership).first()
    if first is None:
        return
    if first.to_on and membership.joined_on and membership.joined_on > first.to_on:
        day = date_format(first.to_on, "SHORT_DATE_FORMAT")
        raise RuleBroken(_("Its first role ended on %(day)s; it joined before.") % {"day": day}, field="joined_on")
    first.from_on = membership.joined_on
    first.save(update_fields=["from_on"])


def _after_last_began(membership: Membership, began: date | None, on: date) -> None:
    began = began or membership.joined_on
    if began and on <= began:
        day = date_format(began, "SHORT_DATE_FORMAT")
        raise RuleBroken(_("Its last role began on %(day)s; another one begins later.") % {"day": day}, field="on")


def _still_member(membership: Membership) -> None:
    if membership.left_on is not None:
        words = {"organisation": membership.organisation, "day": date_format(membership.left_on, "SHORT_DATE_FORMAT")}
        raise RuleBroken(_("%(organisation)s left on %(day)s.") % words)


def _not_ahead(day: date | None, at: datetime, field: str) -> None:
    if day is not None and day > timezone.localdate(at):
        raise RuleBroken(_("This day has not come yet."), field=field)


def _tell_joined(membership: Membership, *, by: User, at: datetime) -> None:
    if membership.enterprise is not None:
        kind, name, role = TimelineKind.COMMUNITY_JOINED, membership.community.name, str(membership.role)
        link = reverse("communities:community", args=[membership.community_id])
        timeline.record(membership.enterprise, kind, by=by, at=at, text=name, detail=role, link=link)


def _tell(membership: Membership, changes: list[Change], *, by: User, at: datetime, name: str = "") -> None:
    if membership.enterprise is not None:
        text = " · ".join(part for part in (membership.community.name, name) if part)
        kind, link = TimelineKind.COMMUNITY_CHANGED, reverse("communities:member", args=[membership.pk])
        timeline.record_changes(membership.enterprise, kind, changes, by=by, at=at, text=text, link=link)
