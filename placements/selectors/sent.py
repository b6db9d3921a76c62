"""What was sent with an application, and who looked at it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max

from accounts.models.people import User
from placements.models.applications import Application

LOOKS_SHOWN = 50


def what_was_sent(application: Application, reader: User) -> dict[str, Any]:
    """Answers and files as they were sent; for the student also who looked."""
    is_own = application.student_id == reader.pk
    return {
        "answers": list(application.answers.all()),
        "documents": list(application.documents.all()),
        "looks": looks_at(application) if is_own else [],
    }


def looks_at(application: Application) -> list[dict[str, Any]]:
    """Who opened it, which file, how often and when last; latest first. One query.

    People of the enterprise go by its name: a posting may keep its contact to itself.
    """
    kinds = application.views.order_by().values("name", "by", "contact", "document__name")
    rows = kinds.annotate(times=Count("pk"), last=Max("at")).order_by("-last")[:LOOKS_SHOWN]
    return [
        {
            "who": str(application.posting.enterprise) if row["contact"] or row["by"] is None else row["name"],
            "document": row["document__name"] or "",
            "times": row["times"],
            "last": row["last"],
        }
        for row in rows
    ]
