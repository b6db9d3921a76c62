"""What one person has to do today, by role, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from accounts.choices import Role
from accounts.models.people import User
from agreements.selectors.promises import promise_rows
from agreements.selectors.renewals import waiting
from communities.selectors.sharing import unanswered
from dashboards.board import Content
from dashboards.pieces import tile_door
from dashboards.selectors.after_visits import AfterVisits, after_visits
from drafting.selectors.reviews import Waiting, waiting_for
from notifications.choices import Channel, MessageState
from notifications.models.messages import OutgoingMessage
from partnerships.choices.agreements import AgreementStage, AgreementState
from partnerships.choices.enterprises import FileBlock
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
from partnerships.models.enterprises import Enterprise
from partnerships.selectors.contacts import contact_rows
from partnerships.selectors.freshness import periods
from partnerships.selectors.needs import need_rows
from placements.choices import ApplicationState, PostingState
from placements.models.applications import Application
from placements.models.postings import Posting
from reports.figures.catalogue import FOUR
from reports.figures.scope import Scope
from reports.selectors.counting import number_of
from reports.selectors.progress import overall, targets_of
from reports.selectors.tiles import tiles
from visits.choices import VisitState
from visits.models.campaigns import Campaign
from visits.models.results import FollowUp
from visits.models.visits import Visit, VisitQuerySet
from visits.selectors.handover import bearers, people_who_left

ROWS = 6
SOON = timedelta(days=7)


@dataclass(frozen=True)
class LeftBehind:
    """People who left and what they still look after; all zero where there is nobody."""

    people: int = 0
    enterprises: int = 0
    others: int = 0


@dataclass(frozen=True)
class StaleFacts:
    """What nobody has confirmed in time of what is this person's own; each number opens a list."""

    enterprises: int
    contacts: int
    needs: int

    def __bool__(self) -> bool:
        return bool(self.enterprises or self.contacts or self.needs)


@dataclass(frozen=True)
class Owed:
    """What a person looks after and is late with: promises past their day, renewals that nobody decided."""

    promises: list[Commitment]
    renewals: list[Agreement]


@dataclass(frozen=True)
class StaffDay:
    """What the office or a college has to see to; each list is short and opens a longer one."""

    visits: list[Visit]
    follow_ups: list[FollowUp]
    unreported: list[Visit]
    reviews: list[Waiting]
    agreements: list[Agreement]
    postings: list[Posting]
    applications: list[Application]
    failed_mails: int
    wishes: int
    left_behind: LeftBehind
    stale: StaleFacts
    owed: Owed
    after: AfterVisits


@dataclass(frozen=True)
class LeaderDay:
    """What a leader decides on, and a leader's own visits: today's, the next ones, and those to report."""

    reviews: list[Waiting]
    today: list[Visit]
    ahead: list[Visit]
    unreported: list[Visit]
    owed: Owed
    after: AfterVisits


def _visits(user: User) -> VisitQuerySet:
    return Visit.objects.visible_to(user).select_related("enterprise").with_people()


def staff_day(user: User, *, on: date) -> StaffDay:
    """The day of the office or of college staff; the office sees everyone's follow-ups, its own first."""
    follow_ups = FollowUp.objects.due_by(on + SOON).select_related("visit__enterprise", "owner")
    if not user.is_office:
        follow_ups = follow_ups.filter(Q(owner=user) | Q(visit__organiser=user))
    agreements = Agreement.objects.visible_to(user).with_stage(on)
    waiting = Application.objects.visible_to(user).filter(state=ApplicationState.SUBMITTED)
    return StaffDay(
        visits=list(
            _visits(user)
            .filter(state__in=[VisitState.PLANNED, VisitState.CONFIRMED], starts_on__range=(on, on + SOON))
            .order_by("starts_on", "starts_at_time", "pk")[:ROWS]
        ),
        follow_ups=list(follow_ups.order_by("due_on", "pk")[:ROWS]),
        unreported=list(_visits(user).unreported(on).order_by("starts_on", "pk")[:ROWS]),
        reviews=waiting_for(user, on=on, most=ROWS),
        agreements=list(
            agreements.filter(
                Q(stage=AgreementStage.EXPIRING)
                | Q(state__in=[AgreementState.IN_REVIEW, AgreementState.AWAITING_SIGNATURES])
            )
            .select_related("enterprise", "kind")
            .order_by("ends_on", "pk")[:ROWS]
        ),
        postings=list(
            Posting.objects.filter(state=PostingState.IN_REVIEW)
            .select_related("enterprise")
            .order_by("closes_on", "pk")[:ROWS]
        ),
        applications=list(
            waiting.select_related("student", "posting__enterprise").order_by("submitted_at", "pk")[:ROWS]
        ),
        failed_mails=failed_mails() if user.is_office else 0,
        wishes=unanswered(user),
        left_behind=left_behind(on=on) if user.is_office else LeftBehind(),
        stale=stale_facts(user, on=on),
        owed=owed(user, on=on),
        after=after_visits(user, on=on),
    )


