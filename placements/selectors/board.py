"""The applicants of one posting, beside each other by the state of their application; a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from accounts.models.people import User
from core.names import in_language
from placements import rules
from placements.choices import APPLICATION_NEXT, ApplicationState
from placements.models.applications import Application, ApplicationNote, ApplicationQuerySet
from placements.models.interviews import InterviewBooking
from placements.models.postings import Posting

PER_COLUMN = 20
RUNNING = tuple(state for state in ApplicationState if APPLICATION_NEXT[state])
BY_STAFF = tuple(
    state for state in ApplicationState if state not in rules.STUDENT_MOVES and state != ApplicationState.SUBMITTED
)


@dataclass(frozen=True)
class Column:
    """One state: how many stand there, and the first of them."""

    state: ApplicationState
    number: int
    applications: list[Application]

    @property
    def label(self) -> str:
        return str(self.state.label)

    @property
    def rest(self) -> int:
        return self.number - len(self.applications)

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING


def applicants(posting: Posting, user: User) -> ApplicationQuerySet:
    """Whose applications to this posting the person may see."""
    return Application.objects.visible_to(user).filter(posting=posting)


def narrowed(rows: ApplicationQuerySet, chosen: dict[str, Any]) -> ApplicationQuerySet:
    """See BoardFilter for the keys."""
    if chosen.get("state"):
        rows = rows.filter(state=chosen["state"])
    if chosen.get("major"):
        rows = rows.filter(student__student_profile__major=chosen["major"])
    if chosen.get("class_of"):
        rows = rows.filter(student__student_profile__class_of=chosen["class_of"])
    if chosen.get("without_hour"):
        rows = rows.filter(~Exists(_booked()), state=ApplicationState.INTERVIEW)
    words = (chosen.get("find") or "").strip()
    if words:
        named = Q(name__icontains=words) | Q(name_en__icontains=words) | Q(number__istartswith=words)
        rows = rows.filter(student__in=User.objects.filter(named).order_by())
    return rows


def _booked() -> Any:
    return InterviewBooking.objects.filter(application=OuterRef("pk"), cancelled_at__isnull=True)


def with_card(rows: ApplicationQuerySet) -> ApplicationQuerySet:
    """With what a card shows: who it is, the hour that is booked, and how many notes there are."""
    notes = ApplicationNote.objects.filter(application=OuterRef("pk"), contact__isnull=True).order_by()
    number = notes.values("application").annotate(number=Count("pk")).values("number")
    booked = InterviewBooking.objects.filter(cancelled_at__isnull=True).select_related("slot")
    return (
        rows.select_related("student__student_profile__major")
        .prefetch_related(Prefetch("bookings", booked, to_attr="booked"))
        .annotate(note_count=Coalesce(Subquery(number), 0))
        .defer("letter", "snapshot")
    )


def columns(rows: ApplicationQuerySet) -> list[Column]:
    """Every state that runs, and the ended ones that somebody stands in; the first of each, newest first."""
    counts: dict[str, int] = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    newest = [F("submitted_at").desc(), F("pk").desc()]
    if not counts:
        return []
    place = Window(RowNumber(), partition_by=[F("state")], order_by=newest)
    first = rows.order_by().annotate(place=place).filter(place__lte=PER_COLUMN).values("pk")
    standing: dict[str, list[Application]] = {}
    for application in with_card(Application.objects.filter(pk__in=list(first.values_list("pk", flat=True)))):
        standing.setdefault(application.state, []).append(application)
    shown = [state for state in ApplicationState if state in counts or (state in RUNNING and len(counts) != 1)]
    return [Column(state, counts.get(state, 0), standing.get(state, [])) for state in shown]


def choices_of(rows: ApplicationQuerySet) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """The majors and the classes that applicants come from, in one query."""
    of = "student__student_profile__"
    found = list(
        rows.order_by()
        .values_list(f"{of}major", f"{of}major__name_zh", f"{of}major__name_en", f"{of}class_of")
        .distinct()
    )
    majors = {pk: in_language(chinese, english) for pk, chinese, english, _class in found if pk}
    classes = sorted({class_of for *_major, class_of in found if class_of})
    return sorted(majors.items(), key=lambda pair: pair[1]), [(year, str(year)) for year in classes]


def picked(posting: Posting, user: User, wanted: Iterable[tuple[int, int]]) -> list[tuple[Application, int]]:
    """The applications of these keys that the person may see, each with the version that the page showed."""
    versions = dict(wanted)
    rows = applicants(posting, user).filter(pk__in=versions).select_related("student__student_profile__major")
    return [(application, versions[application.pk]) for application in rows.order_by("pk")]
