"""Guidance for advisers and the office: hours, what came of them, who advises, numbers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import office_only, staff_only
from accounts.http import PortalRequest
from core.acting import attempt, attempt_once
from core.errors import RuleBroken
from core.forms import fields_of
from exporting.sending import exported
from guidance import rules
from guidance.choices import AppointmentState
from guidance.exports import NUMBERS
from guidance.forms import AdviserForm, AdviserNewForm, HoursForm, NoteForm
from guidance.models import AdviceSlot, Adviser
from guidance.selectors import guidance as selectors
from guidance.services import advisers as services
from guidance.services import appointments
from guidance.views.students import appointment_or_404, page_context


def _adviser(request: PortalRequest) -> Adviser:
    """The adviser who asks; whoever is none finds nothing."""
    if not rules.can_advise(request.user):
        raise Http404
    return Adviser.objects.get(user=request.user)


@staff_only
@require_http_methods(["GET", "POST"])
def hours(request: PortalRequest) -> HttpResponse:
    """One's own hours, and new ones, several at once."""
    adviser, now = _adviser(request), timezone.now()
    form = HoursForm(request.POST or None, initial={"place": adviser.place})
    if request.method == "POST" and form.is_valid():

        def offer() -> str:
            new = services.offer_hours(**form.said, by=request.user, at=now)
            words = ngettext("%(number)s hour is offered.", "%(number)s hours are offered.", new)
            messages.success(request, words % {"number": new})
            return reverse("guidance:hours")

        if address := attempt_once(form, offer):
            return redirect(address)
    context = {
        "form": form, "hours": selectors.hours_of(adviser, now), "unmarked": selectors.unmarked(adviser, now),
        "now": now,
    }  # fmt: skip
    return render(request, "guidance/hours.html", context)


@staff_only
@require_POST
def hour_withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    slot = get_object_or_404(AdviceSlot, pk=pk, adviser=_adviser(request))
    try:
        services.withdraw_slot(slot, by=request.user, at=timezone.now())
    except RuleBroken as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("The hour is offered no more."))
    return redirect("guidance:hours")


@staff_only
@require_POST
def appointment_mark(request: PortalRequest, pk: int) -> HttpResponse:
    """`state` is held or missed."""
    _adviser(request)
    found = appointment_or_404(request, pk)
    if request.POST.get("state") not in AppointmentState.values:
        raise Http404
    state = AppointmentState(request.POST["state"])
    appointments.mark(found, state, by=request.user, at=timezone.now())
    messages.success(request, _("Noted."))
    return redirect("guidance:appointment", pk=pk)


@staff_only
@require_POST
def note_new(request: PortalRequest, pk: int) -> HttpResponse:
    _adviser(request)
    found = appointment_or_404(request, pk)
    form = NoteForm(request.POST)
    if form.is_valid():

        def write() -> str:
            appointments.note(found, text=form.cleaned_data["text"], by=request.user, at=timezone.now())
            return reverse("guidance:appointment", args=[pk])

        if address := attempt_once(form, write):
            messages.success(request, _("The note is kept. Only advisers read it."))
            return redirect(address)
    return render(request, "guidance/appointment.html", page_context(request, found, note_form=form), status=422)


@office_only
@require_GET
def adviser_list(request: PortalRequest) -> HttpResponse:
    advisers = Adviser.objects.select_related("user").order_by("-is_active", "user__number")
    return render(request, "guidance/adviser_list.html", {"advisers": advisers})


@office_only
@require_http_methods(["GET", "POST"])
def adviser_new(request: PortalRequest) -> HttpResponse:
    form = AdviserNewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)
        user = fields.pop("user")

        def name() -> str:
            services.name_adviser(user=user, fields=fields, by=request.user)
            return reverse("guidance:adviser_list")

        if address := attempt_once(form, name):
            messages.success(request, _("%(person)s is an adviser.") % {"person": user})
            return redirect(address)
    return render(request, "guidance/adviser_form.html", {"form": form})


@office_only
@require_http_methods(["GET", "POST"])
def adviser_edit(request: PortalRequest, pk: int) -> HttpResponse:
    adviser = get_object_or_404(Adviser.objects.select_related("user"), pk=pk)
    form = AdviserForm(request.POST or None, instance=adviser)
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)
        if attempt(form, lambda: services.change_adviser(adviser, fields=fields, by=request.user)):
            messages.success(request, _("Saved."))
            return redirect("guidance:adviser_list")
    return render(request, "guidance/adviser_form.html", {"form": form, "adviser": adviser})


@office_only
@require_GET
def numbers(request: PortalRequest) -> HttpResponseBase:
    """Counts per topic; nobody is named."""
    this_year = timezone.localdate().year
    years = selectors.years(this_year)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and asked in map(str, years) else this_year
    lines = selectors.numbers(year)
    if "format" in request.GET:
        return exported(request, NUMBERS, lines, also=["year"])
    return render(request, "guidance/numbers.html", {"lines": lines, "year": year, "years": years})
