"""The rules of reminders: what they remind of, whom and when, and what they would say in the days to come."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import office_only
from accounts.http import PortalRequest
from notifications import rules as permissions
from notifications.forms.rules import HoursForm, TermsForm
from notifications.occasions import Rule
from notifications.occasions import rules as all_rules
from notifications.selectors import rule_pages as selectors
from notifications.selectors.reminding import office_hours
from notifications.services import terms as services


@require_GET
@office_only
def reminders(request: PortalRequest) -> HttpResponse:
    context = {
        "lines": selectors.rule_lines(now=timezone.now()),
        "hours": office_hours(),
        "may_set": permissions.can_set_reminders(request.user),
    }
    return render(request, "notifications/reminders.html", context)


@require_http_methods(["GET", "POST"])
@office_only
def rule(request: PortalRequest, slug: str) -> HttpResponse:
    """The form is saved, looked at (`look`) without being saved, or goes back to the terms that the rule came with."""
    found = _found(slug)
    line = selectors.rule_lines(now=timezone.now(), of=found)[0]
    form = TermsForm(request.POST or None, rule=found, terms=line.terms)
    terms = line.terms
    if request.method == "POST":
        permissions.can_set_reminders(request.user).or_raise()
        if "back" in request.POST or (form.is_valid() and "look" not in request.POST):
            services.set_terms(found, found.terms if "back" in request.POST else form.terms, by=request.user)
            messages.success(request, _("Saved."))
            return redirect("notifications:rule", slug=slug)
        terms = form.terms if form.is_valid() else terms
    context = {
        "line": line,
        "form": form,
        "may_set": permissions.can_set_reminders(request.user),
        "preview": selectors.rule_preview(found, terms, now=timezone.now()),
        "is_look": terms != line.terms,
    }
    template = "notifications/rule.html#set" if request.htmx else "notifications/rule.html"
    return render(request, template, context)


def _found(slug: str) -> Rule:
    known = all_rules().get(slug)
    if known is None:
        raise Http404
    return known


@require_GET
@office_only
def ahead(request: PortalRequest) -> HttpResponse:
    """What all rules would say in the days to come."""
    context = {"table": selectors.ahead_table(now=timezone.now()), "hours": office_hours()}
    return render(request, "notifications/ahead.html", context)


@require_http_methods(["GET", "POST"])
@office_only
def reminder_hours(request: PortalRequest) -> HttpResponse:
    permissions.can_set_reminders(request.user).or_raise()
    form = HoursForm(request.POST or None, instance=office_hours())
    if request.method == "POST" and form.is_valid():
        services.set_hours(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("notifications:reminders")
    return render(request, "notifications/reminder_hours.html", {"form": form})
