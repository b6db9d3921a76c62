"""One posting, and its life."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt_edit
from placements import matching, rules
from placements.choices import PostingState
from placements.forms.moves import MoveForm, decision_form
from placements.forms.postings import CopyForm
from placements.models.applications import Application
from placements.models.postings import Posting
from placements.selectors import postings as selectors
from placements.selectors.applications import application_list
from placements.selectors.reviewing import open_holds, review_of
from placements.services import postings as services

APPLICANTS_SHOWN = 25


@require_GET
@login_not_required
def posting(request: PortalRequest, pk: int) -> HttpResponse:
    """Open to visitors while the posting is open."""
    found = visible_or_404(request, pk)
    if selectors.is_staff(request.user):
        return _staff_page(request, found, decision_form(found))
    return _public_page(request, found)


def visible_or_404(request: PortalRequest, pk: int) -> Posting:
    visible = selectors.visible_postings(request.user, on=timezone.localdate())
    of_enterprise = ("enterprise__industry", "enterprise__province", "enterprise__region")
    people = ("created_by", "contact", "offered_by")
    with_names = visible.select_related(*of_enterprise, *people, "province", "copied_from")
    return get_object_or_404(with_names.prefetch_related("majors", "languages", "questions"), pk=pk)


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
    review = review_of(posting, on=on)
    context = {
        "posting": posting,
        "today": on,
        "days_left": (posting.closes_on - on).days,
        "is_open": posting.is_open(on),
        "path": selectors.posting_path(posting),
        "moves": selectors.possible_moves(request.user, posting, is_held=bool(review.holds)),
        "may_change": rules.can_change(request.user, posting),
        "form": form,
        "review": review,
        "may_keep_lists": rules.can_keep_lists(request.user),
        "copy_form": CopyForm() if rules.can_draft(request.user) else None,
        "counts": selectors.applications_by_state(posting),
        "may_see_applicants": rules.can_see_applicants(request.user),
        "applicants": list(application_list(request.user, {"posting": posting})[:APPLICANTS_SHOWN]),
    }
    return render(request, "placements/posting_staff.html", context)


@require_POST
@staff_only
def posting_move(request: PortalRequest, pk: int) -> HttpResponse:
    """One step; what cannot be is said on the posting's own page, with what was typed."""
    found = visible_or_404(request, pk)
    form = decision_form(found, request.POST)

    def move() -> None:
        entered, to = form.cleaned_data, PostingState(form.cleaned_data["to"])
        moved = services.move_posting(
            found, to, by=request.user, at=timezone.now(), reason=entered["reason"], version=entered["version"]
        )
        _say_moved(request, moved, to)

    if form.is_valid() and attempt_edit(form, found, move):
        return redirect("placements:posting", pk=pk)
    return _staff_page(request, found, form)


def _say_moved(request: PortalRequest, posting: Posting, to: PostingState) -> None:
    """What became of it; sent to review, it may be held, or pass by itself."""
    if to == PostingState.IN_REVIEW and open_holds(posting):
        messages.warning(request, _("The posting is in review, and a rule holds it: see below."))
    else:
        messages.success(request, _("The posting is now: %(state)s.") % {"state": posting.get_state_display()})
