"""Reports that wait for the office, and what stands on the page of one: doubts, remarks, changes after the check."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from accounts.models.people import User
from core.names import in_language
from partnerships.choices.agreements import Side
from visits.choices import ParticipantPart, VisitState
from visits.models.reports import Amendment, ReportReturn
from visits.models.visits import Participant, Visit, VisitQuerySet
from visits.selectors.doubts import with_what_is_checked

Words = dict[str, Any]


def to_check(user: User, filters: dict[str, Any], *, on: date) -> VisitQuerySet:
    """Reports that nobody has checked, the oldest first; those that were returned wait for somebody else."""
    open_return = ReportReturn.objects.filter(visit=OuterRef("pk"), answered_at=None)
    rows = Visit.objects.visible_to(user).filter(state=VisitState.REPORTED).annotate(is_returned=Exists(open_return))
    waits = filters.get("waits") or "office"
    if waits != "all":
        rows = rows.filter(is_returned=waits == "reporter")
    for name in ("campaigns", "colleges"):
        if filters.get(name):
            rows = rows.filter(**{name: filters[name]})
    return with_what_is_checked(rows).order_by(F("reported_at").asc(nulls_first=True), "pk")


def around_a_report() -> dict[str, ArraySubquery]:
    """Annotations of a visit: remarks of the office with their answers, and changes after the check."""
    returns = ReportReturn.objects.filter(visit=OuterRef("pk")).order_by("at", "pk")
    amendments = Amendment.objects.filter(visit=OuterRef("pk")).order_by("at", "pk")
    named = {"by_zh": "by__name", "by_en": "by__name_en", "at": "at"}
    answered = {"answerer_zh": "answered_by__name", "answerer_en": "answered_by__name_en"}
    return {
        "return_rows": ArraySubquery(
            returns.values(
                row=JSONObject(remark="remark", answer="answer", answered_at="answered_at", **named, **answered)
            )
        ),
        "amendment_rows": ArraySubquery(
            amendments.values(row=JSONObject(pk="pk", reason="reason", moved="moved", **named))
        ),
    }


def remarks_of(visit: Visit) -> list[Words]:
    """Every remark with who made it and who answered, in the reader's language."""
    rows: list[Words] = visit.return_rows  # type: ignore[attr-defined]
    return [
        {
            **row,
            "by": in_language(row["by_zh"], row["by_en"]),
            "at": parse_datetime(row["at"]),
            "answerer": in_language(row["answerer_zh"] or "", row["answerer_en"] or ""),
            "answered_at": parse_datetime(row["answered_at"]) if row["answered_at"] else None,
        }
        for row in rows
    ]


def open_remark(visit: Visit) -> Words | None:
    """The remark that waits for its answer."""
    return next((row for row in remarks_of(visit) if row["answered_at"] is None), None)


def changes_of(visit: Visit) -> list[Words]:
    """Changes after the check, with who made them."""
    rows: list[Words] = visit.amendment_rows  # type: ignore[attr-defined]
    return [{**row, "by": in_language(row["by_zh"], row["by_en"]), "at": parse_datetime(row["at"])} for row in rows]


def returned_to(user: User) -> Q:
    """Visits whose report this person has to put right: they wrote it, it stands in their name, or they led it."""
    led = Participant.objects.filter(user=user, side=Side.SCHOOL, part=ParticipantPart.LEADS).order_by()
    return (
        Q(visit__reported_by=user)
        | Q(visit__reported_for=user)
        | Q(visit__organiser=user)
        | Q(visit__in=led.values("visit"))
    )


def writers_of(visit: Visit) -> list[User]:
    """Who wrote the report, and in whose name; without either the organiser."""
    people = [person for person in (visit.reported_by, visit.reported_for) if person is not None]
    return people or ([visit.organiser] if visit.organiser else [])
