"""Numbers about postings and what became of the applications to them: counts, medians, and the rows behind each.

Everything speaks of the postings that were published in a period and of the applications to them by students of a
class and a college. College staff count their own students, so that the rows of a number are those that they may open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, Min, OuterRef, Q, QuerySet, Subquery

from accounts.models.people import User
from accounts.models.school import Major
from placements.broad_classes import class_of_code
from placements.choices import ApplicationState
from placements.models.applications import Application, ApplicationMove, ApplicationQuerySet
from placements.models.postings import Posting, PostingQuerySet
from placements.selectors.medians import Median, in_days
from placements.selectors.postings import ANSWERS

STAGES = (
    ApplicationState.SEEN, ApplicationState.SHORTLISTED, ApplicationState.INTERVIEW, ApplicationState.OFFERED,
    ApplicationState.ACCEPTED, ApplicationState.DECLINED, ApplicationState.REJECTED, ApplicationState.WITHDRAWN,
    ApplicationState.NO_REPLY,
)  # fmt: skip
MOST_ENTERPRISES = 20
SPAN = DurationField()


@dataclass(frozen=True)
class Scope:
    """Of which postings and students; empty parts narrow nothing. `on` is the day of the page."""

    on: date
    class_of: int | None = None
    college: int | None = None
    first: date | None = None
    last: date | None = None
    enterprise: int | None = None
    own_colleges: frozenset[int] = field(default_factory=frozenset)

    @property
    def of_student(self) -> dict[str, Any]:
        """The conditions on a student, as lookups from the profile."""
        found: dict[str, Any] = {}
        if self.class_of:
            found["class_of"] = self.class_of
        if self.college:
            found["major__college"] = self.college
        if self.own_colleges:
            found["major__college__in"] = self.own_colleges
        return found


def scope_of(user: User, chosen: dict[str, Any], *, on: date) -> Scope:
    """See NumbersFilter for the keys."""
    own = frozenset() if user.is_office else frozenset(user.college_ids)
    return Scope(
        on=on, class_of=chosen.get("class_of"), college=chosen.get("college"), first=chosen.get("first"),
        last=chosen.get("last"), enterprise=chosen.get("enterprise"), own_colleges=own,
    )  # fmt: skip


def postings(scope: Scope) -> PostingQuerySet:
    """Published in the period, whatever became of them."""
    rows = Posting.objects.filter(published_at__isnull=False)
    if scope.first:
        rows = rows.filter(published_at__date__gte=scope.first)
    if scope.last:
        rows = rows.filter(published_at__date__lte=scope.last)
    if scope.enterprise:
        rows = rows.filter(enterprise=scope.enterprise)
    return rows


def applications(scope: Scope) -> ApplicationQuerySet:
    """To these postings, by these students."""
    student = {f"student__student_profile__{name}": value for name, value in scope.of_student.items()}
    return Application.objects.filter(posting__in=postings(scope).order_by().values("pk"), **student)


def with_first_answer(rows: ApplicationQuerySet) -> QuerySet[Any]:
    """With `waited`: from sending it to the first answer, nothing where there is none; see postings.ANSWERS."""
    answers = ApplicationMove.objects.filter(application=OuterRef("pk"), state__in=ANSWERS).order_by()
    first = answers.values("application").annotate(first=Min("at")).values("first")
    return rows.annotate(waited=ExpressionWrapper(Subquery(first) - F("submitted_at"), output_field=SPAN))


def with_first_applicant(scope: Scope) -> QuerySet[Any]:
    """The postings with `waited`: from publishing it to the first application, nothing where there is none."""
    sent = applications(scope).filter(posting=OuterRef("pk")).order_by()
    first = sent.values("posting").annotate(first=Min("submitted_at")).values("first")
    return postings(scope).annotate(waited=ExpressionWrapper(Subquery(first) - F("published_at"), output_field=SPAN))


def without_applicant(scope: Scope) -> PostingQuerySet:
    return postings(scope).filter(~Exists(applications(scope).filter(posting=OuterRef("pk")).order_by()))


def unanswered_past_day(scope: Scope) -> ApplicationQuerySet:
    """Owed an answer and without one: past the promised day, or closed without reply."""
    past = Q(posting__answer_by__lte=scope.on) & ~Q(state=ApplicationState.WITHDRAWN)
    return applications(scope).filter(past | Q(state=ApplicationState.NO_REPLY)).exclude(pk__in=_answered())


def _answered() -> QuerySet[ApplicationMove, Any]:
    return ApplicationMove.objects.filter(state__in=ANSWERS).order_by().values("application")


def reached(scope: Scope, state: str) -> ApplicationQuerySet:
    """Applications that came to a state, wherever they stand now; with `waited` since they were sent."""
    moves = ApplicationMove.objects.filter(application=OuterRef("pk"), state=state).order_by()
    first = moves.values("application").annotate(first=Min("at")).values("first")
    waited = ExpressionWrapper(Subquery(first) - F("submitted_at"), output_field=SPAN)
    return applications(scope).annotate(waited=waited).filter(waited__isnull=False)


@dataclass(frozen=True)
class Wait:
    """A median in days, and of how many."""

    days: float | None
    number: int


@dataclass(frozen=True)
class Summary:
    postings: int
    applications: int
    to_first_applicant: Wait
    to_first_answer: Wait
    without_applicant: int
    unanswered: int


def _wait(rows: QuerySet[Any]) -> tuple[int, Wait]:
    """How many rows there are, and the median of their `waited`; one query."""
    found = rows.order_by().aggregate(all=Count("pk"), median=Median("waited"), number=Count("waited"))
    return found["all"], Wait(in_days(found["median"]), found["number"])


def summary(scope: Scope) -> Summary:
    """Three queries."""
    number, to_first = _wait(with_first_applicant(scope))
    sent, to_answer = _wait(with_first_answer(applications(scope)))
    return Summary(
        postings=number,
        applications=sent,
        to_first_applicant=to_first,
        to_first_answer=to_answer,
        without_applicant=number - to_first.number,
        unanswered=unanswered_past_day(scope).count(),
    )


@dataclass(frozen=True)
class Stage:
    """How many applications came so far, of how many; how long it took; how many stand there now."""

    state: ApplicationState
    number: int
    of: int
    days: float | None
    now: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.number / self.of) if self.of else None


def stages(scope: Scope) -> list[Stage]:
    """Two queries. The first time that an application came to a state counts."""
    rows = applications(scope).order_by()
    now: dict[str, int] = dict(rows.values_list("state").annotate(Count("pk")))
    first = ApplicationMove.objects.filter(application__in=rows.values("pk"), state__in=STAGES)
    later = first.filter(application=OuterRef("application"), state=OuterRef("state"), pk__lt=OuterRef("pk"))
    waited = ExpressionWrapper(F("at") - F("application__submitted_at"), output_field=SPAN)
    found = (
        first.filter(~Exists(later.order_by()))
        .order_by()
        .values("state")
        .annotate(number=Count("pk"), median=Median(waited))
        .values_list("state", "number", "median")
    )
    came = {state: (number, median) for state, number, median in found}
    total = sum(now.values())
    return [
        Stage(state, came.get(state, (0, None))[0], total, in_days(came.get(state, (0, None))[1]), now.get(state, 0))
        for state in STAGES
    ]


def majors_with_few(scope: Scope) -> list[tuple[Major, int, int]]:
    """(major, open postings that name it or its broad class, its students), the fewest first; two queries."""
    open_now = Posting.objects.open(scope.on)
    named: dict[int, set[int]] = {}
    classes: dict[str, set[int]] = {}
    rows: Iterable[tuple[int, int | None, list[str]]] = open_now.order_by().values_list("pk", "majors", "major_classes")
    for posting, major, broad in rows:
        if major is not None:
            named.setdefault(major, set()).add(posting)
        for code in broad:
            classes.setdefault(code, set()).add(posting)
    wanted = {name.removeprefix("major__"): value for name, value in scope.of_student.items() if name != "class_of"}
    of_class = Q(students__class_of=scope.class_of) if scope.class_of else Q()
    majors = Major.objects.filter(**wanted).annotate(people=Count("students", filter=of_class)).filter(people__gt=0)
    counted = [
        (major, len(named.get(major.pk, set()) | classes.get(class_of_code(major.code), set())), major.people)
        for major in majors.select_related("college").order_by("code")
    ]
    short = [row for row in counted if row[1] < few()]
    return sorted(short, key=lambda row: (row[1], -row[2], row[0].code))


def naming(major: Major, *, on: date) -> PostingQuerySet:
    """Open postings that name a major or its broad class; those open to all majors name none."""
    links = Posting.majors.through._default_manager.filter(posting=OuterRef("pk"), major=major)
    return Posting.objects.open(on).filter(Q(Exists(links)) | Q(major_classes__contains=[class_of_code(major.code)]))


def few() -> int:
    """Below so many open postings a major stands among those with few."""
    return int(settings.FEW_POSTINGS_OF_A_MAJOR)
