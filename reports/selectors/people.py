"""Whose visits may be asked for by name: staff of the school and whoever was at a visit for it, never students."""

from __future__ import annotations

from django.db.models import Q

from accounts.choices import Role
from accounts.models.people import RoleGrant, User, UserQuerySet
from partnerships.choices.agreements import Side
from visits.models.visits import Participant

STAFF = (Role.LEADER, Role.COLLEGE, Role.OFFICER, Role.ADMIN)


def people_of_figures() -> UserQuerySet:
    """Those who held a role of the staff at any time, and those who were at a visit for the school."""
    held = RoleGrant.objects.filter(role__in=STAFF).order_by().values("user")
    was_there = Participant.objects.filter(side=Side.SCHOOL, user__isnull=False).order_by().values("user")
    people: UserQuerySet = User.objects.filter(Q(pk__in=held) | Q(pk__in=was_there))
    return people
