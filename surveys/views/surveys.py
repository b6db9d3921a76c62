"""Surveys: the list, opening one, its questions and times; the set of questions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import office_only, staff_only
from accounts.http import PortalRequest
from core.acting import attempt, attempt_edit, attempt_once
from core.errors import RuleBroken
from core.forms import fields_of
from core.paging import page_of
from exporting.sending import exported
from surveys import exports, rules
from surveys.choices import SurveyKind
from surveys.forms.surveys import (
    ItemForm,
    SetItemEditForm,
    SurveyEditForm,
    SurveyFilter,
    SurveyNewForm,
    parts_of,
)
from surveys.models.surveys import SetItem, Survey
from surveys.selectors import surveys as selectors
from surveys.services import items as item_services
from surveys.services import surveys as services


@staff_only
@require_GET
def survey_list(request: PortalRequest) -> HttpResponseBase:
    form, on = SurveyFilter(request.GET), timezone.localdate()
    rows = selectors.survey_list(request.user, form.chosen, on=on)
    if "format" in request.GET:
        return exported(request, exports.surveys(on=on), rows, filters=form)
    page = page_of(rows, request)
    for row in page:
        row.state = row.state_on(on)  # type: ignore[attr-defined]
    template = "surveys/survey_list.html#rows" if request.htmx else "surveys/survey_list.html"
    context = {"form": form, "page": page, "may_keep": rules.can_keep_surveys(request.user)}
    return render(request, template, context)


@office_only
@require_http_methods(["GET", "POST"])
def survey_new(request: PortalRequest) -> HttpResponse:
    """First of which kind; then, with `?kind=`, everything else."""
    wanted = request.GET.get("kind", "")
    if wanted not in SurveyKind.values:
        return render(request, "surveys/survey_which.html", {"kinds": SurveyKind})
    kind = SurveyKind(wanted)
    form = SurveyNewForm(request.POST or None, kind=kind, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():

        def opened() -> str:
            fields = {**fields_of(form), "kind": kind}
            items = fields.pop("items")
            made = services.open_survey(fields=fields, items=items, by=request.user, at=timezone.now())
            return reverse("surveys:questions", args=[made.pk])

        if address := attempt_once(form, opened):
            messages.success(request, _("The survey is open. Look at its questions, then send it."))
            return redirect(address)
    return render(request, "surveys/survey_form.html", {"form": form, "kind": kind})


@office_only
@require_http_methods(["GET", "POST"])
def survey_edit(request: PortalRequest, pk: int) -> HttpResponse:
    survey = get_object_or_404(Survey, pk=pk)
    form = SurveyEditForm(request.POST or None, survey=survey)
    if request.method == "POST" and form.is_valid():
        version, fields = form.cleaned_data["version"], fields_of(form)

        def change() -> None:
            services.change_survey(survey, version=version, fields=fields, by=request.user, at=timezone.now())

        if attempt_edit(form, survey, change):
            messages.success(request, _("Saved."))
            return redirect("surveys:survey", pk=pk)
    return render(request, "surveys/survey_form.html", {"form": form, "survey": survey})


@office_only
@require_http_methods(["GET", "POST"])
def questions(request: PortalRequest, pk: int) -> HttpResponse:
    """The questions of a survey in their order, and one more of one's own."""
    survey = get_object_or_404(selectors.one_survey(request.user), pk=pk)
    form = ItemForm(request.POST or None, kind=survey.kind)
    if request.method == "POST" and form.is_valid():

        def added() -> str:
            services.add_item(survey, by=request.user, **fields_of(form))
            return reverse("surveys:questions", args=[pk])

        if address := attempt_once(form, added):
            return redirect(address)
    context = {"survey": survey, "form": form, "parts": parts_of(list(survey.items.all()))}
    return render(request, "surveys/questions.html", context, status=422 if form.errors else 200)


@office_only
@require_POST
def question_change(request: PortalRequest, pk: int, item: int, what: str) -> HttpResponse:
    """Move a question up or down, or take it out."""
    survey = get_object_or_404(Survey, pk=pk)
    try:
        if what == "remove":
            services.remove_item(survey, item, by=request.user)
        else:
            services.move_item(survey, item, up=what == "up", by=request.user)
    except RuleBroken as error:
        messages.error(request, str(error))
    return redirect("surveys:questions", pk=pk)


@office_only
@require_POST
def survey_move(request: PortalRequest, pk: int, what: str) -> HttpResponse:
    """Close it, open it again, or make a new version of it."""
    survey, by, at = get_object_or_404(Survey, pk=pk), request.user, timezone.now()
    if what == "version":
        copy = services.new_version(survey, by=by, at=at)
        messages.success(request, _("A new version is made. Change its questions, then send it."))
        return redirect("surveys:questions", pk=copy.pk)
    if what == "close":
        services.close_survey(survey, by=by, at=at)
        messages.success(request, _("The survey is closed. Who opens a letter now is told."))
    else:
        services.reopen_survey(survey, by=by, at=at)
        messages.success(request, _("The survey takes answers again."))
    return redirect("surveys:survey", pk=pk)


@office_only
@require_GET
def set_list(request: PortalRequest) -> HttpResponse:
    """The questions that new surveys are made of, by kind."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in SurveyKind.values else SurveyKind.EMPLOYER
    context = {"kind": kind, "kinds": SurveyKind, "items": selectors.set_items(kind)}
    return render(request, "surveys/set_list.html", context)


@office_only
@require_http_methods(["GET", "POST"])
def set_new(request: PortalRequest, kind: str) -> HttpResponse:
    kind = SurveyKind(kind)
    form = ItemForm(request.POST or None, kind=kind)
    back = f"{reverse('surveys:set_list')}?kind={kind}"
    if request.method == "POST" and form.is_valid():

        def added() -> str:
            item_services.add_set_item(kind=kind, by=request.user, **fields_of(form))
            return back

        if address := attempt_once(form, added):
            messages.success(request, _("Saved."))
            return redirect(address)
    return render(request, "surveys/set_form.html", {"form": form, "kind": kind, "back": back})


@office_only
@require_http_methods(["GET", "POST"])
def set_edit(request: PortalRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(SetItem, pk=pk)
    form = SetItemEditForm(request.POST or None, item=item)
    back = f"{reverse('surveys:set_list')}?kind={item.kind}"
    if request.method == "POST" and form.is_valid():

        def change() -> None:
            item_services.change_set_item(item, by=request.user, **fields_of(form))

        if attempt(form, change):
            messages.success(request, _("Saved."))
            return redirect(back)
    return render(request, "surveys/set_form.html", {"form": form, "item": item, "back": back})
