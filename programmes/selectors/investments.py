"""Investments as pages show them: promised and received beside each other, never one sum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DecimalField,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from accounts.models.people import User
from core.search import search_query
from partnerships.choices.agreements import InvestmentKind
from partnerships.choices.programmes import InvestmentState
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Investment, InvestmentReceipt
from partnerships.models.enterprises import Enterprise
from partnerships.models.programmes import Programme

YUAN: DecimalField[Any, Any] = DecimalField(max_digits=14, decimal_places=2)
NOTHING = Value(Decimal(0), output_field=YUAN)
SORTS: dict[str, list[Any]] = {
    "newest": [F("promised_on").desc(nulls_last=True), "-pk"],
    "due": [F("due_on").asc(nulls_last=True), "pk"],
    "promised": ["-promised", "pk"],
    "open": ["-still_open", "pk"],
}


def received() -> Coalesce:
    """What came in of an investment, as a column of its own."""
    receipts = InvestmentReceipt.objects.filter(investment=OuterRef("pk")).order_by().values("investment")
    return Coalesce(Subquery(receipts.annotate(total=Sum("amount")).values("total"), output_field=YUAN), NOTHING)


def investments(user: User) -> QuerySet[Investment]:
    """Investments with `received`, `still_open` and `state`; links to agreements for those who may read them."""
    rows = Investment.objects.all() if user.is_school_staff else Investment.objects.none()
    state = Case(
        When(received=0, then=Value(InvestmentState.PROMISED.value)),
        When(received__lt=F("promised"), then=Value(InvestmentState.PARTLY.value)),
        default=Value(InvestmentState.RECEIVED.value),
        output_field=CharField(),
    )
    rows = rows.annotate(received=received()).annotate(
        still_open=Greatest(F("promised") - F("received"), NOTHING, output_field=YUAN), state=state
    )
    agreements = Agreement.objects.visible_to(user)
    return rows.select_related("enterprise", "programme").prefetch_related(Prefetch("agreement", agreements))


def investment_list(user: User, filters: dict[str, Any], *, on: date) -> QuerySet[Investment]:
    """Investments that were asked for."""
    rows = investments(user)
    words = filters.get("find") or ""
    if words:
        query = search_query(words)
        named = Enterprise.objects.filter(search=query).order_by().values("pk") if query else Enterprise.objects.none()
        own = Q(description__icontains=words) | Q(programme__name__icontains=words)
        rows = rows.filter(own | Q(enterprise__in=named))
    for name in ("kind", "state", "enterprise"):
        if filters.get(name):
            rows = rows.filter(Q((name, filters[name])))
    if filters.get("due") == "overdue":
        rows = rows.filter(Q(("still_open__gt", 0)), due_on__lt=on)  # annotated
    elif filters.get("due") == "open":
        rows = rows.filter(Q(("still_open__gt", 0)))
    return rows.order_by(*SORTS[filters.get("sort") or "newest"])


@dataclass(frozen=True)
class KindTotal:
    """One kind of investment: two sums side by side. There is no sum of kinds: a machine is not cash."""

    label: str
    count: int
    promised: Decimal
    received: Decimal
    still_open: Decimal


def totals(rows: QuerySet[Investment]) -> list[KindTotal]:
    """What was promised, came in and is still open, for each kind that occurs. One query."""
    found: dict[str, list[Any]] = {}
    columns = rows.order_by().values_list("kind", "promised", "received", "still_open")  # type: ignore[misc]
    for kind, *sums in columns:
        total = found.setdefault(kind, [0, Decimal(0), Decimal(0), Decimal(0)])
        total[0] += 1
        for place, number in enumerate(sums, start=1):
            total[place] += number
    return [KindTotal(str(kind.label), *found[kind]) for kind in InvestmentKind if kind in found]


def investments_of(agreement: Agreement) -> QuerySet[Investment]:
    """What was promised under an agreement, for its page (programmes/_investments.html)."""
    rows = Investment.objects.filter(agreement=agreement).annotate(received=received())
    return rows.select_related("programme").order_by("-promised_on", "-pk")


def under(user: User, enterprise: Enterprise, params: dict[str, str]) -> dict[str, object]:
    """What a new promise begins with: the agreement or programme from whose page it came, where both fit."""
    initial: dict[str, object] = {}
    programme = _by_key(Programme.objects.visible_to(user).filter(enterprise=enterprise), params.get("programme", ""))
    agreement = _by_key(Agreement.objects.visible_to(user).filter(enterprise=enterprise), params.get("agreement", ""))
    if programme is not None:
        initial["programme"], initial["agreement"] = programme.pk, programme.agreement_id
    if agreement is not None:
        initial["agreement"] = agreement.pk
    return initial


def _by_key(rows: QuerySet[Any], key: str) -> Any:
    return rows.filter(pk=int(key)).first() if key.isdecimal() else None


def enterprise_choices(user: User) -> list[tuple[int, str]]:
    """Enterprises that promised something, for the filter."""
    if not user.is_school_staff:
        return []
    rows = Enterprise.objects.filter(investments__isnull=False).order_by("legal_name").distinct()
    return [(row.pk, str(row)) for row in rows.only("legal_name", "name_en")]
