"""What an enterprise promised to put in, and what came."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from accounts.models.people import User
from partnerships import rules
from partnerships.choices.agreements import InvestmentKind
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Investment
from partnerships.models.enterprises import Enterprise
from partnerships.models.programmes import Programme
from partnerships.services import timeline


@transaction.atomic
def promise_investment(
    enterprise: Enterprise,
    *,
    promised: Decimal,
    by: User,
    at: datetime,
    kind: InvestmentKind = InvestmentKind.UNSPECIFIED,
    agreement: Agreement | None = None,
    programme: Programme | None = None,
    promised_on: date | None = None,
) -> Investment:
    """Enter what an enterprise promised to put in, in yuan."""
    rules.can_keep_programmes(by).or_raise()
    investment = Investment.objects.create(
        enterprise=enterprise,
        agreement=agreement,
        programme=programme,
        kind=kind,
        promised=promised,
        promised_on=promised_on,
    )
    timeline.record(enterprise, TimelineKind.INVESTMENT_PROMISED, by=by, at=at, detail=f"investment:{promised}")
    return investment
