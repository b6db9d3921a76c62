"""Rows that migrations bring along: the words and reasons that a school begins with."""

from __future__ import annotations

from importlib import import_module

from django.apps import apps

HELD_WORDS = import_module("placements.migrations.0006_held_words")
REASONS = import_module("placements.migrations.0010_rejection_reasons")
SEEDED = {"placements_heldword", "placements_rejectionreason"}


def bring_back() -> None:
    """After a test that emptied the tables; what is there already stays as it is."""
    HELD_WORDS.add(apps, None)
    REASONS.fill(apps, None)
