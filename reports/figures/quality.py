"""Figures of what is wrong on file: missing, contradictory, there twice. Each row is mended where it leads.

What is stale stands with the figures of files, what visits lack with the figures of what is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from partnerships.choices.agreements import AgreementState, CommitmentState
from partnerships.choices.enterprises import CreditCodeState
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from placements.choices import ApplicationState, PostingState
from placements.models.applications import Application
from placements.models.postings import Posting
from reports.figures.agreements import AGREEMENT_COLUMNS, OWN
from reports.figures.enterprises import OWN as OF_FILES
from reports.figures.figure import Column, Figure, Rows, for_staff, visible
from reports.figures.of_visits import visits_in
from reports.figures.placements import OF_POSTINGS, POSTING_COLUMNS
from reports.figures.scope import Scope
from reports.figures.visits import ENTERPRISE, ENTERPRISE_COLUMNS, VISIT_COLUMNS
from reports.figures.ways import of_enterprise, plain
from visits.models.visits import Visit

IN_USE = (AgreementState.SIGNED, AgreementState.RENEWED)


def _files(scope: Scope) -> Rows:
    return visible(Enterprise.objects.current(), scope)


def _lacking(found: Q) -> Callable[[Scope], Rows]:
    return lambda scope: _files(scope).filter(found)


def _without_contact(scope: Scope) -> Rows:
    """Nobody works there, as far as the file knows, who can be called or written to."""
    people = Contact.objects.current(scope.on).filter(enterprise=OuterRef("pk"))
    reached = people.exclude(phone="", landline="", email="", wechat="")
    return _files(scope).filter(~Exists(reached.order_by()))


def _signed(scope: Scope) -> Rows:
    return visible(Agreement.objects.filter(state__in=IN_USE), scope)


def _in_force(scope: Scope) -> Rows:
    return visible(Agreement.objects.in_force(scope.on), scope)


def _kept(scope: Scope) -> Rows:
    return visible(Commitment.objects.filter(state=CommitmentState.KEPT), scope)


def _without_evidence(scope: Scope) -> Rows:
    return _kept(scope).filter(evidence="", evidence_rows__isnull=True)


def _outside_campaign(scope: Scope) -> Rows:
    """Counted for a campaign whose dates do not include their day."""
    links = Visit.campaigns.through._default_manager.filter(visit=OuterRef("pk"))
    outside = Q(campaign__starts_on__gt=OuterRef("starts_on")) | Q(campaign__ends_on__lt=OuterRef("starts_on"))
    return visits_in(scope).filter(Exists(links.filter(outside)))


def _outside_trip(scope: Scope) -> Rows:
    return visits_in(scope).filter(Q(starts_on__lt=F("trip__starts_on")) | Q(starts_on__gt=F("trip__ends_on")))


def _overfilled(scope: Scope) -> Rows:
    accepted = Application.objects.filter(posting=OuterRef("pk"), state=ApplicationState.ACCEPTED).order_by()
    taken = Subquery(accepted.values("posting").annotate(number=Count("pk")).values("number"))
    return for_staff(Posting.objects.annotate(taken=taken).filter(taken__gt=F("headcount")).order_by("pk"), scope)


# Files of enterprises that lack something, of all that are not archived.
_of_file = partial(
    Figure,
    among=_files,
    among_name=_("enterprises on file"),
    columns=ENTERPRISE_COLUMNS,
    link="partnerships:enterprise",
    ways=OF_FILES,
    related=("province",),
    is_of_campaign=False,
    fix="partnerships:enterprise_edit",
)


_of_agreement = partial(
    Figure,
    among_name=_("agreements"),
    columns=AGREEMENT_COLUMNS,
    link="agreements:agreement",
    ways=OWN,
    related=("enterprise", "kind"),
    is_of_campaign=False,
    fix="agreements:agreement_edit",
)


of_visit = partial(
    Figure,
    among=visits_in,
    among_name=_("visits"),
    columns=VISIT_COLUMNS,
    link="visits:visit",
    visits="",
    related=("enterprise__province",),
)


MISSING = (
    _of_file(
        "files-without-code",
        _("Files without a credit code"),
        _("Files of enterprises without a unified social credit code, of all that are not archived."),
        _lacking(Q(credit_code="")),
    ),
    _of_file(
        "files-without-industry",
        _("Files without an industry"),
        _("Files of enterprises without a section of GB/T 4754, of all that are not archived."),
        _lacking(Q(industry__isnull=True)),
    ),
    _of_file(
        "files-without-province",
        _("Files without a province"),
        _("Files of enterprises that lie in no province, so that no map counts them, of all that are not archived."),
        _lacking(Q(province__isnull=True)),
    ),
    _of_file(
        "files-without-owner",
        _("Files nobody looks after"),
        _("Files of enterprises without an owner, or whose owner may not sign in any more, of all not archived."),
        _lacking(Q(owner__isnull=True) | Q(owner__is_active=False)),
    ),
    _of_file(
        "files-without-contact",
        _("Files without a contact"),
        _("Files of enterprises at which nobody is on file who can be called or written to, of all not archived."),
        _without_contact,
    ),
    _of_agreement(
        "agreements-without-end",
        _("Agreements without an end"),
        _("Agreements in force that have no last day and do not renew themselves, of those in force."),
        lambda scope: _in_force(scope).filter(ends_on__isnull=True, renews_itself=False),
        among=_in_force,
    ),
    _of_agreement(
        "agreements-without-owner",
        _("Agreements nobody looks after"),
        _("Agreements in force without an owner, or whose owner may not sign in any more, of those in force."),
        lambda scope: _in_force(scope).filter(Q(owner__isnull=True) | Q(owner__is_active=False)),
        among=_in_force,
    ),
    _of_agreement(
        "agreements-without-day",
        _("Signed without a day"),
        _("Agreements that were signed and do not say on which day, of those signed."),
        lambda scope: _signed(scope).filter(signed_on__isnull=True),
        among=_signed,
    ),
    Figure(
        slug="promises-without-evidence",
        name=_("Kept without evidence"),
        definition=_("Promises marked as kept that nothing on file shows, of those marked as kept."),
        counted=_without_evidence,
        among=_kept,
        among_name=_("promises kept"),
        columns=(
            Column(_("Promise"), "description"), ENTERPRISE, Column(_("Promised by"), "get_side_display"),
            Column(_("Due on"), "due_on"),
        ),
        link="partnerships:enterprise",
        link_key="enterprise_id",
        ways={"college": plain("agreement__colleges", is_many=True), **of_enterprise("enterprise__")},
        related=("enterprise",),
        is_of_campaign=False,
        fix="agreements:promise_edit",
    ),
)  # fmt: skip
CONTRADICTORY = (
    _of_file(
        "files-with-wrong-code",
        _("Credit codes that fail the check"),
        _("Files whose credit code does not pass the check character of GB 32100, of all that are not archived."),
        _lacking(~Q(credit_code="") & Q(credit_code_state=CreditCodeState.UNVERIFIED)),
    ),
    _of_file(
        "files-in-two-places",
        _("City in another province"),
        _("Files whose city lies in another province than the file says, of all that are not archived."),
        _lacking(Q(region__isnull=False) & ~Q(region__province=F("province"))),
    ),
    _of_agreement(
        "agreements-before-signing",
        _("In force before they were signed"),
        _("Agreements whose first day lies before the day on which they were signed, of those signed."),
        lambda scope: _signed(scope).filter(starts_on__lt=F("signed_on")),
        among=_signed,
    ),
    of_visit(
        "visits-outside-campaign",
        _("Outside their campaign"),
        _("Visits counted for a campaign whose dates do not include their day, of all that took place."),
        _outside_campaign,
    ),
    of_visit(
        "visits-outside-trip",
        _("Outside their trip"),
        _("Visits that are stops of a trip and not on one of its days, of all that took place."),
        _outside_trip,
    ),
    Figure(
        slug="postings-overfilled",
        name=_("More taken than places"),
        definition=_("Postings for which more students accepted than there are places."),
        counted=_overfilled,
        columns=(*POSTING_COLUMNS[:4], Column(_("Taken"), "taken")),
        link="placements:posting",
        ways=OF_POSTINGS,
        about_employment=True,
        related=("enterprise",),
        is_of_campaign=False,
    ),
    Figure(
        slug="postings-of-archived",
        name=_("Open for an archived enterprise"),
        definition=_("Open postings of enterprises whose file is archived."),
        counted=lambda scope: for_staff(
            Posting.objects.open(scope.on).filter(state=PostingState.PUBLISHED, enterprise__archived_at__isnull=False),
            scope,
        ),
        columns=POSTING_COLUMNS,
        link="placements:posting",
        ways=OF_POSTINGS,
        related=("enterprise",),
        is_of_campaign=False,
    ),
)
FIGURES = (*MISSING, *CONTRADICTORY)
