"""Figures about agreements."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships.choices.agreements import AgreementStage, AgreementState
from partnerships.models.agreements import Agreement
from reports.figures.figure import Column, Figure, Rows, visible
from reports.figures.of_visits import keys, visits_in, wherever
from reports.figures.scope import Scope
from reports.figures.visits import ENTERPRISE
from reports.figures.ways import month, of_enterprise, plain
from visits import counting
from visits.choices import Measure

SIGNED = (AgreementState.SIGNED, AgreementState.RENEWED)
AGREEMENT_COLUMNS = (
    Column(_("Agreement"), "title"),
    ENTERPRISE,
    Column(_("Kind"), "kind"),
    Column(_("Signed on"), "signed_on"),
    Column(_("In force until"), "ends_on"),
)
OWN = {"college": plain("colleges", is_many=True), **of_enterprise("enterprise__")}
SIGNED_WAYS = {**OWN, "month": month("signed_on")}


def agreements_by_stage(scope: Scope) -> Rows:
    """All agreements on file that this person may see, each with its stage on the day."""
    rows: Rows = Agreement.objects.with_stage(scope.on)
    return visible(rows, scope)


def _in_force(scope: Scope) -> Rows:
    return visible(Agreement.objects.in_force(scope.on), scope)


def _expiring(scope: Scope) -> Rows:
    return agreements_by_stage(scope).filter(stage=AgreementStage.EXPIRING).order_by("ends_on", "pk")


def _ever_signed(scope: Scope) -> Rows:
    """Signed at some time; one that ended early counts when its signing day is on file."""
    ended = Q(state=AgreementState.ENDED, signed_on__isnull=False)
    return visible(Agreement.objects.filter(Q(state__in=SIGNED) | ended), scope)


def _signed(scope: Scope) -> Rows:
    """Of a campaign those signed within its dates, whoever travelled."""
    rows = _ever_signed(scope)
    if scope.trip is not None:
        return rows.filter(pk__in=_of_visits(scope))
    campaign = scope.campaign
    if campaign and campaign.starts_on:
        rows = rows.filter(signed_on__gte=campaign.starts_on)
    if campaign and campaign.ends_on:
        rows = rows.filter(signed_on__lte=campaign.ends_on)
    return rows


def _of_visits(scope: Scope) -> Any:
    return Agreement.visits.through._default_manager.filter(visit__in=keys(wherever(scope))).values("agreement")


_agreement_figure = partial(
    Figure,
    columns=AGREEMENT_COLUMNS,
    link="agreements:agreement",
    related=("enterprise", "kind"),
)


FIGURES = (
    _agreement_figure(
        "agreements-in-force",
        _("Agreements in force"),
        _("Signed agreements whose dates include the day, of the whole school; those near their end count too."),
        _in_force,
        is_of_campaign=False,
        ways=OWN,
    ),
    _agreement_figure(
        "agreements-expiring",
        _("Agreements near their end"),
        _("Agreements in force that end within 90 days and do not renew themselves, of those in force."),
        _expiring,
        among=_in_force,
        among_name=_("agreements in force"),
        is_of_campaign=False,
        ways=OWN,
    ),
    _agreement_figure(
        "agreements-by-state",
        _("Agreements by state"),
        _("All agreements on file, by the state that they have on the day."),
        agreements_by_stage,
        is_of_campaign=False,
        ways=OWN,
        part_path="stage",
        part_label=lambda stage: AgreementStage(stage).label,
    ),
    _agreement_figure(
        "agreements-signed",
        _("Agreements signed"),
        _("Agreements signed by both sides; with a campaign, those signed on a day within its dates."),
        _signed,
        ways=SIGNED_WAYS,
    ),
    _agreement_figure(
        "agreements-from-visits",
        _("Agreements that a visit led to"),
        _("Signed agreements that are linked to a visit that took place, whenever they were signed."),
        lambda scope: visible(counting.agreements_of(visits_in(scope)), scope),
        visits="visits",
        measure=Measure.AGREEMENTS,
    ),
    _agreement_figure(
        "practice-bases",
        _("Practice bases"),
        _("Of the agreements that a visit led to, those of a kind that makes a practice or employment base."),
        lambda scope: visible(counting.bases_of(visits_in(scope)), scope),
        visits="visits",
        measure=Measure.BASES,
    ),
)
