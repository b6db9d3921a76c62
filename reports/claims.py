"""A worker's hold on a build, and whether somebody has taken it away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from reports.choices import BuildState
from reports.models.builds import ReportBuild


class ClaimLost(Exception):
    """The build was cancelled or deleted, or its claim was given back while we worked: nothing of ours counts."""


@dataclass(frozen=True)
class Claim:
    """Each update is its own short transaction, so that others see it; one that finds no row ends the work."""

    build_id: int
    at: datetime

    def update(self, **fields: object) -> None:
        """Write down how far it is; raises ClaimLost where the build is no longer ours."""
        mine = ReportBuild.objects.filter(pk=self.build_id, state=BuildState.RUNNING, claimed_at=self.at)
        if not mine.update(**fields):
            raise ClaimLost

    def end(self, state: BuildState, **fields: object) -> None:
        self.update(state=state, finished_at=timezone.now(), **fields)
