"""What a figure is to reach, and who answers for it."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import office_only
from accounts.http import PortalRequest
from core.acting import attempt, attempt_once
from core.forms import fields_of
from reports import rules
from reports.asking import figure_asked_for
from reports.figures.figure import Figure
from reports.forms import OwnerForm, TargetForm
from reports.models.targets import FigureTarget
from reports.selectors.targets import owner_of
from reports.services import targets as services


@require_http_methods(["GET", "POST"])
@office_only
def target_new(request: PortalRequest, slug: str) -> HttpResponse:
    figure = figure_asked_for(slug)
    rules.can_set_target(request.user, figure).or_raise()
    form = TargetForm(request.POST or None, figure=figure, on=timezone.localdate())
    page = reverse("reports:figure", args=[slug])
    if request.method == "POST" and form.is_valid():

        def save() -> str:
            services.set_target(figure, **fields_of(form), by=request.user, at=timezone.now())
            return page

        if attempt_once(form, save):
            messages.success(request, _("The target is set."))
            return redirect(page)
    return _page(request, form, figure, _("Set a target"))


@require_POST
@office_only
def target_drop(request: PortalRequest, slug: str, pk: int) -> HttpResponse:
    figure = figure_asked_for(slug)
    target = get_object_or_404(FigureTarget.objects.filter(figure=slug), pk=pk)
    services.drop_target(target, figure, by=request.user)
    messages.success(request, _("The target is taken away."))
    return redirect("reports:figure", slug=slug)


@require_http_methods(["GET", "POST"])
@office_only
def figure_owner(request: PortalRequest, slug: str) -> HttpResponse:
    figure = figure_asked_for(slug)
    rules.can_name_owner(request.user).or_raise()
    form = OwnerForm(request.POST or None, initial={"user": owner_of(figure)})
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and attempt(form, lambda: services.name_owner(figure, form.cleaned_data["user"], by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("reports:figure", slug=slug)
    return _page(request, form, figure, _("Who answers for it"))


def _page(request: PortalRequest, form: Form, figure: Figure, title: str) -> HttpResponse:
    return render(request, "reports/figure_form.html", {"form": form, "figure": figure, "title": title})
