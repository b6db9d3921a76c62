"""Who belongs to a community, and as what."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from partnerships import rules
from partnerships.choices.programmes import MemberRole, MemberType
from partnerships.choices.timeline import TimelineKind
from partnerships.models.codes import Province
from partnerships.models.communities import Community, Membership
from partnerships.models.enterprises import Enterprise
from partnerships.services import timeline


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
    """Enter a member; its province is the enterprise's unless given. Raises RuleBroken for a present member."""
    rules.can_keep_programmes(by).or_raise()
    Community.objects.select_for_update().get(pk=community.pk)
    if community.memberships.filter(organisation=organisation, left_on__isnull=True).exists():
        raise RuleBroken(_("%(organisation)s is a member already.") % {"organisation": organisation})
    membership: Membership = community.memberships.create(
        organisation=organisation,
        type=type,
        role=role,
        enterprise=enterprise,
        is_our_school=is_our_school,
        province=province or (enterprise.province if enterprise else None),
        joined_on=joined_on,
    )
    membership.terms.create(role=role, from_on=joined_on)
    if enterprise is not None:
        link = reverse("communities:community", args=[community.pk])
        timeline.record(
            enterprise,
            TimelineKind.COMMUNITY_JOINED,
            by=by,
            at=at,
            text=community.name,
            detail=str(role),
            link=link,
        )
    return membership
