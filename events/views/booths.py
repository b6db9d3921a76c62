"""The booths of a fair: the plan on a page and on paper, and who stands where."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import school_only, staff_only
from accounts.http import PortalRequest
from core.acting import attempt
from core.errors import RuleBroken
from core.pdf import render_pdf
from events import rules
from events.forms.taking_part import LayOutForm, StandingForm
from events.models import Event
from events.selectors import booths as selectors
from events.services import booths as services

SHEET = Path(settings.BASE_DIR) / "templates" / "events" / "booths.typ"


def _event(request: PortalRequest, pk: int) -> Event:
    return get_object_or_404(Event.objects.visible_to(request.user).select_related("room"), pk=pk)


@school_only
@require_GET
def booths(request: PortalRequest, pk: int) -> HttpResponse:
    event = _event(request, pk)
    may_change = request.user.is_school_staff and rules.can_change(request.user, event)
    plan = selectors.plan_of(event)
    lay_out = LayOutForm(initial={"rows": len(plan.rows) or 4, "columns": plan.columns or 8})
    context = {"event": event, "plan": plan, "may_change": may_change, "lay_out_form": lay_out}
    return render(request, "events/booths.html", context)


@school_only
@require_GET
def booths_pdf(request: PortalRequest, pk: int) -> HttpResponseBase:
    """A sheet across for the wall, in the reader's language."""
    event = _event(request, pk)
    if not event.booths.exists():
        raise Http404
    pdf = render_pdf(SHEET, selectors.sheet(event))
    return FileResponse(BytesIO(pdf), filename=f"{event.name}.pdf", content_type="application/pdf")


@staff_only
@require_POST
def booths_lay_out(request: PortalRequest, pk: int) -> HttpResponse:
    """So many rows with so many booths; `fill` gives free ones to those who have none."""
    event = _event(request, pk)
    form = LayOutForm(request.POST)
    try:
        if "fill" in request.POST:
            given = services.fill(event, by=request.user)
            words = ngettext("%(number)s booth was given.", "%(number)s booths were given.", given)
            messages.success(request, words % {"number": given})
        elif form.is_valid():
            services.lay_out(event, **form.cleaned_data, by=request.user)
            messages.success(request, _("The booths are laid out."))
        else:
            messages.warning(request, _("Say how many rows, and how many booths in a row."))
    except RuleBroken as error:
        messages.warning(request, str(error))
    return redirect("events:booths", pk=pk)


@staff_only
@require_http_methods(["GET", "POST"])
def booths_edit(request: PortalRequest, pk: int) -> HttpResponse:
    event = _event(request, pk)
    rules.can_change(request.user, event).or_raise()
    form = StandingForm(request.POST or None, event=event, booths=list(selectors.booths_of(event)))
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: services.place(event, form.standing, by=request.user))
    ):
        messages.success(request, _("Saved."))
        return redirect("events:booths", pk=pk)
    return render(request, "events/booths_edit.html", {"event": event, "form": form})
