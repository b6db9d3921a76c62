"""Visits: the list, one visit, planning and changing it, its next step, its briefing."""

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
from core.paging import page_of
from partnerships.choices.agreements import Side
from partnerships.exports import workbook
from partnerships.models.enterprises import Enterprise
from visits import rules
from visits.choices import TOOK_PLACE, TopicKind
from visits.forms.filters import EnterpriseSearch, VisitFilter
from visits.forms.plans import MoveForm, PlanForm, VisitEditForm
from visits.models.visits import Visit
from visits.selectors import choices, words
from visits.selectors import visits as selectors
from visits.selectors.exports import ledger_columns, ledger_rows
from visits.services import planning, record
from visits.views.saving import attempt, attempt_once


def _filter(request: PortalRequest) -> VisitFilter:
    campaigns = choices.campaign_choices(request.user)
    return VisitFilter(request.GET, campaigns=campaigns, leaders=choices.leaders_of_visits())


@staff_only
@require_GET
def visit_list(request: PortalRequest) -> HttpResponse:
    form, on = _filter(request), timezone.localdate()
    rows = selectors.visit_list(request.user, form.chosen, on=on)
    template = "visits/visit_list.html#rows" if request.htmx else "visits/visit_list.html"
    context = {"form": form, "page": page_of(rows, request), "today": on, "may_plan": rules.can_plan(request.user)}
    return render(request, template, context)


@staff_only
@require_GET
def visit_export(request: PortalRequest) -> FileResponse:
    """Exactly the rows that the list is filtered to, as the office's ledger."""
    rows = selectors.visit_list(request.user, _filter(request).chosen, on=timezone.localdate())
    return workbook("visits", ledger_columns(), ledger_rows(rows))


