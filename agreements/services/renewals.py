"""What is decided about an agreement before its end."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from agreements.choices import RenewalDecision
from agreements.models import RenewalReview
from agreements.selectors.renewals import renewal_of
from core.errors import RuleBroken
from core.saving import lock
from partnerships import rules
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import Agreement
from partnerships.services import timeline


@transaction.atomic
def decide_renewal(
    agreement: Agreement,
    *,
    decision: RenewalDecision,
    reason: str,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> RenewalReview:
    """Say what is to become of an agreement at its end, and why; a later decision replaces this one and both stay.

    `seen` is the decision that the person knew of; another one made meanwhile refuses. Raises RuleBroken also for
    an agreement that does not end, renews itself, or is renewed.
    """
    agreement = lock(agreement)
    rules.can_decide_renewal(by, agreement).or_raise()
    if not reason.strip():
        raise RuleBroken(_("Say why."), field="reason")
    now = renewal_of(agreement, on=timezone.localdate(at))
    if agreement.renews_itself:
        raise RuleBroken(_("This agreement renews itself; there is nothing to decide."))
    if not now.may_end or agreement.ends_on is None:
        raise RuleBroken(_("Only a signed agreement with an end is reviewed."))
    if now.is_settled:
        raise RuleBroken(_("The agreement that renews this one is signed."))
    if seen is not None and seen != (now.review.pk if now.review else 0):
        raise RuleBroken(_("Somebody else has decided meanwhile; look at the decision above and send again."))
    review = RenewalReview.objects.create(
        agreement=agreement, ends_on=agreement.ends_on, decision=decision, reason=reason.strip(), by=by, at=at
    )
    link = reverse("agreements:agreement", args=[agreement.pk])
    timeline.record(
        agreement.enterprise, TimelineKind.RENEWAL_DECIDED, by=by, at=at, text=agreement.title, detail=str(decision),
        link=link,
    )  # fmt: skip
    return review
