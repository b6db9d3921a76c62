"""What people are reminded of after a visit: reports that are missing, and those that were returned; reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import Assistant, User
from notifications.choices import Counting, Matter
from notifications.occasions import Asked, Occasion, Rule, Words
from notifications.terms import Terms
from visits.choices import AHEAD, VisitState
from visits.models.reports import ReportReturn
from visits.models.visits import Visit
from visits.reminders.visits import AT_ONCE, leads
from visits.selectors.checking import writers_of
from visits.words import words_of

Assistants = Mapping[int, list[User]]
WRITERS = ("reported_by", "reported_for", "organiser")  # those whom writers_of reads


def return_still_open(subject_id: int, *, now: datetime) -> bool:
    """Asked of the remark at the moment of sending: nobody has answered it yet."""
    return ReportReturn.objects.filter(pk=subject_id, answered_at=None).exists()


def _reports(asked: Asked) -> Iterator[Occasion]:
    """Held, or past without anybody having said whether it was held. Older ones are a backlog, not a matter for a
    letter.
    """
    unreported = asked.narrowed(Visit.objects.filter(state__in=[VisitState.HELD, *AHEAD]))
    visits = unreported.filter(starts_on__range=asked.around, starts_on__lte=asked.today)
    rows = visits.select_related("enterprise", "organiser").prefetch_related("participants__user")
    helped = _assistants(asked.today)
    for visit in rows.iterator(chunk_size=AT_ONCE):
        mark = asked.mark_of(visit.starts_on) if visit.starts_on else None
        if mark is not None and visit.starts_on is not None:
            yield Occasion(
                subject_id=visit.pk,
                on=visit.starts_on,
                mark=mark,
                people=_who_writes(visit, helped),
                words=partial(words_of, visit),
                link=reverse("visits:report", args=[visit.pk]),
                enterprise_id=visit.enterprise_id,
                because={"state": visit.state},
            )


def _assistants(on: date) -> Assistants:
    """Who writes for which leader; one query."""
    found: dict[int, list[User]] = defaultdict(list)
    rows = Assistant.objects.in_force(on).filter(user__is_active=True)
    for row in rows.select_related("user"):
        found[row.leader_id].append(row.user)
    return found


def _who_writes(visit: Visit, helped: Assistants) -> dict[str, list[User]]:
    """Assistants of the leaders, and the organiser; never the leader. Who organised what they lead writes themselves,
    unless somebody does it for them.
    """
    leaders = {person.user_id for person in visit.participants.all() if person.user_id and leads(person)}
    writers = [user for leader in sorted(leaders) for user in helped.get(leader, ()) if user.pk not in leaders]
    organiser = visit.organiser
    is_told = organiser is not None and not (writers and organiser.pk in leaders)
    return {"organiser": [organiser] if organiser and is_told else [], "writer": writers}


def _returned(asked: Asked) -> Iterator[Occasion]:
    """Remarks that nobody has answered, told to whoever was told of them at once."""
    waiting = asked.narrowed(ReportReturn.objects.filter(answered_at=None, at__date__range=asked.around))
    rows = waiting.select_related("by", "visit__enterprise", *(f"visit__{name}" for name in WRITERS))
    for returned in rows.iterator(chunk_size=AT_ONCE):
        on = timezone.localdate(returned.at)
        mark = asked.mark_of(on)
        if mark is not None:
            yield Occasion(
                subject_id=returned.pk,
                on=on,
                mark=mark,
                people={"reporter": [person for person in writers_of(returned.visit) if person != returned.by]},
                words=partial(_words_of_return, returned),
                link=reverse("visits:correct", args=[returned.visit_id]),
                enterprise_id=returned.visit.enterprise_id,
            )


def _words_of_return(returned: ReportReturn, to: User) -> Words:
    day = timezone.localdate(returned.at)
    return {**words_of(returned.visit, to), "remark": returned.remark, "by": str(returned.by), "returned_on": day}


RULES = (
    Rule(
        slug="visits.report",
        name=_("Report missing"),
        about=_("A visit is over, and nobody has reported it or called it off."),
        matter=Matter.VISIT,
        template="emails/visits/report_missing.txt",
        terms=Terms(marks=(4,), until=40, counting=Counting.WORKING_DAYS, audiences=("organiser", "writer")),
        audiences={"organiser": _("Organiser"), "writer": _("Who writes for its leader")},
        find=_reports,
    ),
    Rule(
        slug="visits.returned",
        name=_("Returned report not answered"),
        about=_("The office gave a report back, and it was not sent again."),
        matter=Matter.VISIT,
        template="emails/visits/report_still_returned.txt",
        terms=Terms(marks=(3,), until=20, counting=Counting.WORKING_DAYS, audiences=("reporter",)),
        audiences={"reporter": _("Who wrote the report")},
        find=_returned,
    ),
)
