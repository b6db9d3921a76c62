"""What an enterprise sees: its postings with what is owed an answer, and who applied; a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from desk.visitors import Visitor
from placements.choices import APPLICATION_NEXT, ApplicationState
from placements.models.applications import Application, ApplicationMove, ApplicationQuerySet
from placements.models.postings import Posting
from placements.selectors.answers import WAITING
from placements.selectors.postings import ANSWERS

OFFERS = (ApplicationState.OFFERED, ApplicationState.ACCEPTED, ApplicationState.DECLINED)
# What it reads of who applied, as it was sent. The school's own marks, the student number and the class, are not sent.
READ = (
    "name", "name_en", "email", "phone", "major", "major_en", "class_of", "level", "skills", "languages", "summary",
    "summary_en",
)  # fmt: skip


@dataclass(frozen=True)
class Applicant:
    """One who applied, as the enterprise reads them: nothing of the account, and of what was sent only READ."""

    pk: int
    sent: dict[str, Any]
    state: str
    state_words: str
    submitted_at: datetime
    letter: str = ""
    papers: int = 0


@dataclass(frozen=True)
class Happened:
    """A step of an application; what the school wrote to its student is not the enterprise's to read."""

    words: str
    at: datetime
    who: str
    note: str


def as_read(application: Application) -> Applicant:
    sent = {name: application.snapshot[name] for name in READ if name in application.snapshot}
    deferred = application.get_deferred_fields()
    return Applicant(
        pk=application.pk, sent=sent, state=application.state, state_words=application.get_state_display(),
        submitted_at=application.submitted_at, letter="" if "letter" in deferred else application.letter,
        papers=getattr(application, "papers", 0),
    )  # fmt: skip


def own_postings(visitor: Visitor) -> QuerySet[Posting]:
    """The enterprise's postings, newest first, with `applicants` and `waiting` counted."""
    rows = visitor.postings().defer("description", "description_en", "search")
    return (
        rows.select_related("province", "offer")
        .annotate(
            applicants=Count("applications", ~Q(applications__state=ApplicationState.WITHDRAWN)),
            waiting=Count("applications", Q(applications__state__in=WAITING)),
        )
        .order_by("-created_at", "-pk")
    )  # counting drops the order of the table


def promised(visitor: Visitor, *, on: date) -> list[Posting]:
    """Postings with a promised answer day on which somebody still waits, the nearest day first."""
    some = visitor.applications().filter(state__in=WAITING).order_by().values("posting")
    rows = own_postings(visitor).filter(pk__in=some, answer_by__isnull=False).order_by("answer_by", "pk")
    found = list(rows[:20])
    for posting in found:
        posting.is_late = posting.answer_by < on  # type: ignore[attr-defined, operator]
    return found


def offers(visitor: Visitor) -> list[tuple[Applicant, Posting]]:
    """Offers that the enterprise made to students, and what they said."""
    rows = visitor.applications().filter(state__in=OFFERS).select_related("posting").defer("letter")
    return [(as_read(each), each.posting) for each in rows.order_by("-submitted_at", "-pk")[:20]]


def applicants(visitor: Visitor, posting: Posting) -> ApplicationQuerySet:
    """Who applied to one posting, newest first."""
    rows = visitor.applications().filter(posting=posting).annotate(papers=Count("documents"))
    return rows.defer("letter").order_by("-submitted_at", "-pk")


def application(visitor: Visitor, pk: int) -> QuerySet[Application]:
    """One application, to be prefetched with what was sent where that is read."""
    return visitor.applications().filter(pk=pk).select_related("posting__enterprise")


def happened(application: Application, moves: Sequence[ApplicationMove]) -> list[Happened]:
    """Who of the enterprise, or that the school or the student moved it on."""
    told = []
    for move in moves:
        of_school = move.by_id is not None and move.by_id != application.student_id
        who = str(move.contact) if move.contact else ""
        told.append(Happened(move.get_state_display(), move.at, who, "" if of_school else move.note))
    return told


def possible_answers(application: Application) -> list[ApplicationState]:
    """What an enterprise says to a student; what else may follow is the student's or the school's to say."""
    following = APPLICATION_NEXT[ApplicationState(application.state)]
    return [state for state in ANSWERS if state in following]
