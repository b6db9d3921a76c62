"""Where things stand, on one page of A4 and on a phone: what leadership answers for before a meeting."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dashboards.board import Board, Content
from dashboards.pieces import campaign_targets, doors, doubtful, ending, months, provinces
from reports.figures.catalogue import THREE
from reports.figures.scope import Scope

FOUR = ("visits", "openings", "agreements-in-force", "follow-ups-open")
SECOND = ("new-enterprises", "postings-open", "applications", "acceptances", "promises-kept", "needs-open")


def count(scope: Scope) -> Content:
    """Of the campaign chosen, or of the whole school."""
    return {
        "four": doors(FOUR, scope),
        "three": doors(THREE, scope),
        "second": doors(SECOND, scope),
        "targets": campaign_targets(scope),
        "months": months("visits", scope),
        "provinces": provinces("enterprises-visited", scope),
        "ending": ending(scope),
        "doubts": doubtful(("visits", "enterprises-visited", "contacts", "needs-open"), scope),
    }


BOARD = Board(
    "leadership",
    _("Leadership"),
    _("Where things stand, on one page."),
    "bar-chart",
    count,
    choices=("campaign",),
)
