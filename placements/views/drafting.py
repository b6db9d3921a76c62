"""Writing a posting and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.errors import StaleEdit
from core.once import do_once
from partnerships.models.enterprises import Enterprise
from placements import rules
from placements.forms.postings import NewPostingForm, PostingForm
from placements.models.postings import Posting
from placements.services import postings as services
from placements.views.postings import visible_or_404


@require_http_methods(["GET", "POST"])
@staff_only
def posting_new(request: PortalRequest, pk: int) -> HttpResponse:
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    rules.can_draft(request.user).or_raise()
    form = NewPostingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        location, is_new = do_once(form.cleaned_data["form_token"], lambda: _draft(request, enterprise, form))
        if is_new:
            messages.success(request, _("The posting is drafted. Send it to review when it is complete."))
        return redirect(location)
    return render(request, "placements/posting_form.html", {"form": form, "enterprise": enterprise})


def _draft(request: PortalRequest, enterprise: Enterprise, form: NewPostingForm) -> str:
    made = services.draft_posting(
        enterprise,
        fields=form.posting_fields,
        majors=form.cleaned_data["majors"],
        by=request.user,
        at=timezone.now(),
    )
    return reverse("placements:posting", args=[made.pk])


@require_http_methods(["GET", "POST"])
@staff_only
def posting_edit(request: PortalRequest, pk: int) -> HttpResponse:
    found = visible_or_404(request, pk)
    rules.can_change(request.user, found).or_raise()
    form = PostingForm(request.POST or None, instance=found, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            _save_change(request, found, form)
        except StaleEdit as error:
            form.add_error(None, str(error))
            form.refresh_version(found.version)
        else:
            messages.success(request, _("Saved."))
            return redirect("placements:posting", pk=pk)
    context = {"form": form, "posting": found, "enterprise": found.enterprise}
    return render(request, "placements/posting_form.html", context)


def _save_change(request: PortalRequest, posting: Posting, form: PostingForm) -> None:
    services.change_posting(
        posting,
        version=form.cleaned_data["version"],
        fields=form.posting_fields,
        majors=form.cleaned_data["majors"],
        by=request.user,
        at=timezone.now(),
    )
