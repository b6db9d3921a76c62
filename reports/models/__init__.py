"""Modules by aggregate; import models from the module that holds them."""

from reports.models import builds, schedules, snapshots, targets

__all__ = ["builds", "schedules", "snapshots", "targets"]
