"""What the pages of postings need, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Count, Exists, F, OrderBy, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import StudentProfile, User
from accounts.models.school import Major
from core.models import offered
from core.names import in_language
from core.search import search_query
from partnerships.models.codes import Province
from partnerships.models.enterprises import Enterprise
from placements import matching, rules
from placements.choices import POSTING_NEXT, ApplicationState, PostingState
from placements.models.applications import Application, ApplicationMove
from placements.models.postings import Posting, PostingQuerySet

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


def posting_list(
    user: Reader, wanted: dict[str, Any], *, on: date, profile: StudentProfile | None = None
) -> PostingQuerySet:
    """What may be looked for: staff all, everyone else the open ones; see PostingFilter for the keys."""
    rows = visible_postings(user, on=on) if is_staff(user) else Posting.objects.open(on)
    rows = _searched(rows, wanted.get("find") or "")
    exact = {name: wanted[name] for name in ("kind", "province", "enterprise") if wanted.get(name)}
    if is_staff(user) and wanted.get("state"):
        exact["state"] = wanted["state"]
    rows = rows.filter(**exact)
    if wanted.get("major"):
        rows = rows.filter(asks_for(wanted["major"]))
    if profile and wanted.get("mine"):
        rows = rows.filter(asks_for(profile.major_id))
    if wanted.get("class_of"):
        rows = rows.filter(Q(class_of=wanted["class_of"]) | Q(class_of__isnull=True))
    if wanted.get("pay_from"):
        rows = rows.filter(Q(pay_max__gte=wanted["pay_from"]) | Q(pay_min__gte=wanted["pay_from"]))
    return _for_rows(rows.order_by(*_order(wanted.get("sort") or "", on=on)), user)


def _searched(rows: PostingQuerySet, words: str) -> PostingQuerySet:
    """In the posting's text or the enterprise's names; each half by its own index."""
    if not words.strip():
        return rows
    query = search_query(words)
    if query is None:
        return rows.none()
    by_text = Posting.objects.filter(search=query).order_by().values("pk")
    of_enterprises = Posting.objects.filter(enterprise__in=Enterprise.objects.filter(search=query).order_by())
    return rows.filter(pk__in=by_text.union(of_enterprises.order_by().values("pk")))


def asks_for(major: int) -> Q:
    """Names this major, or none, which means all."""
    links = Posting.majors.through._default_manager.filter(posting=OuterRef("pk"))
    return Q(Exists(links.filter(major=major))) | ~Q(Exists(links))


def _order(sort: str, *, on: date) -> list[str | OrderBy | Case]:
    """Newest first; closing soonest first, those that have closed last; best paid first."""
    if sort == "closes":
        return [Case(When(closes_on__gte=on, then=Value(0)), default=Value(1)), "closes_on", "pk"]
    if sort == "pay":
        return [F("pay_max").desc(nulls_last=True), F("pay_min").desc(nulls_last=True), "-pk"]
    return ["-pk"]


def _for_rows(rows: PostingQuerySet, user: Reader) -> PostingQuerySet:
    """With the names a row shows, how many applied (for staff), and the reader's own application."""
    with_names = rows.select_related("enterprise__industry", "province").prefetch_related("majors")
    lean = with_names.defer("description", "search", "enterprise__about", "enterprise__search")
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
    """The lines of one page of posting_list; no query besides the page's own."""
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
    blocking = matching.obstacles(matching.fit(posting, profile, on=on))
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


def possible_moves(user: User, posting: Posting) -> list[PostingState]:
    """Where this person may move it now, in the order of the states."""
    following = POSTING_NEXT[PostingState(posting.state)]
    return [state for state in PostingState if state in following and rules.can_move(user, posting, state)]


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


def response_rate(enterprise: Enterprise, *, on: date) -> ResponseRate:
    """Applications answered, of those whose promised day has come or that were answered before it.

    An answer is a shortlist, an interview, an offer or a rejection. What was closed without reply was owed one,
    whatever day was promised; what a student took back unanswered does not count. One query.
    """
    answered = Q(pk__in=ApplicationMove.objects.filter(state__in=ANSWERS).values("application"))
    past_its_day = Q(posting__answer_by__lte=on) & ~Q(state=ApplicationState.WITHDRAWN)
    unanswered_but_due = past_its_day | Q(state=ApplicationState.NO_REPLY)
    counts = Application.objects.filter(posting__enterprise=enterprise).aggregate(
        answered=Count("pk", filter=answered), due=Count("pk", filter=answered | unanswered_but_due)
    )
    return ResponseRate(**counts)


def enterprise_postings(enterprise: Enterprise, user: User) -> PostingQuerySet:
    """All postings of an enterprise, newest first; for staff."""
    return _for_rows(Posting.objects.visible_to(user, on=date.max).filter(enterprise=enterprise).order_by("-pk"), user)


def open_postings_of(enterprise: Enterprise, user: User, *, on: date) -> PostingQuerySet:
    """What an enterprise offers today, closing soonest first, as its public face shows it to this person."""
    rows = Posting.objects.visible_to(user, on=on).open(on).filter(enterprise=enterprise)
    return _for_rows(rows.order_by("closes_on", "pk"), user)


def filter_choices() -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """The majors and the provinces to choose from, in one query."""
    columns = ("list", "place", "pk", "name_zh", "name_en")
    majors = Major.objects.annotate(list=Value("major"), place=F("code")).order_by().values_list(*columns)
    provinces = offered(Province.objects.all(), timezone.localdate()).annotate(list=Value("province"), place=F("code"))
    found = list(majors.union(provinces.order_by().values_list(*columns)).order_by("place"))
    named = [(of, pk, in_language(chinese, english)) for of, _place, pk, chinese, english in found]
    return (
        [(pk, name) for of, pk, name in named if of == "major"],
        [(pk, name) for of, pk, name in named if of == "province"],
    )
