"""What was answered: the page of a survey, the rows behind its numbers, one answer, the workbook."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.paging import page_of
from exporting.sending import exported
from partnerships import rules as partnership_rules
from surveys import exports, rules
from surveys.choices import FEWEST, SurveyKind
from surveys.forms.asking import RowsFilter
from surveys.models.surveys import Survey
from surveys.selectors import results as selectors
from surveys.selectors import rows as row_selectors
from surveys.selectors import surveys as survey_selectors
from surveys.services import needs as need_services

COMMENTS = 20


@staff_only
@require_GET
def survey(request: PortalRequest, pk: int) -> HttpResponse:
    """The results, of all answers or of one group of them."""
    found = get_object_or_404(survey_selectors.one_survey(request.user), pk=pk)
    chosen = RowsFilter(request.GET).chosen
    by, of = chosen.get("by", ""), chosen.get("of", 0)
    seen = selectors.answers_in(found, request.user)
    context = {
        "survey": found,
        "state": found.state_on(timezone.localdate()),
        "response": selectors.Share(found.answered, found.asked),  # type: ignore[attr-defined]
        "versions": survey_selectors.other_versions(found),
        "fewest": FEWEST,
        "may_keep": rules.can_keep_surveys(request.user),
        "narrow": row_selectors.words_of_group(by, of) if by in selectors.DIMENSIONS else None,
        **_results(request, found, seen, by, of),
    }
    return render(request, "surveys/survey.html", context)


def _results(request: PortalRequest, survey: Survey, seen: Any, by: str, of: int) -> dict[str, object]:
    """Distributions, groups and comments; of graduates only where enough of them answered."""
    user = request.user
    if selectors.is_withheld(survey, seen, by, of, user=user):
        return {"is_withheld": True}
    shown = selectors.narrowed(seen, by, of)
    results = selectors.item_results(survey, shown)
    dimensions = [] if by in selectors.DIMENSIONS else selectors.dimensions_of(survey)
    return {
        "results": results,
        "overall": selectors.overall(results),
        "groups": [(name, selectors.groups(survey, seen, name, user=user)) for name in dimensions],
        "comments": survey_selectors.comments(shown)[:COMMENTS],
        "demand": survey_selectors.demand_by_major(shown) if survey.kind == SurveyKind.DEMAND else [],
    }


@staff_only
@require_GET
def answers(request: PortalRequest, pk: int) -> HttpResponse:
    """The very answers that a number counts."""
    survey = get_object_or_404(Survey.objects.visible_to(request.user), pk=pk)
    chosen = RowsFilter(request.GET).chosen
    by, of = chosen.get("by", ""), chosen.get("of", 0)
    seen = selectors.answers_in(survey, request.user)
    context: dict[str, object] = {"survey": survey, "fewest": FEWEST}
    if by in selectors.DIMENSIONS:
        context["narrow"] = row_selectors.words_of_group(by, of)
    if selectors.is_withheld(survey, seen, by, of, user=request.user):
        return render(request, "surveys/answers.html", {**context, "is_withheld": True})
    rows = row_selectors.behind(survey, selectors.narrowed(seen, by, of), chosen)
    context |= {"question": row_selectors.question(survey, chosen), "page": page_of(rows, request)}
    return render(request, "surveys/answers.html", context)


@staff_only
@require_GET
def answer(request: PortalRequest, pk: int) -> HttpResponse:
    """One answer of an enterprise."""
    found = get_object_or_404(survey_selectors.one_answer(request.user), pk=pk)
    lines = list(found.lines.all())
    context = {
        "answer": found,
        "said": row_selectors.said(found),
        "lines": lines,
        "may_take_over": any(line.taken_over_at is None for line in lines)
        and partnership_rules.can_keep_file(request.user),
    }
    return render(request, "surveys/answer.html", context)


@staff_only
@require_POST
def needs(request: PortalRequest, pk: int) -> HttpResponse:
    """Take over what the enterprise looks for as its needs."""
    found = get_object_or_404(survey_selectors.one_answer(request.user), pk=pk)
    made = need_services.take_over_needs(found, by=request.user, at=timezone.now())
    messages.success(request, _("Taken over as needs of the enterprise: %(count)s.") % {"count": len(made)})
    return redirect("surveys:answer", pk=pk)


@staff_only
@require_GET
def export(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Every answer that this person may see, one row each, as a file."""
    survey = get_object_or_404(Survey.objects.visible_to(request.user), pk=pk)
    rows, hidden = exports.answer_rows(survey, selectors.answers_in(survey, request.user), user=request.user)
    people = partnership_rules.can_export_contacts(request.user)
    back = reverse("surveys:survey", args=[pk])
    return exported(request, exports.answers(survey, hidden=hidden), rows, people=people, back=back)
