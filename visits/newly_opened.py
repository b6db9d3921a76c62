"""Newly opened enterprises (新开拓): what it means is a setting, and one sentence says it on every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import DateField, Exists, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partnerships.choices.agreements import AgreementState
from partnerships.models.agreements import Agreement
from partnerships.models.enterprises import EnterpriseQuerySet
from placements.choices import ApplicationState
from placements.models.applications import ApplicationMove
from placements.models.postings import Posting
from visits.choices import OldAcquaintance
from visits.models.campaigns import Campaign
from visits.models.visits import Visit, VisitQuerySet

SIGNED_ONCE = (AgreementState.SIGNED, AgreementState.RENEWED)
BEGINS = OuterRef("begins")


def among(visited: EnterpriseQuerySet, campaign: Campaign, visits: VisitQuerySet) -> EnterpriseQuerySet:
    """Of the enterprises of some visits those of which nothing that the setting names was on file before."""
    first = visits.filter(enterprise=OuterRef("pk")).order_by().values("enterprise")
    begins = Subquery(first.annotate(day=Min("starts_on")).values("day"), output_field=DateField())
    opened = visited.annotate(begins=Value(campaign.starts_on, DateField()) if campaign.starts_on else begins)
    return opened.filter(*(~Exists(EARLIER[OldAcquaintance(fact)]().order_by()) for fact in settings.NEWLY_OPENED))


def _definition() -> str:
    comma = pgettext("between the things of a list", ", ")
    facts = comma.join(str(OldAcquaintance(fact).label) for fact in settings.NEWLY_OPENED)
    return _(
        "Visited enterprises with which the school had nothing to do before the campaign's first day: %(facts)s. "
        "Without a campaign every visited one was new once."
    ) % {"facts": facts}


# The sentence that the setting makes, in the language in which it is read.
definition = lazy(_definition, str)


def _visits() -> QuerySet[Visit]:
    return Visit.objects.took_place().filter(enterprise=OuterRef("pk"), starts_on__lt=BEGINS)


def _agreements() -> QuerySet[Agreement]:
    """Signed before; where no day of signing is known, in force before."""
    in_force = Q(signed_on=None, starts_on__lt=BEGINS, state__in=SIGNED_ONCE)
    return Agreement.objects.with_enterprise(OuterRef("pk")).filter(in_force | Q(signed_on__lt=BEGINS))


def _postings() -> QuerySet[Posting]:
    return Posting.objects.filter(enterprise=OuterRef("pk"), created_at__date__lt=BEGINS)


def _hires() -> QuerySet[ApplicationMove]:
    """A student accepted an offer there."""
    accepted = ApplicationMove.objects.filter(state=ApplicationState.ACCEPTED, at__date__lt=BEGINS)
    return accepted.filter(application__posting__enterprise=OuterRef("pk"))


EARLIER: dict[OldAcquaintance, Callable[[], QuerySet[Any]]] = {
    OldAcquaintance.VISIT: _visits,
    OldAcquaintance.AGREEMENT: _agreements,
    OldAcquaintance.POSTING: _postings,
    OldAcquaintance.HIRE: _hires,
}
