"""Who was invited to a visit, and who of the enterprise shall be."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import staff_only
from accounts.http import PortalRequest
from calendars.forms import GuestsForm
from calendars.selectors import invitations as selectors
from calendars.services.invitations import invite_guests
from core.acting import attempt
from visits import rules
from visits.choices import AHEAD
from visits.models.visits import Visit


@staff_only
@require_http_methods(["GET", "POST"])
def invitations(request: PortalRequest, pk: int) -> HttpResponse:
    visit = get_object_or_404(selectors.with_invitations(Visit.objects.visible_to(request.user)), pk=pk)
    may_invite = visit.state in AHEAD and rules.can_change(request.user, visit)
    guests = selectors.guests(visit)
    sent = request.POST if request.method == "POST" else None
    form = GuestsForm(sent, guests=guests, initial={"contacts": selectors.asked_for(visit)})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["contacts"]
        if attempt(form, lambda: invite_guests(visit, chosen, by=request.user)):
            messages.success(request, _("Saved. Invitations leave within a few minutes."))
            return redirect("calendars:invitations", pk=pk)
    context = {"visit": visit, "form": form, "may_invite": may_invite, "people": selectors.people(visit)}
    return render(request, "calendars/invitations.html", context)
