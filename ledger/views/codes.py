"""The platform's dictionaries, and what it asks of one visit."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import office_only
from accounts.http import PortalRequest
from accounts.selectors import school
from core.acting import attempt, attempt_edit
from core.forms import fields_of
from ledger.forms.platform import CodesForm, CompleteForm, ResultFormSet
from ledger.models.platform import LevelCode
from ledger.selectors.lines import Line
from ledger.services.codes import keep_codes
from ledger.services.mending import complete_visit
from visits.models.visits import ResultForm, Visit


@office_only
@require_http_methods(["GET", "POST"])
def codes(request: PortalRequest) -> HttpResponse:
    """The code of the school, ZYCCDM and FTCGXSDM, as the platform lists them."""
    levels = dict(LevelCode.objects.values_list("level", "code"))
    form = CodesForm(request.POST or None, school_code=school().code, levels=levels)
    entries = list(ResultForm.objects.order_by("code").values("pk", "code", "name_zh", "name_en", "is_active"))
    results = ResultFormSet(request.POST or None, initial=entries, prefix="results")
    if request.method == "POST" and form.is_valid() and results.is_valid():
        lines = [each.line for each in results if each.has_changed() and each.cleaned_data.get("code")]
        keep = {"school_code": form.cleaned_data["school_code"], "levels": form.levels, "results": lines}
        if attempt(form, lambda: keep_codes(by=request.user, **keep)):
            messages.success(request, _("Saved."))
            return redirect("ledger:codes")
    return render(request, "ledger/codes.html", {"form": form, "results": results})


@office_only
@require_http_methods(["GET", "POST"])
def visit_upload(request: PortalRequest, pk: int) -> HttpResponse:
    """What the platform asks of a visit and its report does not say."""
    visits = Visit.objects.visible_to(request.user).took_place().select_related("enterprise").with_people()
    visit = get_object_or_404(visits, pk=pk)
    form = CompleteForm(request.POST or None, visit=visit, line=Line(1, visit, None, timezone.localdate()))
    if request.method == "POST" and form.is_valid():
        version, said = form.cleaned_data["version"], fields_of(form)

        def act() -> Visit:
            return complete_visit(visit, version=version, by=request.user, at=timezone.now(), **said)

        if attempt_edit(form, visit, act):
            messages.success(request, _("Saved."))
            return redirect("ledger:platform")
    return render(request, "ledger/visit_upload.html", {"form": form, "visit": visit})
