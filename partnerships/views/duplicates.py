"""Files that may be of one enterprise: the queue, the merge and its undoing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import office_only, staff_only
from accounts.http import PortalRequest
from core.acting import attempt_once
from core.paging import page_of
from partnerships import rules
from partnerships.choices.enterprises import SuspectState
from partnerships.forms.duplicates import DecisionForm, MergeForm
from partnerships.forms.filters import SuspectFilter
from partnerships.models.duplicates import Suspect
from partnerships.selectors import suspects as selectors
from partnerships.selectors.enterprises import enterprise_with_names
from partnerships.selectors.merging import merge_preview, undo_preview
from partnerships.services import looking, suspects
from partnerships.services.merging import merge_enterprises
from partnerships.services.unmerging import undo_merge


@office_only
@require_GET
def duplicates(request: PortalRequest) -> HttpResponse:
    """Pairs to be decided, or with `?state=different` those that were; `?of=` those of one file."""
    form = SuspectFilter(request.GET)
    state = SuspectState(form.chosen.get("state", SuspectState.OPEN))
    context = {
        "form": form,
        "state": state,
        "page": page_of(selectors.suspect_list(state, of=form.chosen.get("of")), request, per_page=10),
        "to_compare": selectors.to_compare(),
    }
    return render(request, "partnerships/duplicates.html", context)


@office_only
@require_POST
def look_again(request: PortalRequest) -> HttpResponse:
    """Have all files looked through now instead of at night."""
    if looking.look_for_duplicates(by=request.user):
        messages.success(request, _("All files are being looked through. New pairs appear here within a few minutes."))
    else:
        messages.warning(request, _("The search cannot be started just now. It runs every night by itself."))
    return redirect("partnerships:duplicates")


@office_only
@require_POST
def decide(request: PortalRequest, pk: int) -> HttpResponse:
    """Two enterprises; or to be decided again."""
    suspect = get_object_or_404(Suspect, pk=pk)
    form = DecisionForm(request.POST)
    if form.is_valid() and form.cleaned_data["state"] == SuspectState.DIFFERENT:
        suspects.decide_two(suspect, by=request.user, at=timezone.now())
        messages.success(request, _("Noted: they are two enterprises. Nobody will be asked again."))
    elif form.is_valid():
        suspects.open_again(suspect, by=request.user)
        messages.success(request, _("The pair is in the queue again."))
    return redirect("partnerships:duplicates")


@office_only
@require_http_methods(["GET", "POST"])
def merge_files(request: PortalRequest, pk: int, other: int) -> HttpResponse:
    """What would become of both files; sent, they are one."""
    files = enterprise_with_names(request.user).filter(archived_at=None)
    if done := selectors.merge_of(pk, other):
        messages.info(request, _("These two files are one already."))
        return redirect("partnerships:merge", pk=done.pk)
    kept, gone = get_object_or_404(files, pk=pk), get_object_or_404(files.exclude(pk=pk), pk=other)
    preview = merge_preview(kept, gone)
    form = MergeForm(request.POST or None, kept=kept, gone=gone, differences=preview.differences)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            done = merge_enterprises(
                kept, gone, taken=form.taken, versions=form.versions, by=request.user, at=timezone.now()
            )
            return reverse("partnerships:merge", args=[done.pk])

        if address := attempt_once(form, act):
            messages.success(request, _("The two files are one now."))
            return redirect(address)
    context = {"form": form, "kept": kept, "gone": gone, "preview": preview}
    return render(request, "partnerships/merge_form.html", context)


@staff_only
@require_GET
def merge(request: PortalRequest, pk: int) -> HttpResponse:
    """Who merged what when, and what undoing it would give back."""
    done = get_object_or_404(selectors.merges(), pk=pk)
    context = {
        "merge": done,
        "preview": None if done.undone_at else undo_preview(done),
        "may_undo": rules.can_merge(request.user) and not done.undone_at,
    }
    return render(request, "partnerships/merge.html", context)


@office_only
@require_POST
def merge_undo(request: PortalRequest, pk: int) -> HttpResponse:
    done = get_object_or_404(selectors.merges(), pk=pk)
    undo_merge(done, by=request.user, at=timezone.now())
    messages.success(request, _("The merge is undone. Both files are here again."))
    return redirect("partnerships:merge", pk=pk)
