"""What an enterprise sees: its postings with what is owed an answer, and who applied; a fixed number of queries."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from desk.visitors import Visitor
from placements.choices import ApplicationState
from placements.models.applications import Application, ApplicationQuerySet
from placements.models.postings import Posting

# Somebody at the enterprise has still to say something.
WAITING = (ApplicationState.SUBMITTED, ApplicationState.SEEN)
OFFERS = (ApplicationState.OFFERED, ApplicationState.ACCEPTED, ApplicationState.DECLINED)


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


def offers(visitor: Visitor) -> list[Application]:
    """Offers that the enterprise made, and what the students said."""
    rows = visitor.applications().filter(state__in=OFFERS).select_related("posting")
    return list(rows.order_by("-submitted_at", "-pk")[:20])


def applicants(visitor: Visitor, posting: Posting) -> ApplicationQuerySet:
    """Who applied to one posting, newest first."""
    rows = visitor.applications().filter(posting=posting).annotate(papers=Count("documents"))
    return rows.defer("letter").order_by("-submitted_at", "-pk")


def application(visitor: Visitor, pk: int) -> QuerySet[Application]:
    """One application with everything that was sent with it."""
    rows = visitor.applications().filter(pk=pk).select_related("posting__enterprise", "student", "rejection")
    return rows.prefetch_related("documents", "answers", "moves__contact")
