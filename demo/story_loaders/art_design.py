"""An incoming visit, the practice-base contract signed that day, and a meeting for students."""

from __future__ import annotations

from datetime import date

from accounts import services as school_services
from accounts.choices import OfficeKind
from accounts.models.school import College
from agreements.services.past import file_past_agreement
from demo.story_loaders.telling import Story, Teller
from events.choices import EventKind
from events.services.events import hold_event
from partnerships.choices.agreements import Side
from partnerships.models.codes import AgreementKind
from visits.choices import Direction, IntentionKind, IntentionState
from visits.models.visits import Visit
from visits.services import links, reporting
from visits.services.events import link_event

OUTCOMES = {
    "preliminary plan agreed": (IntentionKind.PLAN, IntentionState.AGREED),
    "practice-base contract signed": (IntentionKind.AGREEMENT, IntentionState.DONE),
}


def load(story: Story, teller: Teller) -> None:
    college = school_services.add_college(code="AD", name_zh="", name_en=story["school"]["college"])
    for name in story["school"]["departments"]:
        school_services.add_office(name_zh="", name_en=name, kind=OfficeKind.DEPARTMENT, college=college)
    for told in story["visits"]:
        visit = teller.visit(told)
        for outcome in told["outcomes"]:
            kind, state = OUTCOMES[outcome]
            reporting.add_intention(visit, kind=kind, name=outcome, state=state, by=teller.by, at=teller.at)
        _agreements(story, teller, visit, college)
    _events(story, teller)


def _agreements(story: Story, teller: Teller, visit: Visit, college: College) -> None:
    titles = {person.name: person.title for person in visit.participants.filter(side=Side.SCHOOL)}
    for told in story["agreements"]:
        signed = date.fromisoformat(told["signed"])
        agreement = file_past_agreement(
            teller.enterprise(told["enterprise"]),
            kind=AgreementKind.objects.get(code="practice_base"),
            title="Practice base contract",
            signed_on=signed,
            starts_on=signed,
            signatures=[(Side.SCHOOL, name, titles[name]) for name in told["signed_by_school"]],
            colleges=[college],
            by=teller.by,
            at=teller.at,
        )
        if told["from_visit"]:
            links.link_agreement(visit, agreement, by=teller.by, at=teller.at)


def _events(story: Story, teller: Teller) -> None:
    for told in story["events"]:
        enterprises = [teller.enterprise(name) for name in told["enterprises"]]
        people = {contact.name: contact for enterprise in enterprises for contact in enterprise.contacts.all()}
        event = hold_event(
            kind=EventKind.RECOMMENDATION_MEETING,
            name=told["kind"].capitalize(),
            held_on=date.fromisoformat(told["date"]),
            enterprises=enterprises,
            speakers=[(name, people[name].title, people[name].enterprise) for name in told["speakers"]],
            contents=told["contents"],
            audience=told["audience"],
            by=teller.by,
            at=teller.at,
        )
        guests = Visit.objects.filter(enterprise__in=enterprises, direction=Direction.INCOMING)
        for visit in guests.filter(starts_on=event.held_on):
            link_event(visit, event, by=teller.by, at=teller.at)
