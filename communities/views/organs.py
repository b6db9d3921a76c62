"""The charter, the organs and who sits in them."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import staff_only
from accounts.http import PortalRequest
from communities import rules
from communities.forms.organs import (
    CharterForm,
    DayFilter,
    OrganEndForm,
    OrganForm,
    OrganNewForm,
    SeatForm,
    SeatNewForm,
)
from communities.models.organs import Charter, Organ, Seat
from communities.selectors import organs as selectors
from communities.services import charters
from communities.services import organs as services
from core.acting import attempt, attempt_once
from core.forms import fields_of
from core.uploads import download
from partnerships.models.communities import Community


def _community(request: PortalRequest, pk: int) -> Community:
    return get_object_or_404(Community.objects.visible_to(request.user), pk=pk)


def _organ(request: PortalRequest, pk: int) -> Organ:
    visible = Community.objects.visible_to(request.user)
    return get_object_or_404(Organ.objects.select_related("community"), pk=pk, community__in=visible)


@staff_only
@require_GET
def organs(request: PortalRequest, pk: int) -> HttpResponse:
    """Who sits in which organ today, or sat there on `?on=`."""
    community = _community(request, pk)
    form = DayFilter(request.GET)
    on = form.chosen.get("on") or timezone.localdate()
    context = {
        "community": community,
        "form": form,
        "on": on,
        "shown": selectors.organs_page(community, on=on),
        "may_keep": rules.can_keep_communities(request.user),
    }
    return render(request, "communities/organs.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def organ_new(request: PortalRequest, pk: int) -> HttpResponse:
    community = _community(request, pk)
    rules.can_keep_communities(request.user).or_raise()
    form = OrganNewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)

        def enter() -> str:
            services.found_organ(community, **fields, by=request.user, at=timezone.now())
            return reverse("communities:organs", args=[pk])

        if address := attempt_once(form, enter):
            messages.success(request, _("The organ is on file."))
            return redirect(address)
    return render(request, "communities/organ_form.html", {"form": form, "community": community})


@staff_only
@require_http_methods(["GET", "POST"])
def organ_edit(request: PortalRequest, pk: int) -> HttpResponse:
    organ = _organ(request, pk)
    rules.can_keep_communities(request.user).or_raise()
    form = OrganForm(request.POST or None, instance=organ)
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)
        if attempt(form, lambda: services.change_organ(organ, **fields, by=request.user, at=timezone.now())):
            messages.success(request, _("Saved."))
            return redirect("communities:organs", pk=organ.community_id)
    return render(request, "communities/organ_form.html", {"form": form, "community": organ.community, "organ": organ})


@staff_only
@require_http_methods(["GET", "POST"])
def organ_end(request: PortalRequest, pk: int) -> HttpResponse:
    organ = _organ(request, pk)
    rules.can_keep_communities(request.user).or_raise()
    form = OrganEndForm(request.POST or None, initial={"ended_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt(form, lambda: services.end_organ(organ, **said, by=request.user, at=timezone.now())):
            messages.success(request, _("The organ has ended."))
            return redirect("communities:organs", pk=organ.community_id)
    return render(request, "communities/organ_end.html", {"form": form, "community": organ.community, "organ": organ})


@staff_only
@require_http_methods(["GET", "POST"])
def seat_new(request: PortalRequest, pk: int) -> HttpResponse:
    organ = _organ(request, pk)
    rules.can_keep_communities(request.user).or_raise()
    form = SeatNewForm(request.POST or None, community=organ.community)
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)

        def take() -> str:
            services.take_seat(organ, fields=fields, by=request.user, at=timezone.now())
            return reverse("communities:organs", args=[organ.community_id])

        if address := attempt_once(form, take):
            messages.success(request, _("The seat is on file."))
            return redirect(address)
    return render(request, "communities/organ_seat.html", {"form": form, "community": organ.community, "organ": organ})


@staff_only
@require_http_methods(["GET", "POST"])
def seat_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Correct a seat, or end it."""
    seat = get_object_or_404(Seat, pk=pk)
    organ = _organ(request, seat.organ_id)
    rules.can_keep_communities(request.user).or_raise()
    form = SeatForm(request.POST or None, instance=seat, community=organ.community)
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)
        if attempt(form, lambda: services.change_seat(seat, fields=fields, by=request.user, at=timezone.now())):
            messages.success(request, _("Saved."))
            return redirect("communities:organs", pk=organ.community_id)
    context = {"form": form, "community": organ.community, "organ": organ, "seat": seat}
    return render(request, "communities/organ_seat.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def charter_new(request: PortalRequest, pk: int) -> HttpResponse:
    community = _community(request, pk)
    rules.can_keep_communities(request.user).or_raise()
    initial = {"number": selectors.next_charter(community)}
    form = CharterForm(request.POST or None, request.FILES or None, community=community, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)

        def adopt() -> str:
            charters.adopt_charter(community, **fields, by=request.user, at=timezone.now())
            return reverse("communities:organs", args=[pk])

        if address := attempt_once(form, adopt):
            messages.success(request, _("The charter is on file."))
            return redirect(address)
    return render(request, "communities/charter_form.html", {"form": form, "community": community})


@staff_only
@require_GET
def charter(request: PortalRequest, pk: int) -> FileResponse:
    """A version as a download, older ones too."""
    visible = Community.objects.visible_to(request.user)
    stored = get_object_or_404(Charter, pk=pk, community__in=visible)
    if not stored.file:
        raise Http404
    return download(stored.file, stored.name)
