"""The outbox of the office: what did not arrive, mended and sent again."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import office_only
from accounts.http import PortalRequest
from core.errors import RuleBroken
from core.paging import page_of
from notifications.choices import MessageState
from notifications.forms.messages import MendForm
from notifications.models.messages import OutgoingMessage
from notifications.selectors import messages as selectors
from notifications.services import outbox as services


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
    message = get_object_or_404(OutgoingMessage.objects.filter(channel__in=selectors.OUTBOX_CHANNELS), pk=pk)
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
            return redirect(_after_mending(request, form.cleaned_data["address"]))
    return render(request, "notifications/mend.html", {"form": form, "message": message})


def _after_mending(request: PortalRequest, address: str) -> str:
    """To the file of the contact whose address it is, where that is known: it is to be corrected there, too."""
    contact = request.GET.get("contact", "")
    if not contact.isdecimal():
        return reverse("notifications:outbox")
    messages.info(request, _("Please correct the address of the contact, too: it is filled in here."))
    return f"{reverse('partnerships:contact_edit', args=[contact])}?{urlencode({'email': address})}"
