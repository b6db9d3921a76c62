"""Whom to visit next: enterprises with the reasons to go there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Count, DateField, F, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models.people import User
from partnerships.models.agreements import Agreement
from partnerships.models.enterprises import ORDERS, Enterprise
from partnerships.models.needs import Need
from partnerships.selectors.enterprise_filters import CONDITIONS, Asker, months_before
from partnerships.selectors.enterprise_list import with_facts
from partnerships.selectors.enterprise_search import enterprises_found
from placements.choices import ApplicationState, PostingKind
from placements.models.applications import Application
from visits.choices import AHEAD
from visits.models.visits import Visit

SHARED = ("province", "region", "owner", "agreement", "file")  # as the list of enterprises has them
OURS: dict[str, tuple[str, ...]] = {
    "graduates": (PostingKind.JOB, PostingKind.CAMPUS),
    "interns": (PostingKind.INTERNSHIP,),
    "either": tuple(PostingKind.values),
}


def _needs(wanted: dict[str, Any]) -> Q:
    """Open needs; of a major, or of any major of a college, where the filter names one."""
    needs = Need.objects.open()
    if wanted.get("major"):
        needs = needs.filter(majors=wanted["major"])
    if wanted.get("college"):
        needs = needs.filter(majors__college=wanted["college"])
    return Q(pk__in=needs.order_by().values("enterprise"))


def _ours(kind: str) -> Q:
    accepted = Application.objects.filter(state=ApplicationState.ACCEPTED, posting__kind__in=OURS[kind])
    return Q(pk__in=accepted.order_by().values("posting__enterprise"))


def _not_visited(asked: str, on: date) -> Q:
    """Never, or not since so many months."""
    visits = Visit.objects.took_place()
    if asked != "never":
        visits = visits.filter(starts_on__gte=months_before(on, int(asked)))
    return ~Q(pk__in=visits.order_by().values("enterprise"))


def candidates(user: User, wanted: dict[str, Any], *, on: date) -> QuerySet[Enterprise]:
    """The files that a person may see and asked for, in the order asked for; nothing is fetched yet."""
    rows = Enterprise.objects.visible_to(user).current()
    if wanted.get("find"):
        found = enterprises_found(wanted["find"])
        rows = rows.filter(found) if found is not None else rows.none()
    asker = Asker(user, on)
    for name in SHARED:
        if wanted.get(name):
            rows = rows.filter(CONDITIONS[name](wanted[name], asker))
    if wanted.get("need") or wanted.get("major") or wanted.get("college"):
        rows = rows.filter(_needs(wanted))
    if wanted.get("ours"):
        rows = rows.filter(_ours(wanted["ours"]))
    if wanted.get("visited"):
        rows = rows.filter(_not_visited(wanted["visited"], on))
    if wanted.get("unplanned"):
        rows = rows.exclude(pk__in=_ahead(on).order_by().values("enterprise"))
    return SORTS[wanted.get("sort") or ""](rows, on)


def _ahead(on: date) -> QuerySet[Visit]:
    return Visit.objects.filter(state__in=AHEAD, starts_on__gte=on)


def last_visit() -> Subquery:
    """The day of the last visit that took place."""
    held = Visit.objects.took_place().filter(enterprise=OuterRef("pk")).order_by().values("enterprise")
    return Subquery(held.annotate(day=Max("starts_on")).values("day"), output_field=DateField())


def _open_needs() -> Coalesce:
    needs = Need.objects.open().filter(enterprise=OuterRef("pk")).order_by().values("enterprise")
    counted = needs.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _accepted(kind: str) -> Coalesce:
    """How many of our people the enterprise took by postings of a kind."""
    taken = Application.objects.filter(
        state=ApplicationState.ACCEPTED, posting__kind__in=OURS[kind], posting__enterprise=OuterRef("pk")
    )
    counted = taken.order_by().values("posting__enterprise").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _agreement_end(on: date) -> Subquery:
    ending = Agreement.objects.in_force(on).with_enterprise(OuterRef("pk")).filter(renews_itself=False)
    first = ending.order_by().values("parties__enterprise").annotate(first=Min("ends_on")).values("first")
    return Subquery(first, output_field=DateField())


def with_reasons(rows: QuerySet[Enterprise], *, on: date) -> QuerySet[Enterprise]:
    """Rows with the numbers that reasons are made of, see travel.selectors.reasons."""
    ahead = _ahead(on).filter(enterprise=OuterRef("pk")).order_by("starts_on", "pk")
    return with_facts(rows, on=on).annotate(
        open_needs=_open_needs(),
        last_visit_on=last_visit(),
        next_visit_on=Subquery(ahead.values("starts_on")[:1], output_field=DateField()),
        graduates=_accepted("graduates"),
        interns=_accepted("interns"),
    )


def _by_visit(rows: QuerySet[Enterprise], on: date) -> QuerySet[Enterprise]:
    return rows.alias(last=last_visit()).order_by(F("last").asc(nulls_first=True), *ORDERS["pinyin"])


def _by_needs(rows: QuerySet[Enterprise], on: date) -> QuerySet[Enterprise]:
    return rows.alias(wants=_open_needs()).order_by(F("wants").desc(), *ORDERS["pinyin"])


def _by_end(rows: QuerySet[Enterprise], on: date) -> QuerySet[Enterprise]:
    return rows.alias(ends=_agreement_end(on)).order_by(F("ends").asc(nulls_last=True), *ORDERS["pinyin"])


def _by_place(rows: QuerySet[Enterprise], on: date) -> QuerySet[Enterprise]:
    return rows.order_by("province__code", "region__code", "city", *ORDERS["pinyin"])


SORTS: dict[str, Callable[[QuerySet[Enterprise], date], QuerySet[Enterprise]]] = {
    "": _by_visit,
    "needs": _by_needs,
    "ending": _by_end,
    "place": _by_place,
    "name": lambda rows, on: rows.order_by(*ORDERS["pinyin"]),
}


def chosen(user: User, keys: list[str]) -> list[Enterprise]:
    """The ticked files that a person may see, those of one place beside each other; one query."""
    numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 18]
    rows = Enterprise.objects.visible_to(user).current().filter(pk__in=numbers)
    return list(_by_place(rows.select_related("province", "region"), date.min))