def failed_mails() -> int:
    """E-mails that could not be delivered; one query."""
    return OutgoingMessage.objects.filter(channel=Channel.EMAIL, state=MessageState.FAILED).count()


def owed(user: User, *, on: date) -> Owed:
    """As owner or deputy; two queries."""
    late = promise_rows(user).overdue(on).binding().seen_to_by(user)
    return Owed(list(late.order_by("due_on", "pk")[:ROWS]), list(waiting(user, on=on)[:ROWS]))


def left_behind(*, on: date) -> LeftBehind:
    """What waits to be handed over; at most three queries."""
    gone = people_who_left(on=on)
    left = bearers(on=on, among=gone) if gone else []
    enterprises = sum(bearer.enterprises for bearer in left)
    return LeftBehind(len(left), enterprises, sum(bearer.total for bearer in left) - enterprises)


def stale_facts(user: User, *, on: date) -> StaleFacts:
    """Stale files and needs that a person owns, stale contacts whom they know; two queries."""
    terms = periods()
    filters = {"owner": str(user.pk), "stale": "on"}
    files = Enterprise.objects.visible_to(user).current().filter(owner=user)
    numbers = User.objects.filter(pk=user.pk).values_list(
        number_of(files.filter(terms.stale(FileBlock.IDENTITY, on))),
        number_of(contact_rows(user, {"mine": True, "stale": True}, terms=terms, on=on)),
        number_of(need_rows(user, filters, terms=terms, on=on)),
    )
    return StaleFacts(*numbers.get())


def leader_day(user: User, *, on: date) -> LeaderDay:
    """A leader's visits around today, and the drafts that wait for a decision."""
    mine = _visits(user).led_by(user)
    planned = mine.filter(state__in=[VisitState.PLANNED, VisitState.CONFIRMED]).order_by("starts_on", "starts_at_time")
    return LeaderDay(
        reviews=waiting_for(user, on=on, most=ROWS),
        today=list(planned.filter(starts_on=on)[:ROWS]),
        ahead=list(planned.filter(starts_on__gt=on)[:ROWS]),
        unreported=list(mine.unreported(on).order_by("starts_on", "pk")[:ROWS]),
        owed=owed(user, on=on),
        after=after_visits(user, on=on),
    )


def four_figures(user: User, *, on: date) -> list[Content]:
    """The four figures of a leader's first page, for the campaign that runs."""
    campaign = Campaign.objects.visible_to(user).running(on).first()
    return [tile_door(tile) for tile in tiles(Scope(campaign, on, user), FOUR, overall(targets_of(campaign)))]


def open_postings(*, on: date) -> list[Posting]:
    """The newest open postings, for a visitor who has not signed in."""
    return list(Posting.objects.open(on).select_related("enterprise").order_by("-published_at", "-pk")[:ROWS])


def school_in_numbers(*, on: date) -> dict[str, int]:
    """Three numbers that a visitor may see."""
    postings = Posting.objects.open(on).aggregate(postings=Count("pk"), enterprises=Count("enterprise", distinct=True))
    return {**postings, "agreements": Agreement.objects.in_force(on).count()}


def is_leader_first(user: User) -> bool:
    """Leadership without a desk role sees the page for the road."""
    return user.has_role(Role.LEADER) and not user.has_role(Role.OFFICER, Role.ADMIN, Role.COLLEGE)
