"""Writing a posting, changing it, and copying an earlier one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt_edit, attempt_once
from partnerships.models.enterprises import Enterprise
from placements import rules
from placements.choices import PostingState
from placements.fields.posting_rows import PostingRowForms
from placements.forms.postings import CopyForm, NewPostingForm, PostingForm
from placements.services import copying
from placements.services import postings as services
from placements.views.postings import visible_or_404


@require_http_methods(["GET", "POST"])
@staff_only
def posting_new(request: PortalRequest, pk: int) -> HttpResponse:
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    rules.can_draft(request.user).or_raise()
    form = NewPostingForm(request.POST or None, enterprise=enterprise)
    rows = PostingRowForms(request.POST or None)

    def draft() -> str:
        made = services.draft_posting(enterprise, **_entered(form, rows), by=request.user, at=timezone.now())
        messages.success(request, _("The posting is drafted. Send it to review when it is complete."))
        return reverse("placements:posting", args=[made.pk])

    if _are_whole(form, rows) and (address := attempt_once(form, draft)):
        return redirect(address)
    return render(request, "placements/posting_form.html", {"form": form, "rows": rows, "enterprise": enterprise})


def _are_whole(form: NewPostingForm | PostingForm, rows: PostingRowForms) -> bool:
    """Whether the form and its rows were sent and are right; each is looked at, so that all that is wrong is said."""
    is_right = form.is_bound and form.is_valid()
    return form.is_bound and rows.are_valid() and is_right


def _entered(form: NewPostingForm | PostingForm, rows: PostingRowForms) -> dict[str, Any]:
    return {"fields": form.posting_fields, "majors": form.cleaned_data["majors"], "rows": rows.rows}


@require_http_methods(["GET", "POST"])
@staff_only
def posting_edit(request: PortalRequest, pk: int) -> HttpResponse:
    found = visible_or_404(request, pk)
    rules.can_change(request.user, found).or_raise()
    initial = {"version": found.version}
    form = PostingForm(request.POST or None, instance=found, enterprise=found.enterprise, initial=initial)
    rows = PostingRowForms(request.POST or None, posting=found)

    def change() -> None:
        version = form.cleaned_data["version"]
        entered = _entered(form, rows)
        saved = services.change_posting(found, version=version, **entered, by=request.user, at=timezone.now())
        _say_changed(request, was=found.state, now=saved.state)

    if _are_whole(form, rows) and attempt_edit(form, found, change):
        return redirect("placements:posting", pk=pk)
    context = {"form": form, "rows": rows, "posting": found, "enterprise": found.enterprise}
    return render(request, "placements/posting_form.html", context)


def _say_changed(request: PortalRequest, *, was: str, now: str) -> None:
    """What the change did to its state, where it did something."""
    if now == was:
        messages.success(request, _("Saved."))
    elif now == PostingState.PUBLISHED:
        messages.success(request, _("Saved. Nothing holds the posting any more, and it is published."))
    else:
        messages.warning(request, _("Saved. A rule holds the posting now: students see it again once that is settled."))


@require_POST
@staff_only
def posting_copy(request: PortalRequest, pk: int) -> HttpResponse:
    """A draft for this year; pressed twice, it is the one draft."""
    found = visible_or_404(request, pk)
    rules.can_draft(request.user).or_raise()
    form = CopyForm(request.POST)

    def copy() -> str:
        made = copying.copy_posting(found, by=request.user, at=timezone.now())
        messages.success(
            request, _("Copied into a draft, its days moved on. Look it through before it goes to review.")
        )
        return reverse("placements:posting_edit", args=[made.pk])

    if form.is_valid() and (address := attempt_once(form, copy)):
        return redirect(address)
    for text in form.non_field_errors():
        messages.error(request, str(text))
    return redirect("placements:posting", pk=pk)
