"""Whom a survey could be sent to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from accounts.models.people import StudentProfile, User
from accounts.models.school import College, Major
from partnerships.choices.agreements import Side
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.selectors.links import addressees
from placements.choices import ApplicationState
from placements.models.applications import Application
from surveys.models.asking import Invitation
from surveys.models.surveys import Survey
from visits.models.campaigns import Campaign
from visits.models.visits import Participant, Visit


@dataclass(frozen=True)
class Addressees:
    """First contacts of visited enterprises, and how many enterprises have nobody to write to."""

    people: list[tuple[Contact, Visit]]
    without: int


def enterprises_visited(user: User, chosen: dict[str, Any], *, on: date) -> Addressees:
    """The first contact of every enterprise visited so, with its last such visit; two queries."""
    visits = Visit.objects.visible_to(user).took_place().filter(enterprise__archived_at=None)
    if campaign := chosen.get("campaign"):
        visits = visits.filter(campaigns=campaign)
    if since := chosen.get("since"):
        visits = visits.filter(starts_on__gte=since)
    if until := chosen.get("until"):
        visits = visits.filter(starts_on__lte=until)
    rows = visits.order_by("enterprise_id", "-starts_on", "-pk").distinct("enterprise_id").select_related("enterprise")
    last = list(rows)
    contacts = addressees([visit.enterprise for visit in last], on=on)
    people = []
    for visit in last:
        if contact := contacts.get(visit.enterprise_id):
            contact.enterprise = visit.enterprise
            people.append((contact, visit))
    return Addressees(people, len(last) - len(people))


def campaigns(user: User) -> list[tuple[int, str]]:
    return [(row.pk, str(row)) for row in Campaign.objects.visible_to(user)]


def graduates(user: User, chosen: dict[str, Any]) -> QuerySet[StudentProfile]:
    """Students of a class, college or major, or who accepted an offer of an enterprise."""
    rows = StudentProfile.objects.visible_to(user).select_related("user", "major").order_by("user__number")
    if class_of := chosen.get("class_of"):
        rows = rows.filter(class_of=class_of)
    if college := chosen.get("college"):
        rows = rows.filter(major__college=college)
    if major := chosen.get("major"):
        rows = rows.filter(major=major)
    if enterprise := chosen.get("enterprise"):
        hired = Application.objects.filter(state=ApplicationState.ACCEPTED, posting__enterprise=enterprise)
        rows = rows.filter(user__in=hired.order_by().values("student"))
    return rows


def graduate_choices() -> dict[str, list[tuple[Any, str]]]:
    """What the filter of graduates offers; four queries."""
    classes = StudentProfile.objects.order_by("-class_of").values_list("class_of", flat=True).distinct()
    hired = Application.objects.filter(state=ApplicationState.ACCEPTED).order_by().values("posting__enterprise")
    return {
        "classes": [(year, str(year)) for year in classes],
        "colleges": [(row.pk, str(row)) for row in College.objects.all()],
        "majors": [(row.pk, str(row)) for row in Major.objects.all()],
        "enterprises": [(row.pk, str(row)) for row in Enterprise.objects.filter(pk__in=hired).order_by("legal_name")],
    }


def met_at(visit: Visit, *, on: date) -> list[Contact]:
    """Contacts who were there from the enterprise and can be written to."""
    there = Participant.objects.filter(visit=visit, side=Side.ENTERPRISE, was_present=True, contact__isnull=False)
    people = Contact.objects.current(on).filter(pk__in=there.values("contact"), enterprise=visit.enterprise)
    return list(people.exclude(email="").select_related("enterprise").order_by("-is_primary", "pk"))


def people_of(visit: Visit, *, on: date) -> list[Contact]:
    """Everyone at the enterprise who can be written to."""
    people = Contact.objects.current(on).filter(enterprise=visit.enterprise).exclude(email="")
    return list(people.select_related("enterprise").order_by("-is_primary", "pk"))


def sent_after(visit: Visit) -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(visit=visit).select_related("survey", "answer")
    return rows.order_by("-invited_at", "-pk")


def running_for_enterprises(*, on: date, kinds: tuple[str, ...]) -> list[Survey]:
    return list(Survey.objects.running(on).filter(kind__in=kinds))
