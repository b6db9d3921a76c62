"""What fits whom: "For you" for a student, and the students whom a posting fits for staff."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.access import staff_only, students_only
from accounts.http import PortalRequest
from core.errors import RuleBroken
from exporting.sending import exported
from placements import rules
from placements.exports import FITTING
from placements.fitting import score
from placements.forms.fitting import FittingFilter
from placements.models.postings import Posting
from placements.selectors import fitting_students as students
from placements.selectors.for_you import NEWEST, postings_for
from placements.selectors.postings import profile_of, visible_postings
from placements.services import inviting

PER_PAGE = 50


@require_GET
@students_only
def for_you(request: PortalRequest) -> HttpResponse:
    """The best postings for this student, with the reasons."""
    on, profile = timezone.localdate(), profile_of(request.user)
    context = {
        "profile": profile,
        "rows": postings_for(profile, on=on) if profile else [],
        "points": score.table(),
        "newest": NEWEST,
        "today": on,
    }
    return render(request, "placements/for_you.html", context)


@require_GET
@staff_only
def fitting_students(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Leadership reads the numbers; the office and the colleges read whom they look after."""
    on, posting = timezone.localdate(), _posting(request, pk)
    numbers = students.numbers(posting, request.user, on=on)
    form = FittingFilter(request.GET, numbers=numbers)
    context = {"posting": posting, "numbers": numbers, "form": form, "is_open": posting.is_open(on)}
    context["may_see"] = rules.can_see_applicants(request.user)
    if context["may_see"]:
        rows = students.students_for(posting, request.user, form.chosen, on=on)
        if "format" in request.GET:
            return exported(request, FITTING, rows, filters=form, people=rules.can_see_applicants(request.user))
        context["page"] = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
        context["most"] = students.MOST_COMPARED if len(rows) >= students.MOST_COMPARED else 0
    template = "placements/fitting_students.html#rows" if request.htmx else "placements/fitting_students.html"
    return render(request, template, context)


def _posting(request: PortalRequest, pk: int) -> Posting:
    """With all that the rules read of it, so that comparing students costs no query."""
    visible = visible_postings(request.user, on=timezone.localdate())
    with_names = visible.select_related("enterprise__industry", "province")
    return get_object_or_404(with_names.prefetch_related("majors", "languages"), pk=pk)


@require_POST
@staff_only
def invite(request: PortalRequest, pk: int) -> HttpResponse:
    """Pressed twice it tells nobody twice."""
    posting = _posting(request, pk)
    chosen = [
        int(key) for key in request.POST.getlist("student") if key.isascii() and key.isdecimal() and len(key) < 10
    ]
    try:
        invited = inviting.invite_students(posting, chosen, by=request.user, at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        _say_invited(request, invited)
    return redirect("placements:fitting_students", pk=pk)


def _say_invited(request: PortalRequest, invited: inviting.Invited) -> None:
    if invited.told:
        text = ngettext("%(number)s student has been invited.", "%(number)s students have been invited.", invited.told)
        messages.success(request, text % {"number": invited.told})
    if invited.passed_over:
        text = ngettext(
            "%(number)s was passed over: invited before, applied since, or messages about postings are turned off.",
            "%(number)s were passed over: invited before, applied since, or messages about postings are turned off.",
            invited.passed_over,
        )
        messages.info(request, text % {"number": invited.passed_over})
