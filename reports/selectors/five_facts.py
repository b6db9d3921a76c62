"""Five facts of a month about what one person looks after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from accounts.models.people import User
from core.days import midnight
from partnerships.choices.agreements import Side
from partnerships.models.agreements import Agreement
from partnerships.models.enterprises import Enterprise
from partnerships.reminders.monthly import SILENT_MONTHS, silent_since
from placements.models.postings import Posting
from reports.figures.catalogue import FIGURES
from reports.figures.figure import Rows
from reports.figures.placements import applications
from reports.figures.scope import Scope
from reports.selectors.counting import number_of
from visits.choices import FollowUpState
from visits.models.results import FollowUp
from visits.models.visits import Participant, Visit

ENDING = timedelta(days=90)


@dataclass(frozen=True)
class FiveFacts:
    """Of a month, as it was on the day after it; each counts only what the person may see."""

    visits: int
    follow_ups_done: int
    follow_ups_open: int
    agreements_signed: int
    agreements_ending: int
    postings: int
    applications: int
    silent: int


def five_facts(user: User, *, on: date) -> FiveFacts:
    """Of the month before the one that begins on this day; two queries."""
    last = on - timedelta(days=1)
    scope = Scope(None, on, user, since=last.replace(day=1), until=last)
    done = Q(state=FollowUpState.DONE, closed_at__range=_moments(scope))
    follow_ups = FollowUp.objects.filter(owner=user)
    signed, ending = _agreements(scope, user)
    postings, received = _postings(scope, user)
    files = Enterprise.objects.visible_to(user).current().filter(owner=user)
    numbers = User.objects.filter(pk=user.pk).values_list(
        number_of(_visits(scope, user)),
        number_of(follow_ups.filter(done)),
        number_of(follow_ups.open()),
        number_of(signed),
        number_of(ending),
        number_of(postings),
        number_of(received),
        number_of(files.filter(silent_since(SILENT_MONTHS, on))),
    )
    return FiveFacts(*numbers.get())


def _moments(scope: Scope) -> tuple[datetime, datetime]:
    assert scope.since is not None  # noqa: S101 - made above
    return midnight(scope.since), midnight(scope.on)


def _visits(scope: Scope, user: User) -> QuerySet[Visit]:
    """Those that took place, which the person organised or was at."""
    was_there = Participant.objects.filter(user=user, side=Side.SCHOOL).order_by().values("visit")
    rows = Visit.objects.visible_to(user).took_place().filter(starts_on__range=(scope.since, scope.until))
    return rows.filter(Q(organiser=user) | Q(pk__in=was_there))


def _agreements(scope: Scope, user: User) -> tuple[Rows, Rows]:
    mine = Q(owner=user) | Q(deputy=user)
    in_force = Agreement.objects.visible_to(user).in_force(scope.on)
    ending = in_force.filter(mine, renews_itself=False, ends_on__lte=scope.on + ENDING)
    return FIGURES["agreements-signed"].rows(scope).filter(mine), ending


def _postings(scope: Scope, user: User) -> tuple[Rows, Rows]:
    """What the person published or their enterprises offered; and who applied to any such posting in the month."""
    mine = Q(created_by=user) | Q(enterprise__owner=user)
    postings = Posting.objects.visible_to(user, on=scope.on).filter(mine)
    received = applications(scope).filter(submitted_at__range=_moments(scope), posting__in=postings.values("pk"))
    return postings.filter(published_at__range=_moments(scope)), received
