"""The dashboards: each is one page, counted beforehand where that takes long."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from dashboards.board import Board
from dashboards.catalogue import BOARDS
from dashboards.selectors.choosing import choices, chosen_scope
from dashboards.selectors.menu import open_to
from dashboards.services.opening import open_board
from reports.selectors.doors import asked


@require_GET
@staff_only
def board_list(request: PortalRequest) -> HttpResponse:
    """The first dashboard of this reader."""
    return redirect("dashboards:board", slug=open_to(request.user)[0].slug)


@require_GET
@staff_only
def campaign(request: PortalRequest) -> HttpResponse:
    """The dashboard of a campaign by its short address, as it stands in mails and in people's bookmarks."""
    query = request.GET.urlencode()
    return redirect(f"{reverse('dashboards:board', args=['campaign'])}{f'?{query}' if query else ''}")


@require_GET
@staff_only
def board(request: PortalRequest, slug: str) -> HttpResponse:
    found = _board(request, slug)
    scope = chosen_scope(found, request.user, request.GET)
    counted = open_board(found, scope, request.user, now=timezone.now())
    context: dict[str, Any] = {
        "board": found,
        "boards": open_to(request.user),
        "scope": scope,
        "choices": choices(found, request.user, scope),
        "asked": asked(scope),
        "counted": counted,
        "content": counted.content,
        **found.asked_each_time(scope),
    }
    return render(request, found.template, context)


@require_POST
@staff_only
def board_again(request: PortalRequest, slug: str) -> HttpResponse:
    """Counted anew at once."""
    found = _board(request, slug)
    scope = chosen_scope(found, request.user, request.GET)
    open_board(found, scope, request.user, now=timezone.now(), is_anew=True)
    query = request.GET.urlencode()
    return redirect(f"{request.path.removesuffix('again/')}{f'?{query}' if query else ''}")


def _board(request: PortalRequest, slug: str) -> Board:
    found = BOARDS.get(slug)
    if found is None or not found.may_open(request.user):
        raise Http404
    return found
