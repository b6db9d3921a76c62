"""The list of postings, one posting, and its life."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.errors import RuleBroken, StaleEdit
from core.once import do_once
from core.paging import page_of
from partnerships.models.enterprises import Enterprise
from placements import ledger, matching, rules
from placements.choices import PostingState
from placements.forms import MoveForm, NewPostingForm, PostingFilter, PostingForm, decision_form
from placements.models.applications import Application
from placements.models.postings import Posting
from placements.selectors import postings as selectors
from placements.selectors.applications import application_list
from placements.services import postings as services

APPLICANTS_SHOWN = 25


@require_GET
@login_not_required
def posting_list(request: PortalRequest) -> HttpResponse:
    """Open to visitors, who see the open postings."""
    on, profile = timezone.localdate(), selectors.profile_of(request.user)
    for_staff = selectors.is_staff(request.user)
    filters = PostingFilter(request.GET, for_staff=for_staff, for_student=profile is not None)
    postings = selectors.posting_list(request.user, filters.wanted, on=on, profile=profile)
    page = page_of(postings, request)
    context = {
        "filters": filters,
        "page": page,
        "rows": selectors.posting_rows(page, on=on, profile=profile),
        "profile": profile,
        "for_staff": for_staff,
        "today": on,
    }
    template = "placements/posting_list.html#rows" if request.htmx else "placements/posting_list.html"
    return render(request, template, context)


@require_GET
@staff_only
def posting_export(request: PortalRequest) -> FileResponse:
    """Exactly the rows that the list is filtered to."""
    filters = PostingFilter(request.GET, for_staff=True, for_student=False)
    postings = selectors.posting_list(request.user, filters.wanted, on=timezone.localdate())
    return FileResponse(ledger.posting_workbook(postings), as_attachment=True, filename=_("postings.xlsx"))


@require_GET
@login_not_required
def posting(request: PortalRequest, pk: int) -> HttpResponse:
    """Open to visitors while the posting is open."""
    found = _visible(request, pk)
    if selectors.is_staff(request.user):
        return _staff_page(request, found, decision_form(found))
    return _public_page(request, found)


def _visible(request: PortalRequest, pk: int) -> Posting:
    visible = selectors.visible_postings(request.user, on=timezone.localdate())
    of_enterprise = ("enterprise__industry", "enterprise__province", "enterprise__region")
    with_names = visible.select_related(*of_enterprise, "province", "created_by")
    return get_object_or_404(with_names.prefetch_related("majors"), pk=pk)


def _public_page(request: PortalRequest, posting: Posting) -> HttpResponse:
    on, profile = timezone.localdate(), selectors.profile_of(request.user)
    ticks = matching.fit(posting, profile, on=on) if profile else []
    context = {
        "posting": posting,
        "today": on,
        "days_left": (posting.closes_on - on).days,
        "is_open": posting.is_open(on),
        "ticks": ticks,
        "obstacles": matching.obstacles(ticks),
        "may_apply": rules.can_apply(request.user),
        "application": Application.objects.filter(posting=posting, student=request.user).first() if profile else None,
    }
    return render(request, "placements/posting.html", context)


def _staff_page(request: PortalRequest, posting: Posting, form: MoveForm) -> HttpResponse:
    on = timezone.localdate()
    context = {
        "posting": posting,
        "today": on,
        "days_left": (posting.closes_on - on).days,
        "is_open": posting.is_open(on),
        "path": selectors.posting_path(posting),
        "moves": selectors.possible_moves(request.user, posting),
        "may_change": rules.can_change(request.user, posting),
        "form": form,
        "counts": selectors.applications_by_state(posting),
        "may_see_applicants": rules.can_see_applicants(request.user),
        "applicants": list(application_list(request.user, {"posting": posting})[:APPLICANTS_SHOWN]),
    }
    return render(request, "placements/posting_staff.html", context)


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
    found = _visible(request, pk)
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


@require_POST
@staff_only
def posting_move(request: PortalRequest, pk: int) -> HttpResponse:
    """One step; what cannot be is said on the posting's own page, with what was typed."""
    found = _visible(request, pk)
    form = decision_form(found, request.POST)
    if form.is_valid():
        entered = form.cleaned_data
        to = PostingState(entered["to"])
        try:
            services.move_posting(
                found, to, by=request.user, at=timezone.now(), reason=entered["reason"], version=entered["version"]
            )
        except RuleBroken as error:
            form.add_error(None, str(error))
            form.refresh_version(found.version)
        else:
            messages.success(request, _("The posting is now: %(state)s.") % {"state": to.label})
            return redirect("placements:posting", pk=pk)
    return _staff_page(request, found, form)


@require_GET
@staff_only
def enterprise_postings(request: PortalRequest, pk: int) -> HttpResponse:
    """The tab of an enterprise's file."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    on = timezone.localdate()
    page = page_of(selectors.enterprise_postings(enterprise, request.user), request)
    context = {
        "enterprise": enterprise,
        "page": page,
        "rows": selectors.posting_rows(page, on=on, profile=None),
        "for_staff": True,
        "rate": selectors.response_rate(enterprise, on=on),
        "may_draft": rules.can_draft(request.user),
        "today": on,
    }
    return render(request, "placements/enterprise_postings.html", context)
