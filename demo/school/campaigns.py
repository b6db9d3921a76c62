"""The two actions that run: the school's leadership, and the colleges."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from demo.school.world import World
from demo.words.campaigns import CAMPAIGNS, RECRUITMENT, TargetWords
from partnerships.choices.agreements import Side
from visits.choices import IntentionKind, IntentionState
from visits.models.visits import Visit
from visits.services import campaigns, reporting
from visits.services.campaigns import ReportDayLine, TargetLine

REPORTED_EACH = 20  # of the month


def build_campaigns(world: World) -> None:
    """Both run through the school year of the class that graduates next."""
    year = world.graduating
    starts = date(year - 1, 9, 1)
    for words in CAMPAIGNS:
        world.campaigns.append(
            campaigns.open_campaign(
                name=words.name.format(year=year),
                theme=words.theme,
                document_number=words.document_number.format(issued=year - 1),
                document=words.document.format(year=year),
                class_of=year,
                starts_on=starts,
                ends_on=date(year, 8, 31),
                points=words.points,
                targets=[_target(world, target) for target in words.targets],
                report_days=list(_report_days(world, starts, words.reports)),
                by=world.officer,
                at=world.at(starts),
            )
        )


def _target(world: World, words: TargetWords) -> TargetLine:
    return TargetLine(
        measure=words.measure,
        role=words.role,
        number=words.number,
        college=world.colleges.get(words.college),
        leaders=[world.staff[account] for account in words.leaders],
        name=words.name,
    )


def _report_days(world: World, starts: date, what: str) -> Iterator[ReportDayLine]:
    """Every month of the school year, reported the day before; the latest is still owed."""
    months = [(starts.year + number // 12, number % 12 + 1) for number in range(starts.month - 1, starts.month + 11)]
    days = [date(year, month, REPORTED_EACH) for year, month in months]
    past = [day for day in days if day < world.today]
    for day in days:
        yield ReportDayLine(day, what, day - timedelta(days=1) if day in past[:-1] else None)


def build_results(world: World) -> None:
    """Whose visits they were, and enterprises that agreed to recruit on campus."""
    held = Visit.objects.took_place().order_by("starts_on", "pk")
    for place, visit in enumerate(held.prefetch_related("participants__user", "outcomes__major")):
        people = [person.user for person in visit.participants.all() if person.side == Side.SCHOOL and person.user]
        colleges = {pk for user in people for pk in user.college_ids}
        visit.colleges.set(colleges or {outcome.major.college_id for outcome in visit.outcomes.all()})
        if place % 4 == 0 and visit.reported_at:
            reporting.add_intention(
                visit,
                kind=IntentionKind.RECRUITMENT,
                name=RECRUITMENT.format(year=world.graduating),
                state=IntentionState.AGREED,
                by=world.officer,
                at=visit.reported_at,
            )
