"""What one wants to hear of, where and how soon; and stopping mails from a mail."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import signed_in
from accounts.choices import Role
from accounts.http import PortalRequest
from core.errors import RuleBroken
from core.outside import opened_by
from notifications.choices import Channel
from notifications.forms.preferences import PreferencesForm
from notifications.leaving import Leaving, read_token
from notifications.selectors import preferences as selectors
from notifications.services import preferences as services


@require_http_methods(["GET", "POST"])
@signed_in
def preferences(request: PortalRequest) -> HttpResponse:
    form = PreferencesForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            services.name_robot(request.user, form.cleaned_data["robot"])
        except RuleBroken as error:
            form.add_error("robot", str(error))
        else:
            services.change_paces(request.user, form.wanted())
            messages.success(request, _("Saved."))
            return redirect("notifications:preferences")
    context = {
        "form": form, "channels": Channel.labels, "is_student": request.user.has_role(Role.STUDENT),
        "robot": selectors.robot(request.user),
    }  # fmt: skip
    return render(request, "notifications/preferences.html", context)


def _language(leaving: Leaving) -> str:
    """As a person of the school reads; for others as the browser says."""
    return selectors.language_of(leaving.user_id) or translation.get_language() or settings.LANGUAGE_CODE


@opened_by(read_token, language=_language, kind="messages-stop")
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, leaving: Leaving, token: str) -> HttpResponse:
    """Looking at it changes nothing: mail scanners open links. Mail programs post to it by themselves (RFC 8058)."""
    if request.method == "POST":
        services.stop(leaving, at=timezone.now())
    context = {
        "matter": leaving.matter.label,
        "is_stopped": request.method == "POST",
        "is_letter": leaving.user_id is None,
    }
    return render(request, "notifications/stop.html", context)