@staff_only
@require_GET
def enterprise_visits(request: PortalRequest, pk: int) -> HttpResponse:
    """The tab of an enterprise's file."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    page = page_of(selectors.of_enterprise(request.user, enterprise), request)
    context = {
        "enterprise": enterprise,
        "page": page,
        "today": timezone.localdate(),
        "may_plan": rules.can_plan(request.user),
    }
    return render(request, "visits/enterprise_visits.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def visit_plan(request: PortalRequest) -> HttpResponse:
    """First which enterprise, by searching; then, with `?enterprise=`, everything else."""
    rules.can_plan(request.user).or_raise()
    wanted = request.GET.get("enterprise", "")
    if not wanted.isdecimal():
        return _which_enterprise(request)
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user).current(), pk=int(wanted[:18]))
    on = timezone.localdate()
    running = choices.running_campaigns(request.user, on=on)
    initial = {"direction": "outgoing", "medium": "on_site", "campaigns": running, "place": enterprise.address}
    form = PlanForm(request.POST or None, enterprise=enterprise, user=request.user, on=on, initial=initial)
    if request.method == "POST" and form.is_valid() and (address := _planned(request, enterprise, form)):
        return redirect(address)
    return render(request, "visits/visit_plan.html", {"form": form, "enterprise": enterprise})


def _which_enterprise(request: PortalRequest) -> HttpResponse:
    form = EnterpriseSearch(request.GET)
    words = form.chosen.get("find", "")
    context = {"form": form, "words": words, "found": choices.enterprises_found(request.user, words)}
    template = "visits/visit_which.html#rows" if request.htmx else "visits/visit_which.html"
    return render(request, template, context)


def _planned(request: PortalRequest, enterprise: Enterprise, form: PlanForm) -> str:
    """Plan the visit or enter a past one; where it stands, or "" when refused."""
    took_place = form.cleaned_data["took_place"]
    write = record.record_past_visit if took_place else planning.plan_visit

    def plan() -> str:
        visit = write(enterprise, by=request.user, at=timezone.now(), **form.plan)
        return reverse("visits:report" if took_place else "visits:visit", args=[visit.pk])

    address = attempt_once(form, plan)
    if address:
        told = _("The visit is on file. Now write its report.")
        messages.success(request, told if took_place else _("The visit is planned. Its leader has been told."))
    return address


def _visit(request: PortalRequest, pk: int) -> Visit:
    return get_object_or_404(selectors.visit_with_people(request.user), pk=pk)


@staff_only
@require_GET
def visit(request: PortalRequest, pk: int) -> HttpResponse:
    found = _visit(request, pk)
    return render(request, "visits/visit.html", _whole_page(request, found))


def _whole_page(request: PortalRequest, visit: Visit) -> dict[str, object]:
    """The page of a visit: the plan, what came of it, and what this person may do next."""
    on, user, took_place = timezone.localdate(), request.user, visit.state in TOOK_PLACE
    selectors.add_parts(visit, user, on=on)
    return {
        **_page(request, visit),
        "steps": selectors.stepper(visit),
        "moves": selectors.moves(user, visit, on=on),
        "clashes": selectors.clashes(visit),
        "needs": words.needs_of(visit),
        "places": words.places_of(visit),
        "took_place": took_place,
        "may_change": rules.can_change(user, visit),
        "may_add_evidence": took_place and rules.can_add_evidence(user, visit),
        "may_draw_agreement": took_place and rules.can_draw_agreement(user, visit),
        "may_draw_posting": took_place and rules.can_draw_posting(user, visit),
    }


def _page(request: PortalRequest, visit: Visit) -> dict[str, object]:
    """What the visit and its briefing both show."""
    on, user = timezone.localdate(), request.user
    return {
        "visit": visit,
        "party": selectors.of_side(visit, Side.SCHOOL),
        "hosts": selectors.of_side(visit, Side.ENTERPRISE),
        "topics": words.topics_of(visit, TopicKind.TOPIC),
        "agenda": words.topics_of(visit, TopicKind.AGENDA),
        "spoken": words.topics_of(visit, TopicKind.SPOKEN),
        "campaigns": words.campaigns_of(visit),
        "flags": words.flags_of(visit),
        "today": on,
        "may_report": selectors.may_report_now(user, visit, on=on),
    }


@staff_only
@require_http_methods(["GET", "POST"])
def visit_edit(request: PortalRequest, pk: int) -> HttpResponse:
    found = _visit(request, pk)
    rules.can_change(request.user, found).or_raise()
    form = VisitEditForm(request.POST or None, visit=found, user=request.user, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        version, fields = form.cleaned_data["version"], form.plan
        saved = attempt(
            form,
            lambda: planning.change_visit(found, version=version, fields=fields, by=request.user, at=timezone.now()),
            record=found,
        )
        if saved:
            messages.success(request, _("Saved."))
            return redirect("visits:visit", pk=pk)
    return render(request, "visits/visit_form.html", {"form": form, "visit": found})


@staff_only
@require_POST
def visit_move(request: PortalRequest, pk: int) -> HttpResponse:
    """One step; what cannot be is said on the visit's own page, with what was typed."""
    found = _visit(request, pk)
    form = MoveForm(request.POST)
    if form.is_valid():
        to, note = form.cleaned_data["to"], form.cleaned_data["note"]
        if attempt(form, lambda: planning.move_visit(found, to, by=request.user, at=timezone.now(), note=note)):
            messages.success(request, _("The visit is now: %(state)s.") % {"state": to.label})
            return redirect("visits:visit", pk=pk)
    return render(request, "visits/visit.html", {**_whole_page(request, found), "move_form": form}, status=422)


@staff_only
@require_GET
def briefing(request: PortalRequest, pk: int) -> HttpResponse:
    """One sheet for the road and for paper."""
    found = _visit(request, pk)
    on = timezone.localdate()
    context = {**_page(request, found), "background": selectors.background(request.user, found, on=on)}
    return render(request, "visits/briefing.html", context)
