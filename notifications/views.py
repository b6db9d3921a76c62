"""The inbox of everyone, the outbox of the office, and what one wants to hear of."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import office_only, signed_in
from accounts.choices import Role
from accounts.http import PortalRequest
from core.errors import RuleBroken
from core.paging import page_of
from notifications import selectors, services
from notifications.choices import Channel, MessageState
from notifications.forms import MendForm, PreferencesForm
from notifications.models import OutgoingMessage


@require_GET
@signed_in
def inbox(request: PortalRequest) -> HttpResponse:
    only_unread = request.GET.get("unread") == "1"
    page = page_of(selectors.inbox(request.user, only_unread=only_unread), request)
    template = "notifications/inbox.html#rows" if request.htmx else "notifications/inbox.html"
    return render(request, template, {"page": page, "only_unread": only_unread})


@require_POST
@signed_in
def read_all(request: PortalRequest) -> HttpResponse:
    services.mark_all_read(request.user, at=timezone.now())
    return redirect("notifications:inbox")


@require_GET
@signed_in
def open(request: PortalRequest, pk: int) -> HttpResponse:
    """Opening one's own message is reading it; nothing else follows from it, so a GET may note it."""
    message = get_object_or_404(OutgoingMessage.objects.inbox_of(request.user), pk=pk)
    services.mark_read(message, at=timezone.now())
    return render(request, "notifications/open.html", {"message": message})


@require_GET
@office_only
def outbox(request: PortalRequest) -> HttpResponse:
    state = request.GET.get("state", MessageState.FAILED.value)
    context = {
        "page": page_of(selectors.outbox(state), request),
        "state": state,
        "states": [(choice.value, choice.label) for choice in selectors.OUTBOX_STATES],
    }
    template = "notifications/outbox.html#rows" if request.htmx else "notifications/outbox.html"
    return render(request, template, context)


@require_POST
@office_only
def again(request: PortalRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(OutgoingMessage.objects.filter(channel=Channel.EMAIL), pk=pk)
    services.send_again(message, by=request.user, at=timezone.now())
    messages.success(request, _("The message is on its way again."))
    return redirect("notifications:outbox")


@require_http_methods(["GET", "POST"])
@office_only
def mend(request: PortalRequest, pk: int) -> HttpResponse:
    """A letter to somebody without an account came back: its address is corrected, and it leaves again."""
    failed = OutgoingMessage.objects.filter(recipient=None, state=MessageState.FAILED)
    message = get_object_or_404(failed, pk=pk)
    form = MendForm(request.POST or None, initial={"address": message.address})
    if request.method == "POST" and form.is_valid():
        try:
            services.mend_letter(message, address=form.cleaned_data["address"], by=request.user, at=timezone.now())
        except RuleBroken as error:
            form.add_error("address", str(error))
        else:
            messages.success(request, _("The message is on its way again."))
            return redirect("notifications:outbox")
    return render(request, "notifications/mend.html", {"form": form, "message": message})


@require_http_methods(["GET", "POST"])
@signed_in
def preferences(request: PortalRequest) -> HttpResponse:
    form = PreferencesForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        services.change_preferences(request.user, form.wanted())
        messages.success(request, _("Saved."))
        return redirect("notifications:preferences")
    context = {"form": form, "channels": Channel.labels, "is_student": request.user.has_role(Role.STUDENT)}
    return render(request, "notifications/preferences.html", context)
