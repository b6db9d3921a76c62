"""What forms and filters offer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import RoleGrant, User
from core.search import search_query
from partnerships.models.enterprises import Enterprise
from visits.models.campaigns import Campaign, Trip

Choices = list[tuple[str, Any]]
FOUND = 20


def people_of_staff(*, on: date) -> list[tuple[User, bool]]:
    """Everyone who may go on a visit, and whether they are leadership; two queries."""
    leaders = set(User.objects.holding(Role.LEADER, on=on).values_list("pk", flat=True))
    grants = RoleGrant.objects.in_force(on).exclude(role=Role.STUDENT).values("user")
    people = User.objects.filter(is_active=True, pk__in=grants).order_by("number")
    return [(person, person.pk in leaders) for person in people]


def leader_choices(people: list[tuple[User, bool]]) -> Choices:
    """Leadership first, then staff of colleges and offices, who lead visits of their own."""
    leadership = [(str(person.pk), with_title(person)) for person, leads in people if leads]
    others = [(str(person.pk), with_title(person)) for person, leads in people if not leads]
    return [("", "---------"), (_("Leadership"), leadership), (_("Colleges and offices"), others)]


def with_title(person: User) -> str:
    """Name and position, as people are told apart in a list."""
    return f"{person} · {person.display_title}" if person.display_title else str(person)


def leaders_of_visits() -> Choices:
    """Everyone who leads a visit on file; one query."""
    led = User.objects.filter(participations__part="leads", participations__side="school").distinct()
    return [(str(person.pk), str(person)) for person in led.order_by("number")]


def campaign_choices(user: User) -> Choices:
    """Campaigns, newest first; one query."""
    return [(str(campaign.pk), str(campaign)) for campaign in Campaign.objects.visible_to(user)]


def running_campaigns(user: User, *, on: date) -> list[int]:
    """Campaigns that a new visit is counted in unless the planner says otherwise: those with dates that run."""
    running = Campaign.objects.visible_to(user).running(on).filter(starts_on__isnull=False)
    return list(running.values_list("pk", flat=True))


def trips_offered(user: User) -> QuerySet[Trip]:
    return Trip.objects.visible_to(user)


def enterprises_found(user: User, words: str) -> list[Enterprise]:
    """The first files whose names match; none where there is nothing to search for."""
    query = search_query(words)
    if query is None:
        return []
    found = Enterprise.objects.visible_to(user).current().filter(search=query).select_related("province", "region")
    return list(found.order_by("legal_name", "pk")[:FOUND])
