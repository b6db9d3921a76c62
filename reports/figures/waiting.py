"""Figures of what waits to be done, past its day or for somebody's decision."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from partnerships.choices.agreements import AgreementState
from partnerships.models.agreements import Agreement
from placements.choices import ApplicationState, PostingState
from placements.models.postings import Posting
from reports.figures.agreements import AGREEMENT_COLUMNS, OWN
from reports.figures.figure import Column, Figure, for_staff, visible
from reports.figures.placements import APPLICATION_COLUMNS, OF_APPLICATIONS, OF_POSTINGS, POSTING_COLUMNS, applications
from reports.figures.ways import of_enterprise
from visits.models.results import FollowUp

A_DAY = timedelta(days=1)
UNDER_WAY = (AgreementState.DRAFT, AgreementState.IN_REVIEW, AgreementState.AWAITING_SIGNATURES)


FIGURES = (
    Figure(
        slug="follow-ups-late",
        name=_("Follow-ups past their day"),
        definition=_("Things agreed at visits that are open although their day is over."),
        counted=lambda scope: for_staff(FollowUp.objects.due_by(scope.on - A_DAY), scope),
        columns=(
            Column(_("What is to be done"), "what"),
            Column(_("Enterprise"), "visit.enterprise"),
            Column(_("Owner"), "owner"),
            Column(_("Due on"), "due_on"),
        ),
        link="visits:visit",
        link_key="visit_id",
        ways=of_enterprise("visit__enterprise__"),
        related=("visit__enterprise", "owner"),
        is_of_campaign=False,
    ),
    Figure(
        slug="agreements-under-way",
        name=_("Agreements under way"),
        definition=_("Agreements that are drawn up, in review, or wait to be signed."),
        counted=lambda scope: visible(Agreement.objects.filter(state__in=UNDER_WAY), scope),
        columns=(*AGREEMENT_COLUMNS[:3], Column(_("State"), "get_state_display"), Column(_("Owner"), "owner")),
        link="agreements:agreement",
        ways=OWN,
        part_path="state",
        part_label=lambda state: AgreementState(state).label,
        related=("enterprise", "kind", "owner"),
        is_of_campaign=False,
    ),
    Figure(
        slug="postings-in-review",
        name=_("Postings that wait for review"),
        definition=_("Postings that the office has not published or sent back yet."),
        counted=lambda scope: for_staff(Posting.objects.filter(state=PostingState.IN_REVIEW), scope),
        columns=POSTING_COLUMNS,
        link="placements:posting",
        ways=OF_POSTINGS,
        related=("enterprise",),
        is_of_campaign=False,
    ),
    Figure(
        slug="applications-unanswered",
        name=_("Applications nobody has looked at"),
        definition=_("Applications that were sent and are neither seen nor answered, of all applications."),
        counted=lambda scope: applications(scope).filter(state=ApplicationState.SUBMITTED),
        among=applications,
        among_name=_("applications"),
        columns=APPLICATION_COLUMNS,
        link="placements:application",
        ways=OF_APPLICATIONS,
        about_employment=True,
        related=("posting__enterprise",),
    ),
)
