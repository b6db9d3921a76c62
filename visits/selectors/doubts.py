"""What makes the office look twice at a report: evidence that is missing and numbers that are not plausible.

Nothing here refuses anything: each doubt is said with its numbers, and a person decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.conf import settings
from django.db.models import Prefetch
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.working_days import WorkingDays, working_days
from partnerships.choices.agreements import Side
from visits.choices import TOOK_PLACE, EvidenceKind, ParticipantPart
from visits.models.results import Outcome
from visits.models.visits import Participant, Visit, VisitQuerySet

SHOWS_IT = (EvidenceKind.PHOTO, EvidenceKind.SIGN_IN_SHEET, EvidenceKind.NEWS)
LEADING = (ParticipantPart.LEADS, ParticipantPart.CHAIRS)
SATURDAY = 5
PAYS = (("post_pay", "posts"), ("internship_pay", "internships"))


@dataclass(frozen=True)
class Doubt:
    """`code` names the question, `text` asks it with its numbers."""

    code: str
    text: str


@dataclass(frozen=True)
class Around:
    """What lies around some visits: special days, offers of their enterprises, what their leaders led on those days."""

    days: WorkingDays
    offers: dict[int, list[Outcome]]
    led: dict[tuple[int, date], list[Visit]]


def with_what_is_checked(visits: VisitQuerySet) -> VisitQuerySet:
    """Reports with everything that doubts_of reads of them; three queries more."""
    return visits.select_related("enterprise", "reported_by").prefetch_related(
        Prefetch("participants", Participant.objects.select_related("user")),
        Prefetch("outcomes", Outcome.objects.select_related("major")),
        "evidence",
    )


def add_doubts(visits: list[Visit]) -> list[Visit]:
    """Give each visit its `doubts`; three queries, however many visits."""
    around = _around(visits)
    for visit in visits:
        visit.doubts = doubts_of(visit, around)  # type: ignore[attr-defined]
    return visits


def doubts_of(visit: Visit, around: Around) -> list[Doubt]:
    """Everything that is doubtful of one report, evidence first."""
    return [
        *_missing(visit),
        *_numbers(visit),
        *_reported_twice(visit, around.offers.get(visit.enterprise_id, [])),
        *_day_off(visit, around.days),
        *_in_two_places(visit, around.led),
    ]


def _missing(visit: Visit) -> Iterable[Doubt]:
    evidence, people = list(visit.evidence.all()), [one for one in visit.participants.all() if one.was_present]
    ours = [person for person in people if person.side == Side.SCHOOL]
    if not any(item.kind in SHOWS_IT for item in evidence):
        text = ngettext(
            "No photo, sign-in sheet or news report (%(number)s other piece of evidence).",
            "No photo, sign-in sheet or news report (%(number)s other pieces of evidence).",
            len(evidence),
        )
        yield Doubt("evidence", text % {"number": len(evidence)})
    if not visit.minutes.strip():
        yield Doubt("minutes", _("Nothing is written of what was said."))
    if not any(person.part in LEADING for person in ours):
        text = _("Nobody who led the visit was there (people from the school: %(number)s).")
        yield Doubt("leader", text % {"number": len(ours)})
    if len(ours) == len(people):
        yield Doubt("host", _("Nobody of the enterprise is named."))
    if not visit.outcomes.all() and not visit.nothing_offered.strip():
        yield Doubt("outcomes", _("Nothing was offered for any major, and no reason is given."))


def _numbers(visit: Visit) -> Iterable[Doubt]:
    staff, plausible = visit.enterprise.staff_count, settings.PLAUSIBLE
    for row in visit.outcomes.all():
        places = row.posts + row.internships
        if staff and places * 100 > staff * plausible["percent_of_staff"]:
            text = _("%(major)s: %(places)s places, and %(staff)s people work there (%(percent)s%%).")
            numbers = {"places": _grouped(places), "staff": _grouped(staff), "percent": _grouped(places * 100 // staff)}
            yield Doubt("staff", text % {"major": row.major, **numbers})
        for field, _offer in PAYS:
            pay, (low, high) = getattr(row, field), plausible[field]
            if pay is not None and not low <= pay <= high:
                text = _("%(major)s: %(pay)s yuan a month is outside %(low)s to %(high)s (%(what)s).")
                band = {"pay": _grouped(pay), "low": _grouped(low), "high": _grouped(high)}
                what = Outcome._meta.get_field(field).verbose_name  # type: ignore[union-attr]
                yield Doubt("pay", text % {"major": row.major, **band, "what": what})


def _reported_twice(visit: Visit, offers: list[Outcome]) -> Iterable[Doubt]:
    within = settings.PLAUSIBLE["same_posts_within"]
    for row in visit.outcomes.all():
        for other in offers:
            day, other_day = visit.starts_on, other.visit.starts_on
            if other.visit_id == visit.pk or day is None or other_day is None:
                continue
            same = (row.major_id, row.posts, row.internships) == (other.major_id, other.posts, other.internships)
            if same and abs((day - other_day).days) <= within:
                text = _("%(major)s: the same %(places)s places were reported for the visit of %(day)s.")
                numbers = {"places": row.posts + row.internships, "day": date_format(other_day, "SHORT_DATE_FORMAT")}
                yield Doubt("twice", text % {"major": row.major, **numbers})


def _day_off(visit: Visit, days: WorkingDays) -> Iterable[Doubt]:
    day = visit.starts_on
    if day is not None and not days.is_workday(day):
        words = {"day": date_format(day, "DATE_FORMAT"), "weekday": date_format(day, "l")}
        yield Doubt("day_off", _("%(day)s (%(weekday)s) was a day off.") % words)


def _in_two_places(visit: Visit, led: dict[tuple[int, date], list[Visit]]) -> Iterable[Doubt]:
    if visit.starts_on is None:
        return
    for person in visit.participants.all():
        if person.user_id is None or person.part != ParticipantPart.LEADS or not person.was_present:
            continue
        for other in led.get((person.user_id, visit.starts_on), []):
            if other.pk != visit.pk and _overlap(visit, other):
                text = _("%(name)s led a visit to %(enterprise)s at the same time (%(when)s).")
                yield Doubt("overlap", text % {"name": person, "enterprise": other.enterprise, "when": _when(other)})


def _overlap(one: Visit, other: Visit) -> bool:
    """At one time on one day; one whose hour nobody wrote down takes its part of the day."""
    if one.starts_at_time is None or other.starts_at_time is None:
        return bool(one.part_of_day) and one.part_of_day == other.part_of_day
    return one.starts_at_time < _end(other) and other.starts_at_time < _end(one)


def _end(visit: Visit) -> time:
    """When it ended; an hour after its beginning where nobody wrote it down."""
    if visit.ends_at_time or visit.starts_at_time is None:
        return visit.ends_at_time or time.max
    begins = visit.starts_at_time
    return begins.replace(hour=begins.hour + 1) if begins.hour < time.max.hour else time.max


def _when(visit: Visit) -> str:
    return f"{visit.starts_at_time:%H:%M}" if visit.starts_at_time else str(visit.get_part_of_day_display())


def _around(visits: list[Visit]) -> Around:
    days = {visit.starts_on for visit in visits if visit.starts_on}
    if not days:
        return Around(WorkingDays({}), {}, {})
    within = timedelta(days=settings.PLAUSIBLE["same_posts_within"])
    offers: dict[int, list[Outcome]] = defaultdict(list)
    found = Outcome.objects.filter(
        visit__enterprise__in={visit.enterprise_id for visit in visits},
        visit__state__in=TOOK_PLACE,
        visit__starts_on__range=(min(days) - within, max(days) + within),
    )
    for row in found.select_related("visit"):
        offers[row.visit.enterprise_id].append(row)
    return Around(working_days(), offers, _led_on(days, visits))


def _led_on(days: set[date], visits: list[Visit]) -> dict[tuple[int, date], list[Visit]]:
    """What the leaders of these visits led on those days."""
    people = {
        person.user_id
        for visit in visits
        for person in visit.participants.all()
        if person.user_id and person.part == ParticipantPart.LEADS
    }
    leading = Participant.objects.filter(
        user__in=people, side=Side.SCHOOL, part=ParticipantPart.LEADS, was_present=True,
        visit__starts_on__in=days, visit__state__in=TOOK_PLACE,
    )  # fmt: skip
    led: dict[tuple[int, date], list[Visit]] = defaultdict(list)
    for person in leading.select_related("visit__enterprise"):
        if person.user_id and person.visit.starts_on:
            led[person.user_id, person.visit.starts_on].append(person.visit)
    return led


def _grouped(number: int) -> str:
    return number_format(number, 0, force_grouping=True)
