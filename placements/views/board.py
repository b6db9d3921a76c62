"""The applicants of a posting as a board, and moving many of them at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.paging import page_of
from placements import rules
from placements.choices import ApplicationState
from placements.forms.pipeline import BoardFilter, BulkMoveForm
from placements.models.postings import Posting
from placements.selectors import board as selectors
from placements.services.bulk_moves import Outcome, move_applications

TOLD_BY_NAME = 8


@require_http_methods(["GET", "POST"])
@staff_only
def board(request: PortalRequest, pk: int) -> HttpResponse:
    """Sending the form moves those that were ticked; what cannot be is told of each."""
    if not rules.can_see_applicants(request.user):
        raise Http404
    visible = Posting.objects.visible_to(request.user, on=timezone.localdate())
    posting = get_object_or_404(visible.select_related("enterprise").prefetch_related("majors"), pk=pk)
    form = BulkMoveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _move(request, posting, form)
        return redirect(request.get_full_path())
    template = "placements/board.html#rows" if request.htmx else "placements/board.html"
    return render(request, template, _page(request, posting, form))


def _page(request: PortalRequest, posting: Posting, form: BulkMoveForm) -> dict[str, Any]:
    seen = selectors.applicants(posting, request.user)
    majors, classes = selectors.choices_of(seen)
    filters = BoardFilter(request.GET, majors=majors, classes=classes)
    rows = selectors.narrowed(seen, filters.chosen)
    alone = filters.chosen.get("state")
    page = page_of(selectors.with_card(rows).order_by("-submitted_at", "-pk"), request) if alone else None
    return {
        "posting": posting,
        "filters": filters,
        "chips": filters.chips,
        "form": form,
        "page": page,
        "columns": _one_column(alone, page) if page is not None and alone else selectors.columns(rows),
        "may_offer": rules.can_offer_hours(request.user, posting),
        "today": timezone.localdate(),
    }


def _one_column(state: str, page: Any) -> list[selectors.Column]:
    """A state of its own has pages instead of a rest."""
    found = list(page)
    return [selectors.Column(ApplicationState(state), len(found), found)]


def _move(request: PortalRequest, posting: Posting, form: BulkMoveForm) -> None:
    entered = form.cleaned_data
    to = ApplicationState(entered["to"])
    picked = selectors.picked(posting, request.user, entered["pick"])
    outcome = move_applications(
        picked, to, by=request.user, at=timezone.now(), reason=entered["reason"], rejection=entered["rejection"]
    )
    _say(request, outcome, to)


def _say(request: PortalRequest, outcome: Outcome, to: ApplicationState) -> None:
    moved = len(outcome.moved)
    if outcome.moved:
        said = ngettext(
            "%(number)s application is now: %(state)s.", "%(number)s applications are now: %(state)s.", moved
        )
        messages.success(request, said % {"state": to.label, "number": moved})
    if outcome.already:
        number = len(outcome.already)
        said = ngettext("%(number)s stood there already.", "%(number)s stood there already.", number)
        messages.info(request, said % {"number": number})
    for application, why in outcome.refused[:TOLD_BY_NAME]:
        messages.error(request, _("%(name)s: %(why)s") % {"name": application.student, "why": why})
    more = len(outcome.refused) - TOLD_BY_NAME
    if more > 0:
        said = ngettext("%(number)s more could not be moved.", "%(number)s more could not be moved.", more)
        messages.error(request, said % {"number": more})
