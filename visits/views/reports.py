"""What came of a visit: its evidence, and what is drafted from it. Its report: visits.views.reporting."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt_once
from core.errors import RuleBroken
from core.uploads import download
from placements.choices import PostingKind
from visits import rules
from visits.choices import TOOK_PLACE
from visits.forms.campaigns import AgreementDrawForm
from visits.forms.reports import EvidenceForm
from visits.models.results import Evidence
from visits.models.visits import Visit
from visits.selectors import visits as selectors
from visits.services import links, reporting


def _visit(request: PortalRequest, pk: int) -> Visit:
    return get_object_or_404(selectors.visit_with_people(request.user), pk=pk)


@staff_only
@require_http_methods(["GET", "POST"])
def agreement_draw(request: PortalRequest, pk: int) -> HttpResponse:
    """Draft the agreement that the visit led to; the rest is written on the agreement's own page."""
    visit = _visit(request, pk)
    rules.can_draw_agreement(request.user, visit).or_raise()
    if visit.state not in TOOK_PLACE:
        messages.warning(request, _("Nothing can have come of a visit that has not taken place."))
        return redirect("visits:visit", pk=pk)
    form = AgreementDrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def draw() -> str:
            drawn = links.draw_agreement(visit, by=request.user, at=timezone.now(), **form.agreement)
            return reverse("agreements:agreement", args=[drawn.pk])

        if address := attempt_once(form, draw):
            messages.success(request, _("The draft is on file, with the promises of the visit."))
            return redirect(address)
    context = {"form": form, "visit": visit, "promises": selectors.promises_to_take_over(visit)}
    return render(request, "visits/agreement_draw.html", context)


@staff_only
@require_POST
def posting_draw(request: PortalRequest, pk: int, outcome: int) -> HttpResponse:
    """Draft the posting of what was offered for one major; `kind` is job or internship."""
    visit = _visit(request, pk)
    offered = get_object_or_404(visit.outcomes.select_related("major"), pk=outcome)
    kind = PostingKind.INTERNSHIP if request.POST.get("kind") == PostingKind.INTERNSHIP else PostingKind.JOB
    try:
        drawn = links.draw_posting(visit, offered, kind=kind, by=request.user, at=timezone.now())
    except RuleBroken as error:
        messages.warning(request, str(error))
        return redirect("visits:visit", pk=pk)
    return redirect("placements:posting_edit", pk=drawn.pk)


@staff_only
@require_GET
def evidence(request: PortalRequest, pk: int) -> FileResponse:
    """The file as a download, for people who may see its visit."""
    visible = Visit.objects.visible_to(request.user)
    stored = get_object_or_404(Evidence.objects.exclude(file=""), pk=pk, visit__in=visible)
    return download(stored.file, stored.file_name)


@staff_only
@require_http_methods(["GET", "POST"])
def evidence_new(request: PortalRequest, pk: int) -> HttpResponse:
    visit = _visit(request, pk)
    rules.can_add_evidence(request.user, visit).or_raise()
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():

        def add() -> str:
            reporting.add_evidence(visit, by=request.user, at=timezone.now(), **form.evidence)
            return reverse("visits:visit", args=[pk])

        if address := attempt_once(form, add):
            messages.success(request, _("The evidence is on file."))
            return redirect(address)
    return render(request, "visits/evidence_form.html", {"form": form, "visit": visit})
