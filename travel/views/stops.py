"""Stops of a trip: added, changed, put in order, taken off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt_edit, attempt_once
from partnerships.models.enterprises import Enterprise
from travel import rules
from travel.forms.candidates import EnterpriseSearch
from travel.forms.stops import StopEditForm, StopNewForm, StopsNewForm
from travel.selectors.candidates import chosen
from travel.services import stops as services
from visits.models.campaigns import Trip
from visits.models.visits import Visit
from visits.selectors.choices import enterprises_found


@staff_only
@require_http_methods(["GET", "POST"])
def stop_new(request: PortalRequest, pk: int) -> HttpResponse:
    """First which enterprises, by searching; then, with `?enterprise=`, on which day."""
    found = get_object_or_404(Trip.objects.visible_to(request.user), pk=pk)
    rules.can_change_trip(request.user, found).or_raise()
    enterprises = chosen(request.user, request.GET.getlist("enterprise"))
    if not enterprises:
        return _which(request, found)
    is_one = len(enterprises) == 1
    initial = {"address": enterprises[0].address} if is_one else {}
    form = (StopNewForm if is_one else StopsNewForm)(request.POST or None, trip=found, initial=initial)
    if request.method == "POST" and form.is_valid() and (address := _added(request, found, enterprises, form)):
        return redirect(address)
    return render(request, "travel/stop_form.html", {"form": form, "trip": found, "enterprises": enterprises})


def _added(request: PortalRequest, trip: Trip, enterprises: list[Enterprise], form: StopNewForm | StopsNewForm) -> str:
    said = form.said if isinstance(form, StopNewForm) else dict(form.cleaned_data)
    day = said.pop("starts_on")
    plan = {name: value for name, value in said.items() if name not in ("accept_clash", "form_token")}
    accept = form.cleaned_data["accept_clash"]

    def add() -> str:
        services.add_stops(trip, enterprises, day=day, by=request.user, at=timezone.now(), accept_clash=accept, **plan)
        return reverse("travel:trip", args=[trip.pk])

    address = attempt_once(form, add)
    if address:
        messages.success(request, _("Added to the trip. Its leader has been told."))
    return address


def _which(request: PortalRequest, trip: Trip) -> HttpResponse:
    form = EnterpriseSearch(request.GET)
    words = form.chosen.get("find", "")
    context = {"form": form, "trip": trip, "words": words, "found": enterprises_found(request.user, words)}
    template = "travel/stop_which.html#rows" if request.htmx else "travel/stop_which.html"
    return render(request, template, context)


def _stop(request: PortalRequest, pk: int) -> Visit:
    stops = Visit.objects.visible_to(request.user).filter(trip__isnull=False)
    return get_object_or_404(stops.select_related("trip", "enterprise"), pk=pk)


@staff_only
@require_http_methods(["GET", "POST"])
def stop_edit(request: PortalRequest, pk: int) -> HttpResponse:
    stop = _stop(request, pk)
    assert stop.trip is not None  # noqa: S101 - filtered above
    rules.can_change_trip(request.user, stop.trip).or_raise()
    form = StopEditForm(request.POST or None, stop=stop, trip=stop.trip)
    if request.method == "POST" and form.is_valid():
        said = {"version": form.cleaned_data["version"], "fields": form.said}
        said["accept_clash"] = form.cleaned_data["accept_clash"]
        if attempt_edit(form, stop, lambda: services.change_stop(stop, **said, by=request.user, at=timezone.now())):
            messages.success(request, _("Saved."))
            return redirect("travel:trip", pk=stop.trip_id)
    return render(request, "travel/stop_form.html", {"form": form, "trip": stop.trip, "stop": stop})


@staff_only
@require_POST
def stop_move(request: PortalRequest, pk: int) -> HttpResponse:
    """One place up or down; the buttons work without JavaScript."""
    stop = _stop(request, pk)
    services.move_stop(stop, services.UP if request.POST.get("to") == "up" else services.DOWN, by=request.user)
    return redirect(f"{reverse('travel:trip', args=[stop.trip_id])}#stop-{pk}")


@staff_only
@require_POST
def stop_take_off(request: PortalRequest, pk: int) -> HttpResponse:
    stop = _stop(request, pk)
    services.take_off(stop, by=request.user, at=timezone.now())
    messages.success(request, _("The visit stays planned; it is no stop of this trip any more."))
    return redirect("travel:trip", pk=stop.trip_id)
