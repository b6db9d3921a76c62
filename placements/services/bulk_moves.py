"""Many applications moved with one form: each in its own transaction, each refusal told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import PermissionDenied

from accounts.models.people import User
from core.errors import RuleBroken
from partnerships.models.contacts import Contact
from placements.choices import ApplicationState
from placements.models.applications import Application, RejectionReason
from placements.services.applications import move_application


@dataclass
class Outcome:
    """What came of it; an application that stood there already is neither moved nor refused."""

    moved: list[Application] = field(default_factory=list)
    already: list[Application] = field(default_factory=list)
    refused: list[tuple[Application, str]] = field(default_factory=list)


def move_applications(
    picked: Sequence[tuple[Application, int]],
    to: ApplicationState,
    *,
    by: User | None = None,
    contact: Contact | None = None,
    at: datetime,
    reason: str = "",
    rejection: RejectionReason | None = None,
) -> Outcome:
    """Each application with the version that the page showed. Call outside of a transaction."""
    outcome = Outcome()
    for application, version in picked:
        if application.state == to:
            outcome.already.append(application)
            continue
        try:
            move_application(
                application, to, by=by, contact=contact, at=at, reason=reason, rejection=rejection, version=version
            )
        except (RuleBroken, PermissionDenied) as refusal:
            outcome.refused.append((application, str(refusal)))
        else:
            outcome.moved.append(application)
    return outcome
