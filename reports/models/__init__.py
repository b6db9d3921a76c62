"""Modules by aggregate; import models from the module that holds them."""

from reports.models import builds, snapshots, targets

__all__ = ["builds", "snapshots", "targets"]
