"""Programmes run with enterprises, what was put into them, and events of the year."""

from __future__ import annotations

from decimal import Decimal

from demo.school.world import World
from demo.words.enterprise_words import LINES
from demo.words.programmes import EVENTS, PROGRAMMES, ClassWords, MoneyWords, ProgrammeWords
from events.services.events import hold_event
from partnerships.choices.programmes import ProgrammeMeasure
from partnerships.models.agreements import Agreement
from partnerships.models.programmes import Programme, ProgrammeCohort, ProgrammeCourse, Textbook
from programmes.services.investments import promise_investment, record_receipt
from programmes.services.outcomes import OutcomeLine, record_outcomes
from programmes.services.parts import add_part
from programmes.services.programmes import open_programme
from visits.services import campaigns

YEARS_OF_STUDY = 3
SOURCE = "毕业生就业质量年度报告"


def build_programmes(world: World) -> None:
    """Five programmes with their classes, what these achieved, and what the partners put in."""
    for words in PROGRAMMES:
        programme = _open(world, words)
        for each in words.classes:
            _add_class(world, programme, words, each)
        _add_courses(world, programme, words)
        for money in words.money:
            _promise(world, programme, money)


def _open(world: World, words: ProgrammeWords) -> Programme:
    partner = world.partner(words.partner)
    return open_programme(
        partner.record,
        kind=words.kind,
        name=words.name,
        level=words.level,
        number=words.number,
        agreement=Agreement.objects.filter(enterprise=partner.record, kind__code=words.kind).first(),
        since=world.today.year + words.since,
        place=words.place,
        content=words.content,
        workstations=words.workstations,
        area=words.area,
        owner=world.officer,
        majors=[world.majors[code] for code in LINES[partner.words.line].majors[:2]],
        features=words.features,
        by=world.officer,
        at=world.at(world.day(-180)),
    )


def _add_class(world: World, programme: Programme, words: ProgrammeWords, told: ClassWords) -> None:
    """The class, and its outcomes in the summer in which it graduated; the rate is that of the newest."""
    graduated = world.graduating - told.ago
    by, at = world.officer, world.at(world.day(-170))
    fields = {"year": graduated - YEARS_OF_STUDY, "name": told.name, "places": told.places, "graduates_in": graduated}
    cohort = add_part(programme, ProgrammeCohort, fields=fields, by=by, at=at)
    counts = {
        ProgrammeMeasure.ENROLLED: told.enrolled,
        ProgrammeMeasure.TRAINED: told.trained,
        ProgrammeMeasure.EMPLOYED: told.employed,
        ProgrammeMeasure.HIRED: told.hired,
    }
    lines = {measure: OutcomeLine(Decimal(n), source=SOURCE) for measure, n in counts.items() if n is not None}
    if told.ago == 1 and words.rate:
        rate = OutcomeLine(Decimal(words.rate), source=SOURCE, task=words.task)
        lines[ProgrammeMeasure.EMPLOYMENT_RATE] = rate
    year = graduated if told.trained is not None else graduated - YEARS_OF_STUDY
    assert isinstance(cohort, ProgrammeCohort)  # noqa: S101 - narrows the type
    record_outcomes(programme, lines, year=year, cohort=cohort, by=by, at=at)


def _add_courses(world: World, programme: Programme, words: ProgrammeWords) -> None:
    by, at = world.officer, world.at(world.day(-160))
    for name, term, hours, teachers in words.courses:
        fields = {"name": name, "term": term, "hours": hours, "teachers": teachers}
        add_part(programme, ProgrammeCourse, fields=fields, by=by, at=at)
    for title, editors, publisher, isbn, ago in words.books:
        year = world.today.year - ago
        book = {"title": title, "editors": editors, "publisher": publisher, "isbn": isbn, "year": year}
        add_part(programme, Textbook, fields=book, by=by, at=at)


def _promise(world: World, programme: Programme, words: MoneyWords) -> None:
    promised_on = world.day(words.promised_days)
    investment = promise_investment(
        programme.enterprise,
        kind=words.kind,
        description=words.what,
        promised=Decimal(words.promised),
        programme=programme,
        agreement=programme.agreement,
        promised_on=promised_on,
        due_on=world.day(words.due_days),
        by=world.officer,
        at=world.at(promised_on),
    )
    for amount, days, note in words.receipts:
        day = world.day(days)
        record_receipt(
            investment, amount=Decimal(amount), received_on=day, note=note, by=world.officer, at=world.at(day)
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
