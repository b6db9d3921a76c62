"""Visits: the list, one visit, planning and changing it, its next step, its briefing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt, attempt_edit, attempt_once
from core.paging import page_of
from exporting.sending import exported
from partnerships.choices.agreements import Side
from partnerships.models.enterprises import Enterprise
from visits import rules
from visits.choices import AHEAD, TOOK_PLACE, TopicKind
from visits.exports import VISITS
from visits.forms.filters import EnterpriseSearch, VisitFilter
from visits.forms.plans import MoveForm, PlanForm, VisitEditForm
from visits.maps import map_link
from visits.models.visits import Visit
from visits.selectors import choices, clashes, words
from visits.selectors import visits as selectors
from visits.selectors.after_report import after_report
from visits.selectors.came_of_it import use_of_enterprise
from visits.services import planning, record


def _filter(request: PortalRequest) -> VisitFilter:
    campaigns = choices.campaign_choices(request.user)
    return VisitFilter(request.GET, campaigns=campaigns, leaders=choices.leaders_of_visits())


@staff_only
@require_GET
def visit_list(request: PortalRequest) -> HttpResponseBase:
    form, on = _filter(request), timezone.localdate()
    rows = selectors.visit_list(request.user, form.chosen, on=on)
    if "format" in request.GET:
        return exported(request, VISITS, rows, filters=form)
    template = "visits/visit_list.html#rows" if request.htmx else "visits/visit_list.html"
    context = {"form": form, "page": page_of(rows, request), "today": on, "may_plan": rules.can_plan(request.user)}
    return render(request, template, context)


@staff_only
@require_GET
def enterprise_visits(request: PortalRequest, pk: int) -> HttpResponse:
    """The tab of an enterprise's file."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    page = page_of(selectors.of_enterprise(request.user, enterprise), request)
    context = {
        "enterprise": enterprise,
        "page": page,
        "use": use_of_enterprise(enterprise),
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
    initial = {"direction": "outgoing", "medium": "on_site", "campaigns": running, "address": enterprise.address}
    initial["colleges"] = list(request.user.college_ids)
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

    def plan() -> str:
        by, at = request.user, timezone.now()
        if took_place:
            return reverse("visits:report", args=[record.record_past_visit(enterprise, by=by, at=at, **form.plan).pk])
        planned = planning.plan_visit(enterprise, by=by, at=at, accept_clash=form.accepts, **form.plan)
        return reverse("visits:visit", args=[planned.pk])

    address = attempt_once(form, plan)
    if address:
        planned = _("The visit is planned. Everyone who takes part gets an invitation.")
        messages.success(request, _("The visit is on file. Now write its report.") if took_place else planned)
        if not took_place:
            _ask_for_link(request, form)
    return address


def _ask_for_link(request: PortalRequest, form: PlanForm | VisitEditForm) -> None:
    if form.lacks_link:
        messages.warning(request, _("It is online and has no link yet: nobody could join the meeting."))


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
        "clashes": clashes.of_visit(visit),
        "needs": words.needs_of(visit),
        "took_place": took_place,
        **after_report(user, visit, on=on),
        "may_change": rules.can_change(user, visit),
        "may_add_evidence": took_place and rules.can_add_evidence(user, visit),
        "may_draw_agreement": took_place and rules.can_draw_agreement(user, visit),
        "may_draw_event": rules.can_draw_event(user, visit),
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
        "colleges": words.colleges_of(visit),
        "rooms": words.rooms_of(visit),
        "places": words.places_of(visit),
        "map": map_link(visit.address),
        "meeting": visit.online_url if rules.can_join(user, visit) else "",
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
        said = {"version": form.cleaned_data["version"], "fields": form.plan, "accept_clash": form.accepts}
        if attempt_edit(form, found, lambda: planning.change_visit(found, **said, by=request.user, at=timezone.now())):
            messages.success(request, _("Saved."))
            if found.state in AHEAD:
                _ask_for_link(request, form)
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
