"""The list of enterprises: which, in which order, what it shows of each, and how many in each province."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, DateField, F, IntegerField, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models.people import User
from partnerships.models.agreements import Agreement
from partnerships.models.enterprises import ORDERS, Enterprise
from partnerships.selectors.enterprise_filters import CONDITIONS, Asker
from partnerships.selectors.enterprise_search import enterprises_found
from partnerships.selectors.freshness import periods_with

PARTY = "parties__enterprise"
# What the address says, and the order of the model.
SORTS = {"": "pinyin", "newest": "newest", "contact": "contact", "stale": "confirmed", "staff": "staff"}


def enterprise_rows(user: User, filters: dict[str, Any], *, on: date) -> QuerySet[Enterprise]:
    """The files that a person may see and asked for, in the order asked for; nothing is fetched yet."""
    rows = Enterprise.objects.visible_to(user).current()
    if filters.get("find"):
        found = enterprises_found(filters["find"])
        rows = rows.filter(found) if found is not None else rows.none()
    asker = Asker(user, on)
    for name, condition in CONDITIONS.items():
        if filters.get(name):
            rows = rows.filter(condition(filters[name], asker))
    if filters.get("sort") == "ending":
        return rows.alias(ends=_agreement_end(on)).order_by(F("ends").asc(nulls_last=True), "pk")
    return rows.order_by(*ORDERS[SORTS.get(filters.get("sort") or "", "pinyin")])


def with_facts(rows: QuerySet[Enterprise], *, on: date) -> QuerySet[Enterprise]:
    """Rows with what the list shows of each: its agreements in force, and whether the file is stale."""
    in_force = Agreement.objects.in_force(on).with_enterprise(OuterRef("pk")).order_by().values(PARTY)
    counted = in_force.annotate(number=Count("pk")).values("number")
    return (
        rows.select_related("province", "region", "industry", "nature", "owner")
        .annotate(
            agreements_in_force=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
            agreement_ends_on=_agreement_end(on),
            terms=periods_with(),
        )
        .defer("about", "search")
    )


def _agreement_end(on: date) -> Subquery:
    """When the first of its agreements in force ends; nothing for those that go on by themselves."""
    ending = Agreement.objects.in_force(on).with_enterprise(OuterRef("pk")).filter(renews_itself=False)
    first = ending.order_by().values(PARTY).annotate(first=Min("ends_on")).values("first")
    return Subquery(first, output_field=DateField())


def province_counts(rows: QuerySet[Enterprise]) -> dict[str, int]:
    """How many of these rows stand in each province, by its code; empty code: in none. One query."""
    counted = rows.order_by().values("province__code").annotate(number=Count("pk"))
    return {code or "": number for code, number in counted.values_list("province__code", "number")}
