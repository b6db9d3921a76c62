"""Templates of agreements and the letterhead of the school."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import office_only, staff_only
from accounts.http import PortalRequest
from core.acting import attempt_edit, attempt_once
from core.forms import fields_of
from drafting import text_rules as rules
from drafting.forms.clauses import TemplateClauseForm, clause_forms
from drafting.forms.texts import LetterheadForm, TemplateEditForm, TemplateNewForm
from drafting.models.texts import AgreementTemplate
from drafting.selectors import texts as selectors
from drafting.selectors.documents import letterhead as stored_letterhead
from drafting.selectors.facts import words_offered
from drafting.services import letterhead as letterheads
from drafting.services import templates as services


@staff_only
@require_GET
def template_list(request: PortalRequest) -> HttpResponse:
    context = {
        "templates": selectors.template_list(),
        "without": selectors.kinds_without_template(),
        "may_keep": rules.can_keep_templates(request.user),
    }
    return render(request, "drafting/template_list.html", context)


@staff_only
@require_GET
def template(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(AgreementTemplate.objects.select_related("kind"), pk=pk)
    context = {
        "template": record,
        "clauses": selectors.read_clauses(record.clauses.all()),
        "may_keep": rules.can_keep_templates(request.user),
    }
    return render(request, "drafting/template.html", context)


@office_only
@require_http_methods(["GET", "POST"])
def template_new(request: PortalRequest) -> HttpResponse:
    form = TemplateNewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def add() -> str:
            added = services.add_template(**fields_of(form), by=request.user)
            return reverse("drafting:template_edit", args=[added.pk])

        if address := attempt_once(form, add):
            messages.success(request, _("The template is on file. Write its clauses now."))
            return redirect(address)
    return render(request, "drafting/template_new.html", {"form": form})


@office_only
@require_http_methods(["GET", "POST"])
def template_edit(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(AgreementTemplate, pk=pk)
    names = ("name_zh", "name_en", "is_active", "version")
    initial: dict[str, Any] = {name: getattr(record, name) for name in names} | {"kind": record.kind_id}
    form = TemplateEditForm(request.POST or None, initial=initial)
    clauses = clause_forms(request.POST or None, record.clauses.all(), TemplateClauseForm)
    if request.method == "POST" and all([form.is_valid(), clauses.is_valid()]):
        said = {**fields_of(form), "version": form.cleaned_data["version"], "clauses": clauses.clauses()}
        if attempt_edit(form, record, lambda: services.change_template(record, **said, by=request.user)):
            messages.success(request, _("Saved."))
            return redirect("drafting:template", pk=pk)
    context = {"form": form, "clauses": clauses, "template": record, "words": words_offered()}
    return render(request, "drafting/template_edit.html", context)


@office_only
@require_http_methods(["GET", "POST"])
def letterhead(request: PortalRequest) -> HttpResponse:
    record = stored_letterhead()
    form = LetterheadForm(
        request.POST or None, request.FILES or None, instance=record, initial={"version": record.version}
    )
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)
        logo, remove_logo = fields.pop("new_logo"), fields.pop("remove_logo")
        version = form.cleaned_data["version"]
        saved = attempt_edit(
            form,
            record,
            lambda: letterheads.change_letterhead(
                version=version, fields=fields, logo=logo, remove_logo=remove_logo, by=request.user
            ),
        )
        if saved:
            messages.success(request, _("Saved."))
            return redirect("drafting:letterhead")
    return render(request, "drafting/letterhead.html", {"form": form, "letterhead": record})
