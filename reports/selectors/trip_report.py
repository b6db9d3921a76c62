"""What the report of a trip says, day by day and stop by stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models.people import User
from core.templatetags.portal import listed
from partnerships.choices.agreements import Side
from reports.figures.figure import Figure
from reports.figures.value import Value
from reports.papers import paper
from reports.papers.about import About, day
from reports.papers.paper import Paper, Part
from reports.papers.photos import small_photo
from travel.selectors.trips import Day, Stop, sheet_days
from visits.choices import EvidenceKind, TopicKind
from visits.models.campaigns import Trip
from visits.models.results import FollowUp, Outcome
from visits.models.visits import Visit

MOST_PHOTOS = 6  # of a stop


def read_trip(user: User, trip: Trip) -> list[Day]:
    """The days with their stops and all that hangs on them; a fixed number of queries."""
    days = sheet_days(user, trip)
    visits = [stop.visit for each in days for stop in each.stops]
    outcomes = Prefetch("outcomes", Outcome.objects.select_related("major"))
    follow_ups = Prefetch("follow_ups", FollowUp.objects.select_related("owner"))
    prefetch_related_objects(visits, outcomes, follow_ups, "intentions", "evidence", "topics")
    prefetch_related_objects([trip], "party__user", "offices")
    return days


@dataclass(frozen=True)
class TripReport:
    trip: Trip
    days: list[Day]
    figures: list[tuple[Figure, Value]]
    about: About

    @property
    def stops(self) -> int:
        return sum(len(each.stops) for each in self.days)

    def paper(self, parts: list[Part]) -> Paper:
        trip = self.trip
        facts = [
            (_("From"), date_format(trip.starts_on, "DATE_FORMAT")),
            (_("To"), date_format(trip.ends_on, "DATE_FORMAT")),
            (_("Goal"), trip.goal),
            (_("Campaign"), trip.campaign),
            (_("Offices"), listed(trip.offices.all())),
        ]
        return Paper(title=_("Report of a trip"), subtitle=str(trip), about=self.about, facts=facts, parts=parts)

    def parts(self, *, tick: Callable[[], None]) -> Iterator[Part]:
        yield paper.table(_("Party"), [_("Name"), _("Position"), ""], self._party(), wide=(0, 1))
        head = [_("Figure"), _("Number")]
        yield paper.table(_("In figures"), head, [[str(f.name), str(value)] for f, value in self.figures])
        has_days = any(each.on and each.stops for each in self.days)
        for each in self.days:
            if not each.stops and not has_days:
                continue  # nobody knows which stop was on which day
            name = date_format(each.on, "DATE_FORMAT") if each.on else _("Day not known")
            yield paper.heading(name, "" if each.stops else _("No stop on this day."))
            for stop in each.stops:
                yield from _stop_parts(stop)
                tick()
        yield paper.heading(_("What is to be done"))
        yield paper.table("", [_("What"), _("Enterprise"), _("Owner"), _("Due on"), _("State")], self._follow_ups(),
            wide=(0, 1))  # fmt: skip
        yield paper.signatures([_("Head of the party"), _("Written by")])

    def _party(self) -> list[list[Any]]:
        return [[member.name, member.title, _("leads") if member.leads else ""] for member in self.trip.party.all()]

    def _follow_ups(self) -> list[list[Any]]:
        found = [item for each in self.days for stop in each.stops for item in stop.visit.follow_ups.all()]
        enterprises = {stop.visit.pk: stop.visit.enterprise for each in self.days for stop in each.stops}
        return [
            [item.what, enterprises[item.visit_id], item.owner, day(item.due_on), item.get_state_display()]
            for item in sorted(found, key=lambda item: (item.due_on, item.pk))
        ]


def _stop_parts(stop: Stop) -> Iterator[Part]:
    visit = stop.visit
    yield paper.subheading(f"{stop.number}. {visit.enterprise}")
    yield paper.facts(_facts(visit))
    if visit.minutes:
        yield paper.text(_("What was said"), [visit.minutes])
    if visit.feedback:
        yield paper.text(_("What they say of our teaching"), [visit.feedback])
    if outcomes := list(visit.outcomes.all()):
        head = [_("Major"), _("Posts"), _("Starting pay"), _("Internships"), _("Internship pay")]
        offered = [[o.major, o.posts, o.post_pay, o.internships, o.internship_pay] for o in outcomes]
        yield paper.table(_("Offered by major"), head, offered)
    elif visit.nothing_offered:
        yield paper.text(_("Nothing was offered"), [visit.nothing_offered])
    if intentions := list(visit.intentions.all()):
        rows = [[each.name, each.get_kind_display(), each.terms, each.get_state_display()] for each in intentions]
        yield paper.table(_("What both sides mean to do"), [_("Intention"), _("Kind"), _("Terms"), _("State")], rows,
            wide=(0, 2))  # fmt: skip
    yield from _evidence(visit)


def _facts(visit: Visit) -> list[tuple[str, Any]]:
    times = [time_format(each, "TIME_FORMAT") for each in (visit.starts_at_time, visit.ends_at_time) if each]
    spoken = [topic.name for topic in visit.topics.all() if topic.kind == TopicKind.SPOKEN]
    return [
        (_("State"), visit.get_state_display()),
        (_("Time"), "–".join(times) or visit.get_part_of_day_display()),
        (_("Place"), visit.place or visit.address),
        (_("For the school"), _people(visit, Side.SCHOOL)),
        (_("Received by"), _people(visit, Side.ENTERPRISE)),
        (_("Spoken of"), listed(spoken)),
    ]


def _people(visit: Visit, side: str) -> str:
    """Those who were there, each with the position held that day."""
    present = (person for person in visit.participants.all() if person.side == side and person.was_present)
    return listed(f"{person} {person.display_title}".strip() for person in present)


def _evidence(visit: Visit) -> Iterator[Part]:
    evidence = list(visit.evidence.all())
    if not evidence:
        return
    rows = [[each.name, each.get_kind_display(), day(each.dated_on), each.url] for each in evidence]
    yield paper.table(
        _("Evidence"), [pgettext("of a paper", "Name"), _("Kind"), _("Dated"), _("Address")], rows, wide=(0, 3)
    )
    photos = [each for each in evidence if each.kind == EvidenceKind.PHOTO and each.file][:MOST_PHOTOS]
    shown = [(each.name, small) for each in photos if (small := small_photo(each)) is not None]
    if shown:
        yield paper.pictures(shown)
