"""Plaques: the list, one plaque, its award and the day on which it comes down."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt, attempt_edit, attempt_once
from core.forms import fields_of
from core.paging import page_of
from core.uploads import download
from exporting.sending import exported
from partnerships.choices.programmes import ProgrammeKind
from partnerships.models.enterprises import Enterprise
from partnerships.models.plaques import Plaque
from programmes import rules
from programmes.exports import PLAQUES
from programmes.forms.plaques import PlaqueEditForm, PlaqueFilter, PlaqueNewForm, TakeDownForm
from programmes.selectors import plaques as selectors
from programmes.services import plaques as services


@staff_only
@require_GET
def plaque_list(request: PortalRequest) -> HttpResponseBase:
    form = PlaqueFilter(request.GET)
    rows = selectors.plaque_list(request.user, form.chosen)
    if "format" in request.GET:
        return exported(request, PLAQUES, rows, filters=form)
    page = page_of(rows, request)
    template = "programmes/plaque_list.html#rows" if request.htmx else "programmes/plaque_list.html"
    return render(request, template, {"form": form, "page": page})


def _plaque(request: PortalRequest, pk: int) -> Plaque:
    names = ("enterprise", "agreement", "programme", "meeting")
    return get_object_or_404(Plaque.objects.visible_to(request.user).select_related(*names), pk=pk)


@staff_only
@require_GET
def plaque(request: PortalRequest, pk: int) -> HttpResponse:
    record = _plaque(request, pk)
    context = {"plaque": record, "may_award": rules.can_appoint(request.user)}
    if record.enterprise:
        on = record.taken_down_on or timezone.localdate()
        context["conditions"] = selectors.advice(record.enterprise, record.kind, on=on)
    return render(request, "programmes/plaque.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def plaque_new(request: PortalRequest, pk: int) -> HttpResponse:
    """Award a plaque to an enterprise; `?kind=` shows how it stands to the school's conditions of that kind."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    rules.can_appoint(request.user).or_raise()
    chosen = request.POST.get("kind") or request.GET.get("kind", "")
    kind = chosen if chosen in ProgrammeKind.values else ProgrammeKind.TRAINING_BASE.value
    today = timezone.localdate()
    first = {"awarded_to": enterprise.legal_name, "kind": kind, "awarded_on": today}
    form = PlaqueNewForm(
        request.POST or None, request.FILES or None, enterprise=enterprise, user=request.user, initial=first
    )
    if request.method == "POST" and form.is_valid():
        fields = {**fields_of(form), "enterprise": enterprise}

        def award() -> str:
            made = services.award_plaque(**fields, by=request.user, at=timezone.now())
            return reverse("programmes:plaque", args=[made.pk])

        if address := attempt_once(form, award):
            messages.success(request, _("The plaque is on file."))
            return redirect(address)
    advice = [(str(label), selectors.advice(enterprise, value, on=today)) for value, label in ProgrammeKind.choices]
    context = {"form": form, "enterprise": enterprise, "advice": [each for each in advice if each[1]]}
    return render(request, "programmes/plaque_form.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def plaque_edit(request: PortalRequest, pk: int) -> HttpResponse:
    record = _plaque(request, pk)
    rules.can_appoint(request.user).or_raise()
    form = PlaqueEditForm(
        request.POST or None, request.FILES or None, instance=record, enterprise=record.enterprise, user=request.user
    )
    if request.method == "POST" and form.is_valid():
        said = {"version": form.cleaned_data["version"], "fields": fields_of(form)}
        at = timezone.now()
        if attempt_edit(form, record, lambda: services.change_plaque(record, **said, by=request.user, at=at)):
            messages.success(request, _("Saved."))
            return redirect("programmes:plaque", pk=pk)
    context = {"form": form, "enterprise": record.enterprise, "plaque": record}
    return render(request, "programmes/plaque_form.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def take_down(request: PortalRequest, pk: int) -> HttpResponse:
    record = _plaque(request, pk)
    rules.can_appoint(request.user).or_raise()
    form = TakeDownForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        said, at = form.cleaned_data, timezone.now()
        if attempt(form, lambda: services.take_down(record, **said, by=request.user, at=at)):
            messages.success(request, _("The plaque stays in the history of the file."))
            return redirect("programmes:plaque", pk=pk)
    return render(request, "programmes/plaque_down.html", {"form": form, "plaque": record})


@staff_only
@require_GET
def plaque_photo(request: PortalRequest, pk: int) -> FileResponse:
    record = _plaque(request, pk)
    if not record.photo:
        raise Http404
    return download(record.photo, record.photo_name)
