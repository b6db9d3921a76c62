"""Asking for a report: what its kind wants to know."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt_once
from core.forms import OnceForm
from reports import rules
from reports.kinds.catalogue import KINDS
from reports.kinds.kind import Kind
from reports.services.requests import request_report


def kind_or_404(request: PortalRequest, slug: str) -> Kind:
    """A kind that this person may have built."""
    kind = KINDS.get(slug)
    if kind is None or not kind.may_build(request.user):
        raise Http404
    return kind


@require_http_methods(["GET", "POST"])
@staff_only
def new(request: PortalRequest, slug: str) -> HttpResponse:
    """The filters of an address are filled in; the report is in the reader's language."""
    kind, user = kind_or_404(request, slug), request.user
    form = kind.form(request.POST or None, user=user, on=timezone.localdate(), initial=request.GET.dict())
    token = OnceForm(request.POST or None)

    def ask() -> str:
        language = translation.get_language() or user.language
        build = request_report(kind, form.parameters, by=user, at=timezone.now(), language=language)
        return reverse("reports:report", args=[build.pk])

    if request.method == "POST" and form.is_valid() and token.is_valid() and (address := attempt_once(token, ask)):
        return redirect(address)
    context = {"kind": kind, "form": form, "token": token, "may_schedule": rules.can_schedule(user)}
    return render(request, "reports/new.html", context)
