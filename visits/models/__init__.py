"""Modules by aggregate; import models from the module that holds them."""

from visits.models import campaigns, handover, visits

__all__ = ["campaigns", "handover", "visits"]
