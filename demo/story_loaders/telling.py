"""What the five stories have in common: enterprises, people and visits as an account tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.models.people import User
from partnerships.choices.agreements import Side
from partnerships.models.codes import Province
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.services import contacts, enterprises
from visits.choices import Direction, EvidenceKind, Medium, ParticipantPart
from visits.models.campaigns import Campaign, Trip
from visits.models.visits import Visit
from visits.services import planning, record, reporting

Story = dict[str, Any]
MEDIUMS = {"field": Medium.ON_SITE, "online": Medium.ONLINE}


@dataclass(frozen=True)
class Teller:
    """Who enters the account, and when."""

    by: User
    at: datetime

    def enterprise(self, told: dict[str, Any] | str) -> Enterprise:
        """The file of an enterprise by the name in the account; opened when it is not there yet."""
        facts = {"name": told} if isinstance(told, str) else told
        found = Enterprise.objects.filter(legal_name=facts["name"]).first()
        if found is not None:
            return found
        place = facts.get("province") or facts.get("city", "")
        fields = {
            "legal_name": facts["name"],
            "name_en": facts["name"],
            "city": facts.get("city", ""),
            "province": Province.objects.filter(name_en=place).first(),
        }
        return enterprises.add_enterprise(by=self.by, at=self.at, fields=fields)

    def contact(self, enterprise: Enterprise, name: str, title: str) -> Contact:
        """A person of an enterprise; entered once per position."""
        found = enterprise.contacts.filter(name=name, title=title).first()
        return found or contacts.add_contact(enterprise, fields={"name": name, "title": title}, by=self.by, at=self.at)

    def visit(self, told: dict[str, Any], *, campaign: Campaign | None = None, trip: Trip | None = None) -> Visit:
        """A visit of the past, with everybody whom the account names."""
        enterprise = self.enterprise(told["enterprise"])
        visit = record.record_past_visit(
            enterprise,
            by=self.by,
            at=self.at,
            starts_on=date.fromisoformat(told["date"]) if told.get("date") else None,
            leader=None,
            part_of_day=told.get("part_of_day", ""),
            place=told.get("place", ""),
            campaigns=[campaign] if campaign else [],
            trip=trip,
            direction=Direction(told.get("direction", "outgoing")),
            medium=MEDIUMS[told.get("mode", "field")],
            topics=told.get("topics", []),
            agenda=told.get("agenda", []),
        )
        self.people(visit, Side.SCHOOL, told.get("school_side", []))
        self.people(visit, Side.ENTERPRISE, told.get("enterprise_side", []))
        return visit

    def people(self, visit: Visit, side: Side, told: Sequence[dict[str, Any]]) -> None:
        for person in told:
            is_guest = side == Side.ENTERPRISE
            planning.add_participant(
                visit,
                side=side,
                name=person["name"],
                title=person["title"],
                part=part_of(person),
                contact=self.contact(visit.enterprise, person["name"], person["title"]) if is_guest else None,
                by=self.by,
            )

    def published(self, visit: Visit, day: str) -> None:
        """The news report that the account is taken from."""
        reporting.add_evidence(
            visit,
            kind=EvidenceKind.NEWS,
            name="Published account",
            dated_on=date.fromisoformat(day),
            by=self.by,
            at=self.at,
        )


def part_of(person: dict[str, Any]) -> ParticipantPart:
    if person.get("chairs"):
        return ParticipantPart.CHAIRS
    return ParticipantPart.LEADS if person.get("leads") else ParticipantPart.TAKES_PART
