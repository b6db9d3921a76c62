"""Programmes run with enterprises, and events of the year."""

from __future__ import annotations

from decimal import Decimal

from demo.school.world import World
from demo.words.enterprise_words import LINES
from demo.words.programmes import EVENTS, PROGRAMMES
from partnerships.choices.programmes import ProgrammeMeasure
from partnerships.models.agreements import Agreement
from placements.services.events import hold_event
from programmes.services import programmes
from visits.services import campaigns


def build_programmes(world: World) -> None:
    """Four programmes with what they achieved last year."""
    for words in PROGRAMMES:
        partner = world.partner(words.partner)
        at = world.at(world.day(-180))
        programme = programmes.open_programme(
            partner.record,
            kind=words.kind,
            name=words.name,
            agreement=Agreement.objects.filter(enterprise=partner.record, kind__code=words.kind).first(),
            since=world.today.year + words.since,
            place=words.place,
            majors=[world.majors[code] for code in LINES[partner.words.line].majors[:2]],
            features=words.features,
            by=world.officer,
            at=at,
        )
        outcomes = {
            ProgrammeMeasure.TRAINED: Decimal(words.trained),
            ProgrammeMeasure.EMPLOYMENT_RATE: Decimal(words.rate),
            ProgrammeMeasure.HIRED: Decimal(words.hired),
        }
        for measure, number in outcomes.items():
            programmes.record_outcome(
                programme, measure=measure, number=number, year=world.graduating - 1, by=world.officer
            )


def build_events(world: World) -> None:
    """Talks, fairs and meetings; they belong to the running action of the school."""
    for words in EVENTS:
        partners = [world.partner(name) for name in words.partners]
        held = world.day(words.days)
        event = hold_event(
            kind=words.kind,
            name=words.name,
            held_on=held,
            place=words.place,
            enterprises=[partner.record for partner in partners],
            speakers=[(p.contacts[0].name, p.contacts[0].title, p.record) for p in partners],
            contents=words.contents,
            audience=words.audience,
            by=world.officer,
            at=world.at(held, 18),
        )
        campaigns.add_event(world.campaigns[0], event, by=world.officer)
