"""A worker's hold on a build, and whether somebody has taken it away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from reports.choices import BuildState
from reports.models.builds import ReportBuild

SIGN_OF_LIFE = timedelta(minutes=1)


class ClaimLost(Exception):
    """The build was cancelled or deleted, or its claim was given back while we worked: nothing of ours counts."""


@dataclass
class Claim:
    """Each update is its own short transaction, so that others see it; one that finds no row ends the work.

    `at` is when the work began; `held` is the last sign of life, which the row shows as `claimed_at`. It is given
    once a minute, so that the sweep takes no build from a worker that is only slow.
    """

    build_id: int
    at: datetime
    held: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.held = self.at

    def update(self, **fields: object) -> None:
        """Write down how far it is; raises ClaimLost where the build is no longer ours."""
        now = timezone.now()
        held = now if now - self.held >= SIGN_OF_LIFE else self.held
        mine = ReportBuild.objects.filter(pk=self.build_id, state=BuildState.RUNNING, claimed_at=self.held)
        if not mine.update(claimed_at=held, **fields):
            raise ClaimLost
        self.held = held

    def end(self, state: BuildState, **fields: object) -> None:
        self.update(state=state, finished_at=timezone.now(), **fields)
