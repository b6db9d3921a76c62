"""What an enterprise promised to put in, and what came of it; the two are never one sum."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships.changes import compare, differences, snapshot
from partnerships.choices.agreements import InvestmentKind
from partnerships.choices.timeline import TimelineKind
from partnerships.models.commitments import Investment, InvestmentReceipt
from partnerships.models.enterprises import Enterprise
from partnerships.services import timeline
from programmes import rules

RECEIPT = ("amount", "received_on", "note")


def _link(investment: Investment) -> str:
    return reverse("programmes:investment", args=[investment.pk])


def _check(investment: Investment) -> None:
    for name in ("agreement", "programme"):
        other = getattr(investment, name)
        if other is not None and other.enterprise_id != investment.enterprise_id:
            raise RuleBroken(_("This is with another enterprise."), field=name)
    promised_on, due_on = investment.promised_on, investment.due_on
    if promised_on and due_on and due_on < promised_on:
        raise RuleBroken(_("What is promised cannot be due before the promise."), field="due_on")


@transaction.atomic
def promise_investment(
    enterprise: Enterprise,
    *,
    promised: Decimal,
    by: User,
    at: datetime,
    kind: InvestmentKind = InvestmentKind.UNSPECIFIED,
    **more: Any,
) -> Investment:
    """Enter what an enterprise promised to put in, in yuan; `more` are further fields of the model."""
    rules.can_keep_investments(by).or_raise()
    investment = Investment(enterprise=enterprise, kind=kind, promised=promised, version=0, **more)
    _check(investment)
    save(investment)
    timeline.record(
        enterprise,
        TimelineKind.INVESTMENT_PROMISED,
        by=by,
        at=at,
        text=investment.description,
        detail=f"investment:{promised}",
        link=_link(investment),
    )
    return investment


@transaction.atomic
def change_investment(
    investment: Investment, *, version: int | None, fields: dict[str, Any], by: User, at: datetime
) -> Investment:
    """Change what was promised. Raises StaleEdit and RuleBroken."""
    investment = lock(investment, version=version)
    rules.can_keep_investments(by).or_raise()
    before = snapshot(investment, fields)
    for name, value in fields.items():
        setattr(investment, name, value)
    _check(investment)
    save(investment)
    changes, link = differences(investment, before), _link(investment)
    kind = TimelineKind.INVESTMENT_PROMISED
    timeline.record_changes(investment.enterprise, kind, changes, by=by, at=at, text=investment.description, link=link)
    return investment


@transaction.atomic
def record_receipt(
    investment: Investment,
    *,
    amount: Decimal,
    received_on: date | None = None,
    note: str = "",
    by: User,
    at: datetime,
) -> InvestmentReceipt:
    """Enter a part that came in, in yuan. More than was promised is accepted: it is what came."""
    rules.can_keep_investments(by).or_raise()
    investment = lock(investment)
    receipt = InvestmentReceipt(investment=investment, amount=amount, received_on=received_on, note=note, by=by)
    _check_receipt(receipt, at)
    receipt.save()
    save(investment)
    timeline.record(
        investment.enterprise,
        TimelineKind.INVESTMENT_RECEIVED,
        by=by,
        at=at,
        text=note,
        detail=f"investment:{amount}",
        link=_link(investment),
    )
    return receipt


def _check_receipt(receipt: InvestmentReceipt, at: datetime) -> None:
    if receipt.amount <= 0:
        raise RuleBroken(_("A receipt is of more than nothing."), field="amount")
    if receipt.received_on and receipt.received_on > timezone.localdate(at):
        raise RuleBroken(_("What came in cannot have come in after today."), field="received_on")


def _tell(receipt: InvestmentReceipt, before: dict[str, Any], after: dict[str, Any], by: User, at: datetime) -> None:
    changes = [change for change in compare(receipt, before, after) if change["before"] or change["after"]]
    investment, kind = receipt.investment, TimelineKind.INVESTMENT_RECEIVED
    link = _link(investment)
    timeline.record_changes(investment.enterprise, kind, changes, by=by, at=at, text=investment.description, link=link)


@transaction.atomic
def change_receipt(receipt: InvestmentReceipt, *, fields: dict[str, Any], by: User, at: datetime) -> InvestmentReceipt:
    """Correct a receipt; what stood there before is on the timeline and in the history."""
    rules.can_keep_investments(by).or_raise()
    save(lock(receipt.investment))
    receipt = InvestmentReceipt.objects.select_related("investment__enterprise").get(pk=receipt.pk)
    before = snapshot(receipt, RECEIPT)
    for name, value in fields.items():
        setattr(receipt, name, value)
    _check_receipt(receipt, at)
    receipt.save()
    _tell(receipt, before, snapshot(receipt, RECEIPT), by, at)
    return receipt


@transaction.atomic
def remove_receipt(receipt: InvestmentReceipt, *, by: User, at: datetime) -> None:
    """Take out a receipt that was entered by mistake; history and timeline keep it."""
    rules.can_keep_investments(by).or_raise()
    save(lock(receipt.investment))
    receipt = InvestmentReceipt.objects.select_related("investment__enterprise").get(pk=receipt.pk)
    before = snapshot(receipt, RECEIPT)
    _tell(receipt, before, dict.fromkeys(before), by, at)
    receipt.delete()
