"""Plaques as pages show them."""

from __future__ import annotations

from django.db.models import QuerySet

from partnerships.models.plaques import Plaque


def plaques() -> QuerySet[Plaque]:
    """Every plaque that hangs somewhere or hung."""
    return Plaque.objects.select_related("enterprise", "meeting").order_by("-awarded_on", "-pk")
