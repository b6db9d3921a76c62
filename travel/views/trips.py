"""Trips: the list, one trip, planning, changing and calling it off, its sheet for paper."""

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
from travel import rules
from travel.exports import TRIPS
from travel.forms.candidates import TripFilter
from travel.forms.trips import CallOffForm, TripEditForm, TripNewForm
from travel.selectors import trips as selectors
from travel.selectors.candidates import chosen
from travel.services import trips as services
from visits.models.campaigns import Trip


@staff_only
@require_GET
def trip_list(request: PortalRequest) -> HttpResponseBase:
    form, on = TripFilter(request.GET), timezone.localdate()
    rows = selectors.trip_list(request.user, form.chosen, on=on)
    if "format" in request.GET:
        return exported(request, TRIPS, rows, filters=form)
    page = page_of(rows, request)
    context = {"form": form, "page": page, "today": on, "may_plan": rules.can_plan_trip(request.user)}
    template = "travel/trip_list.html#rows" if request.htmx else "travel/trip_list.html"
    return render(request, template, context)


def _trip(request: PortalRequest, pk: int) -> Trip:
    return get_object_or_404(selectors.trip_with_parts(request.user), pk=pk)


@staff_only
@require_GET
def trip(request: PortalRequest, pk: int) -> HttpResponse:
    return render(request, "travel/trip.html", _page(request, _trip(request, pk)))


def _page(request: PortalRequest, found: Trip) -> dict[str, object]:
    """The days with their stops, and what this person may do with them."""
    return {
        "trip": found,
        "shown": selectors.trip_page(request.user, found),
        "may_change": rules.can_change_trip(request.user, found),
    }


@staff_only
@require_GET
def sheet(request: PortalRequest, pk: int) -> HttpResponse:
    """The trip on paper: where, when, whom we meet and their telephone."""
    found = _trip(request, pk)
    days = selectors.sheet_days(request.user, found)
    return render(request, "travel/sheet.html", {"trip": found, "days": days, "party": list(found.party.all())})


@staff_only
@require_http_methods(["GET", "POST"])
def trip_new(request: PortalRequest) -> HttpResponse:
    """A trip; with `?enterprise=` several times to those enterprises, or to a trip that is ahead."""
    rules.can_plan_trip(request.user).or_raise()
    on, enterprises = timezone.localdate(), chosen(request.user, request.GET.getlist("enterprise"))
    form = TripNewForm(request.POST or None, user=request.user, on=on)
    if request.method == "POST" and form.is_valid():
        said = {**form.columns, "offices": form.cleaned_data["offices"], "party": form.party}
        said |= {"enterprises": enterprises, "accept_clash": form.cleaned_data["accept_clash"]}

        def plan() -> str:
            planned = services.plan_trip(**said, by=request.user, at=timezone.now())
            return reverse("travel:trip", args=[planned.pk])

        if address := attempt_once(form, plan):
            messages.success(request, _("The trip is planned. Now say when each stop is."))
            return redirect(address)
    ahead = selectors.trips_ahead(request.user, on=on) if enterprises else []
    return render(request, "travel/trip_form.html", {"form": form, "enterprises": enterprises, "ahead": ahead})


@staff_only
@require_http_methods(["GET", "POST"])
def trip_edit(request: PortalRequest, pk: int) -> HttpResponse:
    found = _trip(request, pk)
    rules.can_change_trip(request.user, found).or_raise()
    form = TripEditForm(request.POST or None, trip=found, user=request.user, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        said = {"version": form.cleaned_data["version"], "fields": form.columns, "party": form.party}
        said |= {"offices": form.cleaned_data["offices"], "accept_clash": form.cleaned_data["accept_clash"]}
        if attempt_edit(form, found, lambda: services.change_trip(found, **said, by=request.user, at=timezone.now())):
            messages.success(request, _("Saved."))
            return redirect("travel:trip", pk=pk)
    return render(request, "travel/trip_form.html", {"form": form, "trip": found})


@staff_only
@require_POST
def trip_call_off(request: PortalRequest, pk: int) -> HttpResponse:
    """All stops ahead at once; without a reason the page comes back and asks for it."""
    found = _trip(request, pk)
    form = CallOffForm(request.POST)
    if form.is_valid():
        why = form.cleaned_data["why"]
        if attempt(form, lambda: services.call_off_trip(found, why=why, by=request.user, at=timezone.now())):
            messages.success(request, _("All stops ahead are called off. Those concerned have been told."))
            return redirect("travel:trip", pk=pk)
    return render(request, "travel/trip.html", {**_page(request, found), "call_off_form": form}, status=422)
