"""How far a campaign is: each target with its pace, and colleges and leaders side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from accounts.models.people import User
from accounts.models.school import College
from visits.choices import Measure
from visits.models.campaigns import Campaign, CampaignTarget, ReportedTotal
from visits.selectors.figure_links import figure_address
from visits.selectors.pace import Pace, pace
from visits.selectors.tally import Tally

# Visits, distinct enterprises and person-times are three counts; they stand beside each other and are never added.
SIDE_BY_SIDE = (Measure.VISITS, Measure.ENTERPRISES, Measure.NEW_ENTERPRISES, Measure.PERSON_TIMES)


@dataclass(frozen=True)
class Number:
    """One count with its words and the page of its rows."""

    measure: Measure
    number: int
    href: str


@dataclass(frozen=True)
class Progress:
    """A target and how much of it is on file; a total that a source states stands beside and is never added."""

    target: CampaignTarget
    of_whom: str
    leaders: list[User]
    number: int
    href: str
    reached_on: date | None
    pace: Pace
    reported: ReportedTotal | None = None

    @property
    def is_reached(self) -> bool:
        return self.number >= self.target.number

    @property
    def missing(self) -> int:
        return max(self.target.number - self.number, 0)

    @property
    def percent(self) -> int:
        """Rounded down, so that 99.6 is not yet all."""
        return 100 * self.number // self.target.number

    @property
    def bar(self) -> int:
        return min(self.number, self.target.number)


@dataclass(frozen=True)
class Standing:
    """A college or a leader with the counts of their visits."""

    name: str
    title: str
    numbers: list[Number]


@dataclass(frozen=True)
class Until:
    """The days by which targets are measured."""

    first: date | None
    last: date | None
    today: date


def numbers(counted: Tally, campaign: Campaign) -> list[Number]:
    """What is counted side by side, and of the rest what there is, of everyone."""
    return [
        Number(measure, counted.number(measure), figure_address(measure, campaign.pk))
        for measure in Measure
        if measure in SIDE_BY_SIDE or counted.rows[measure]
    ]


def progress(
    target: CampaignTarget,
    counted: Tally,
    until: Until,
    *,
    people: Mapping[int, User],
    reported: ReportedTotal | None,
) -> Progress:
    """What a source states is said of everyone, so that it stands beside targets of everyone alone."""
    visits = counted.of_target(target)
    number = counted.number(target.measure, visits)
    named: list[int] = target.leader_ids  # type: ignore[attr-defined]  # fetched by campaign_with_parts
    return Progress(
        target=target,
        of_whom=_of_whom(target),
        leaders=[people[pk] for pk in named],
        number=number,
        href=figure_address(
            target.measure, target.campaign_id, role=target.role, college=target.college_id, leaders=named
        ),
        reached_on=counted.reached_on(target.measure, target.number, visits),
        pace=pace(target.number, number, first=until.first, until=until.last, today=until.today),
        reported=reported if target.is_of_everyone else None,
    )


def _of_whom(target: CampaignTarget) -> str:
    """The role, the college, or what the leaders are called together; empty for everyone."""
    if target.college is not None:
        return str(target.college)
    return target.name or (str(target.get_role_display()) if target.role else "")


def colleges(found: Iterable[College], counted: Tally, campaign: Campaign) -> list[Standing]:
    """Every college, those without a visit too."""
    return [
        Standing(str(college), "", _numbers(counted, campaign, counted.of_college(college.pk), college=college.pk))
        for college in found
    ]


def leaders(people: Iterable[User], counted: Tally, campaign: Campaign) -> list[Standing]:
    """Who was at most visits first."""
    ordered = sorted(people, key=lambda person: -len(counted.of_person(person.pk)))
    return [
        Standing(
            str(person),
            person.display_title,
            _numbers(counted, campaign, counted.of_person(person.pk), leaders=[person.pk]),
        )
        for person in ordered
    ]


def _numbers(
    counted: Tally,
    campaign: Campaign,
    visits: frozenset[int],
    *,
    college: int | None = None,
    leaders: Iterable[int] = (),
) -> list[Number]:
    return [
        Number(
            measure,
            counted.number(measure, visits),
            figure_address(measure, campaign.pk, college=college, leaders=leaders),
        )
        for measure in SIDE_BY_SIDE
    ]
