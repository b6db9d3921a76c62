"""What the pages of postings need, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import StudentProfile, User
from partnerships.models.enterprises import Enterprise
from placements import matching, rules
from placements.choices import POSTING_NEXT, ApplicationState, PostingState
from placements.models.applications import Application, ApplicationMove
from placements.models.postings import SEARCHED, Posting, PostingQuerySet

PATH = (PostingState.DRAFT, PostingState.IN_REVIEW, PostingState.PUBLISHED)
ANSWERS = (
    ApplicationState.SHORTLISTED,
    ApplicationState.INTERVIEW,
    ApplicationState.OFFERED,
    ApplicationState.REJECTED,
)
FEW = 5
Reader = User | AnonymousUser


def visible_postings(user: Reader, *, on: date) -> PostingQuerySet:
    """A visitor sees the open ones; see PostingQuerySet.visible_to for people who signed in."""
    if isinstance(user, User):
        return Posting.objects.visible_to(user, on=on)
    return Posting.objects.open(on)


def is_staff(user: Reader) -> bool:
    return isinstance(user, User) and user.is_school_staff


def profile_of(user: Reader) -> StudentProfile | None:
    """The profile of a student; nobody else is told what fits."""
    if not isinstance(user, User) or not user.has_role(Role.STUDENT):
        return None
    return StudentProfile.objects.select_related("user", "major").filter(user=user).first()


def for_rows(rows: PostingQuerySet, user: Reader) -> PostingQuerySet:
    """With the names a row shows, how many applied (for staff), and the reader's own application."""
    with_names = rows.select_related("enterprise__industry", "province").prefetch_related("majors")
    lean = with_names.defer(*SEARCHED, "description", "description_en", "enterprise__about", "enterprise__search")
    applications = Application.objects.filter(posting=OuterRef("pk")).order_by()
    if is_staff(user):
        number = applications.values("posting").annotate(number=Count("pk")).values("number")
        return lean.annotate(application_count=Coalesce(Subquery(number), 0))
    if isinstance(user, User):
        own = applications.filter(student=user).values(own=JSONObject(pk="pk", state="state"))
        return lean.annotate(own_application=Subquery(own))
    return lean


@dataclass(frozen=True)
class OwnApplication:
    """What a row says of the reader's own application."""

    pk: int
    state: str

    @property
    def label(self) -> str:
        return str(ApplicationState(self.state).label)


@dataclass(frozen=True)
class PostingRow:
    """One line of the list: what a student is told of it, or how many applied."""

    posting: Posting
    why_not: str = ""
    application: OwnApplication | None = None
    applications: int = 0


def posting_rows(postings: Iterable[Posting], *, on: date, profile: StudentProfile | None) -> list[PostingRow]:
    """The lines of one page of the list; no query besides the page's own."""
    return [
        PostingRow(
            posting=posting,
            why_not=_why_not(posting, profile, on=on),
            application=_own(posting),
            applications=getattr(posting, "application_count", 0),
        )
        for posting in postings
    ]


def _own(posting: Posting) -> OwnApplication | None:
    found = getattr(posting, "own_application", None)
    return OwnApplication(**found) if found else None


def _why_not(posting: Posting, profile: StudentProfile | None, *, on: date) -> str:
    if profile is None:
        return ""
    blocking = matching.obstacles(matching.conditions(posting, profile, on=on))
    return matching.in_short(posting, blocking[0]) if blocking else ""


@dataclass(frozen=True)
class Step:
    """One stop on a path of states; `place` is done, current or empty for ahead."""

    state: str
    label: str
    place: str


def posting_path(posting: Posting) -> list[Step]:
    """From draft to its end, as far as it came."""
    now = PostingState(posting.state)
    if now in (PostingState.REJECTED, PostingState.WITHDRAWN) and not posting.published_at:
        stops = [PostingState.DRAFT, PostingState.IN_REVIEW, now] if now == PostingState.REJECTED else [PATH[0], now]
    else:
        stops = [*PATH, now if now not in PATH else PostingState.CLOSED]
    here = stops.index(now)
    places = ["done"] * here + ["current"] + [""] * (len(stops) - here - 1)
    return [Step(stop, str(stop.label), place) for stop, place in zip(stops, places, strict=True)]


def possible_moves(user: User, posting: Posting, *, is_held: bool = False) -> list[PostingState]:
    """Where this person may move it now, in the order of the states; the way back comes last.

    A posting in review that rules hold is not published before that is settled.
    """
    following = POSTING_NEXT[PostingState(posting.state)]
    if is_held and posting.state == PostingState.IN_REVIEW:
        following -= {PostingState.PUBLISHED}
    found = [state for state in PostingState if state in following and rules.can_move(user, posting, state)]
    return sorted(found, key=lambda state: state == PostingState.DRAFT)


def applications_by_state(posting: Posting) -> list[tuple[str, str, int]]:
    """(state, its word, how many), in the order of the states; only what there is."""
    found = posting.applications.order_by().values_list("state").annotate(Count("pk"))
    counts: dict[str, int] = dict(found)
    return [(state.value, str(state.label), counts[state]) for state in ApplicationState if state in counts]


@dataclass(frozen=True)
class ResponseRate:
    """Of the applications that were owed an answer, how many got one."""

    answered: int
    due: int

    @property
    def is_few(self) -> bool:
        """Too few to say anything by a percentage."""
        return self.due < FEW

    @property
    def percent(self) -> int | None:
        return round(100 * self.answered / self.due) if self.due else None

    def __str__(self) -> str:
        if not self.due:
            return _("no answer due yet")
        return _("%(answered)s of %(due)s") % {"answered": self.answered, "due": self.due}


def answer_counts(*, on: date) -> dict[str, Count]:
    """How many of the applications were answered, and how many of them an answer was owed for.

    An answer is a shortlist, an interview, an offer or a rejection. Owed is one whose promised day has come or that
    was answered before it; what was closed without reply was owed one, whatever day was promised; what a student took
    back unanswered does not count.
    """
    answered = Q(pk__in=ApplicationMove.objects.filter(state__in=ANSWERS).values("application"))
    past_its_day = Q(posting__answer_by__lte=on) & ~Q(state=ApplicationState.WITHDRAWN)
    unanswered_but_due = past_its_day | Q(state=ApplicationState.NO_REPLY)
    return {
        "answered": Count("pk", filter=answered),
        "due": Count("pk", filter=answered | unanswered_but_due),
    }


def response_rate(enterprise: Enterprise, *, on: date) -> ResponseRate:
    """Of what was sent to an enterprise; one query."""
    applications = Application.objects.filter(posting__enterprise=enterprise)
    return ResponseRate(**applications.aggregate(**answer_counts(on=on)))


def enterprise_postings(enterprise: Enterprise, user: User) -> PostingQuerySet:
    """All postings of an enterprise, newest first; for staff."""
    return for_rows(Posting.objects.visible_to(user, on=date.max).filter(enterprise=enterprise).order_by("-pk"), user)


def open_postings_of(enterprise: Enterprise, user: User, *, on: date) -> PostingQuerySet:
    """What an enterprise offers today, closing soonest first, as its public face shows it to this person."""
    rows = Posting.objects.visible_to(user, on=on).open(on).filter(enterprise=enterprise)
    return for_rows(rows.order_by("closes_on", "pk"), user)
