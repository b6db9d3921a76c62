"""Classes, courses and textbooks of a programme: one way to add, change and remove them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt, attempt_once
from core.forms import fields_of
from partnerships.models.programmes import Programme, ProgrammeCohort, ProgrammeCourse, Textbook
from programmes import rules
from programmes.forms import programmes as forms
from programmes.services import parts as services
from programmes.services.programmes import link_of


@dataclass(frozen=True)
class Kind:
    """One kind of part: its table, its forms and the words above its form."""

    model: type[services.Part]
    new: type[forms.PartForm]
    edit: type[forms.PartForm]
    add: Promise
    change: Promise


KINDS = {
    "cohort": Kind(
        ProgrammeCohort, forms.CohortNewForm, forms.CohortForm,
        gettext_lazy("Add a class"), gettext_lazy("Change a class"),
    ),
    "course": Kind(
        ProgrammeCourse, forms.CourseNewForm, forms.CourseForm,
        gettext_lazy("Add a course"), gettext_lazy("Change a course"),
    ),
    "textbook": Kind(
        Textbook, forms.TextbookNewForm, forms.TextbookForm,
        gettext_lazy("Add a textbook"), gettext_lazy("Change a textbook"),
    ),
}  # fmt: skip


def _part(request: PortalRequest, kind: Kind, pk: int) -> services.Part:
    """A part of a programme that the person sees and may change."""
    rows: Any = kind.model._default_manager.select_related("programme__enterprise")
    visible = Programme.objects.visible_to(request.user)
    part: services.Part = get_object_or_404(rows, pk=pk, programme__in=visible)
    rules.can_change_programme(request.user, part.programme).or_raise()
    return part


@staff_only
@require_http_methods(["GET", "POST"])
def part_new(request: PortalRequest, pk: int, part: str) -> HttpResponse:
    kind = KINDS[part]
    programme = get_object_or_404(Programme.objects.visible_to(request.user).select_related("enterprise"), pk=pk)
    rules.can_change_programme(request.user, programme).or_raise()
    form = kind.new(request.POST or None, programme=programme)
    if request.method == "POST" and form.is_valid():

        def add() -> str:
            services.add_part(programme, kind.model, fields=fields_of(form), by=request.user, at=timezone.now())
            return link_of(programme)

        if address := attempt_once(form, add):
            messages.success(request, _("Saved."))
            return redirect(address)
    return render(request, "programmes/part_form.html", {"form": form, "programme": programme, "title": kind.add})


@staff_only
@require_http_methods(["GET", "POST"])
def part_edit(request: PortalRequest, pk: int, part: str) -> HttpResponse:
    kind = KINDS[part]
    record = _part(request, kind, pk)
    programme = record.programme
    form = kind.edit(request.POST or None, instance=record, programme=programme)
    if request.method == "POST" and form.is_valid():
        fields, at = fields_of(form), timezone.now()
        if attempt(form, lambda: services.change_part(record, fields=fields, by=request.user, at=at)):
            messages.success(request, _("Saved."))
            return redirect(link_of(programme))
    return render(request, "programmes/part_form.html", {"form": form, "programme": programme, "title": kind.change})


@staff_only
@require_POST
def part_remove(request: PortalRequest, pk: int, part: str) -> HttpResponse:
    kind = KINDS[part]
    record = _part(request, kind, pk)
    address = link_of(record.programme)
    services.remove_part(record, by=request.user, at=timezone.now())
    messages.success(request, _("Removed; the timeline tells of it."))
    return redirect(address)
