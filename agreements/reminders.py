"""Agreements near their end, promises near or past their day, plaques that outlive their agreement; reads only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models.people import User
from agreements.choices import RenewalDecision
from agreements.models import RenewalReview
from agreements.selectors.promises import SOON
from agreements.selectors.renewals import ending, latest_decision
from notifications.choices import Matter
from notifications.occasions import Asked, Occasion, Rule, Words
from notifications.terms import Terms
from partnerships.choices.agreements import AgreementState, CommitmentState
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
from partnerships.models.plaques import Plaque

AT_ONCE = 2000
WITH_PLAQUES = (
    "agreement__enterprise", "agreement__owner", "programme__agreement__enterprise", "programme__agreement__owner",
)  # fmt: skip


def _office(asked: Asked) -> list[User]:
    """Read only where the office is told at all."""
    told = "office" in asked.terms.audiences
    return list(User.objects.holding(Role.OFFICER, on=asked.today)) if told else []


def _agreements(asked: Asked) -> Iterator[Occasion]:
    """A renewal that is under way silences nothing until it is signed; a decision to let the agreement end does."""
    office = _office(asked)
    for agreement in _ending(asked).iterator(chunk_size=AT_ONCE):
        mark = asked.mark_of(agreement.ends_on) if agreement.ends_on else None
        if mark is not None and agreement.ends_on is not None:
            left = (agreement.ends_on - asked.today).days
            yield Occasion(
                subject_id=agreement.pk,
                on=agreement.ends_on,
                mark=mark,
                people={"owner": [agreement.owner], "office": office},
                words=partial(_words_of_agreement, agreement, left),
                link=reverse("visits:renewal_review", args=[agreement.pk]),
                enterprise_id=agreement.enterprise_id,
                because={"days_left": left},
            )


def _ending(asked: Asked) -> QuerySet[Agreement]:
    """Those about whose end somebody is to think, with their owners, promises, decisions and successors."""
    near = asked.narrowed(ending(Agreement.objects.all())).filter(ends_on__range=(asked.today, asked.around[1]))
    open_ones = near.annotate(decided=latest_decision()).filter(
        Q(decided__isnull=True) | ~Q(decided=RenewalDecision.LET_END)
    )
    reviews = RenewalReview.objects.select_related("by")
    successors = Agreement.objects.exclude(state=AgreementState.ENDED).order_by("-created_at", "-pk")
    rows = open_ones.select_related("owner", "enterprise").prefetch_related(
        "commitments", Prefetch("renewal_reviews", reviews), Prefetch("renewals", successors)
    )
    return rows.order_by("ends_on", "pk")


def _words_of_agreement(agreement: Agreement, left: int, to: User) -> Words:
    """What is known of how it went, and what was decided about its end."""
    states = [commitment.state for commitment in agreement.commitments.all()]
    reviews = agreement.renewal_reviews.all()  # newest first
    review = next((review for review in reviews if review.ends_on == agreement.ends_on), None)
    return {
        "title": agreement.title,
        "enterprise": str(agreement.enterprise),
        "ends_on": agreement.ends_on,
        "days_left": left,
        "kept": states.count(CommitmentState.KEPT),
        "not_kept": states.count(CommitmentState.NOT_KEPT),
        "still_open": states.count(CommitmentState.OPEN),
        "review": review,
        "decided_by": str(review.by) if review else "",
        "successor": next(iter(agreement.renewals.all()), None),
    }


def _promises(asked: Asked) -> Iterator[Occasion]:
    """What is older than the last day was told, or lay there before the portal knew of it."""
    near = asked.narrowed(Commitment.objects.open().binding()).filter(due_on__range=asked.around)
    rows = near.select_related("enterprise__owner", "agreement__owner").order_by("due_on", "pk")
    for promise in rows.iterator(chunk_size=AT_ONCE):
        mark = asked.mark_of(promise.due_on) if promise.due_on else None
        if mark is not None and promise.due_on is not None:
            owner = promise.agreement.owner if promise.agreement else promise.enterprise.owner
            yield Occasion(
                subject_id=promise.pk,
                on=promise.due_on,
                mark=mark,
                people={"owner": [owner]},
                words=partial(_words_of_promise, promise, asked.today),
                link=reverse("agreements:promise", args=[promise.pk]),
                enterprise_id=promise.enterprise_id,
            )


def _words_of_promise(promise: Commitment, on: date, to: User) -> Words:
    return {
        "promise": promise,
        "enterprise": str(promise.enterprise),
        "side": promise.get_side_display(),
        "is_overdue": promise.due_on is not None and promise.due_on < on,
    }


def _plaques(asked: Asked) -> Iterator[Occasion]:
    """A plaque that hangs although its agreement, or that of its programme, has run out and none renews it."""
    over = ending(Agreement.objects.all()).filter(ends_on__range=asked.around, ends_on__lt=asked.today)
    hanging = asked.narrowed(Plaque.objects.filter(taken_down_on__isnull=True))
    rows = hanging.annotate(under=Coalesce("agreement", "programme__agreement")).filter(under__in=over.values("pk"))
    office = _office(asked)
    for plaque in rows.select_related(*WITH_PLAQUES).order_by("pk").iterator(chunk_size=AT_ONCE):
        agreement = plaque.agreement or (plaque.programme and plaque.programme.agreement)
        mark = asked.mark_of(agreement.ends_on) if agreement and agreement.ends_on else None
        if agreement and agreement.ends_on and mark is not None:
            yield Occasion(
                subject_id=plaque.pk,
                on=agreement.ends_on,
                mark=mark,
                people={"owner": [agreement.owner], "office": office},
                words=partial(_words_of_plaque, plaque, agreement),
                link=reverse("programmes:plaque", args=[plaque.pk]),
                enterprise_id=agreement.enterprise_id,
                because={"agreement": agreement.pk},
            )


def _words_of_plaque(plaque: Plaque, agreement: Agreement, to: User) -> Words:
    return {
        "plaque": str(plaque),
        "place": plaque.place,
        "title": agreement.title,
        "enterprise": str(agreement.enterprise),
        "ended_on": agreement.ends_on,
    }


RULES = (
    Rule(
        slug="agreements.agreement",
        name=_("Agreement near its end"),
        about=_("An agreement ends by its date, and no signed one has renewed it."),
        matter=Matter.AGREEMENT,
        template="emails/agreements/agreement_ending.txt",
        terms=Terms(marks=(-180, -90, -30), until=0, audiences=("owner",)),
        audiences={"owner": _("Owner"), "office": _("Employment office")},
        find=_agreements,
    ),
    Rule(
        slug="agreements.promise",
        name=_("Promise due"),
        about=_("What was promised in an agreement or beside it is due soon, or its day is past."),
        matter=Matter.AGREEMENT,
        template="emails/agreements/promise_due.txt",
        terms=Terms(marks=(-SOON.days, 1), until=60, audiences=("owner",)),
        audiences={"owner": _("Owner")},
        find=_promises,
    ),
    Rule(
        slug="agreements.plaque",
        name=_("Plaque without an agreement"),
        about=_("A plaque still hangs although its agreement has run out and none renews it."),
        matter=Matter.AGREEMENT,
        template="emails/agreements/plaque_hangs.txt",
        terms=Terms(marks=(1, 30), until=90, audiences=("office",)),
        audiences={"office": _("Employment office"), "owner": _("Owner")},
        find=_plaques,
    ),
)
