"""What waits for the employment office: each number opens the very rows that wait."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dashboards import rules
from dashboards.board import Board, Content, part
from dashboards.pieces import bars, doors
from dashboards.selectors.today import failed_mails
from reports.figures.scope import Scope

VISITS = ("visits-without-word", "visits-without-report", "visits-not-checked", "follow-ups-late")
WORK = (
    "agreements-expiring", "agreements-under-way", "promises-overdue", "postings-in-review",
    "applications-unanswered",
)  # fmt: skip
FILES = ("enterprises-stale", "contacts-stale", "needs-stale", "files-without-code")


def count(scope: Scope) -> Content:
    return {
        "four": doors(VISITS, scope),
        "work": doors(WORK, scope),
        "files": doors(FILES, scope),
        "letters": part(_("Letters that did not arrive"), failed_mails(), reverse("notifications:outbox")),
        "colleges": bars("visits-not-checked", scope, "college"),
    }


BOARD = Board(
    "office",
    pgettext_lazy("dashboard", "Office"),
    gettext_lazy("What waits for the employment office, and where it is worked off."),
    "list-check",
    count,
    may_open=rules.can_open_office,
)
