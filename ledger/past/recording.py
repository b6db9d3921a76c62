"""A past visit as a person would have entered it: recorded, its people seated, reported."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts.models.people import User
from accounts.models.school import Major
from core.saving import lock, save
from partnerships.choices.agreements import Side
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from visits.choices import Direction, IntentionKind, Medium, ParticipantPart
from visits.models.campaigns import Campaign
from visits.models.results import Outcome
from visits.models.visits import Participant, Visit
from visits.services import planning
from visits.services.record import record_past_visit
from visits.services.reporting import IntentionLine, OutcomeLine, report_visit

LINE = ("posts", "post_pay", "internships", "internship_pay")
BESIDE = ("average_pay", "graduates")  # what the report's lines do not hold


def record(file: Enterprise, said: dict[str, Any], *, on: date, by: User, at: datetime) -> Visit:
    """One visit with its report. Raises RuleBroken and ValidationError."""
    users = User.objects.in_bulk([person["user"] for person in _people(said) if person["user"]])
    leader = next((users.get(person["user"]) for person in said.get("leader", [])), None)
    companions = {users[p["user"]] for p in said.get("companions", []) if p["user"] in users} - {leader}
    visit = record_past_visit(
        file,
        by=by,
        at=at,
        starts_on=on,
        leader=leader,
        companions=sorted(companions, key=lambda user: user.pk),
        campaigns=Campaign.objects.filter(pk__in=said.get("campaigns", [])),
        direction=Direction(said.get("direction", Direction.OUTGOING)),
        medium=Medium(said.get("medium", Medium.ON_SITE)),
        place=said.get("place", ""),
    )
    _seat(visit, said, by=by)
    if "colleges" in said:
        visit.colleges.set(said["colleges"])
    if "result_form" in said:
        visit = lock(visit)
        visit.result_form_id = said["result_form"]
        save(visit)
    return _report(visit, said, by=by, at=at)


def _people(said: dict[str, Any]) -> list[dict[str, Any]]:
    return [*said.get("leader", []), *said.get("companions", [])]


def _seat(visit: Visit, said: dict[str, Any], *, by: User) -> None:
    """Those without an account, the positions that the ledger names, and who received us."""
    seated = {person.user_id: person for person in visit.participants.all()}
    leaders = said.get("leader", [])
    for person in _people(said):
        own: Participant | None = seated.get(person["user"]) if person["user"] else None
        if own is not None and person["title"] and own.title != person["title"]:
            own.title = person["title"]
            own.save()
        elif own is None and person["user"] is None:
            part = ParticipantPart.LEADS if person in leaders else ParticipantPart.TAKES_PART
            planning.add_participant(
                visit, side=Side.SCHOOL, name=person["name"], title=person["title"], part=part, by=by
            )
    if said.get("host"):
        known = Contact.objects.filter(enterprise=visit.enterprise, name=said["host"]).order_by("pk").first()
        title = said.get("host_title", "") or (known.title if known else "")
        planning.add_participant(
            visit, side=Side.ENTERPRISE, name=said["host"], title=title, part=ParticipantPart.CHAIRS, contact=known,
            by=by,
        )  # fmt: skip


def _report(visit: Visit, said: dict[str, Any], *, by: User, at: datetime) -> Visit:
    offers = said.get("offers", [])
    majors = Major.objects.in_bulk([offer["major"] for offer in offers])
    lines = [
        OutcomeLine(majors[offer["major"]], **{name: offer[name] for name in LINE if offer.get(name) is not None})
        for offer in offers
    ]
    visit = report_visit(
        visit,
        by=by,
        at=at,
        minutes=said.get("minutes", ""),
        feedback=said.get("feedback", ""),
        outcomes=lines,
        commitments=[],
        intentions=[IntentionLine(IntentionKind.OTHER, name) for name in said.get("intentions", [])],
    )
    for offer in offers:
        beside = {name: offer[name] for name in BESIDE if offer.get(name) is not None}
        if beside:
            Outcome.objects.filter(visit=visit, major=offer["major"]).update(**beside)
    return visit
