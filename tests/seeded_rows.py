"""Rows that migrations bring along come back after a test that emptied the tables.

A test on real transactions ends with a flush, which takes the words and reasons that a school begins with as well;
Django says so by the same signal as after migrations.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

HELD_WORDS = import_module("placements.migrations.0006_held_words")
REASONS = import_module("placements.migrations.0010_rejection_reasons")
SEEDED = {"placements_heldword", "placements_rejectionreason"}


def bring_back(sender: AppConfig, **_signal: Any) -> None:
    """What is there already stays as it is."""
    HELD_WORDS.add(apps, None)
    REASONS.fill(apps, None)


post_migrate.connect(bring_back, sender=apps.get_app_config("placements"), dispatch_uid="seeded rows")
