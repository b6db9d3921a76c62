"""Provinces as a map of equal tiles, for whatever is counted in them; a province opens its cities."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dashboards.board import Board, Content
from dashboards.pieces import provinces
from reports.figures.scope import Scope

SHOWN = ("enterprises", "enterprises-visited", "agreements-in-force", "postings-open", "needs-open")


def count(scope: Scope) -> Content:
    return {"maps": [provinces(slug, scope) for slug in SHOWN]}


BOARD = Board(
    "places",
    _("Provinces"),
    _("Where enterprises are, where we went, and where the places are; a province opens its cities."),
    "geo-alt",
    count,
    choices=("campaign",),
)
