"""Modules by aggregate; import models from the module that holds them."""

from visits.models import campaigns, visits

__all__ = ["campaigns", "visits"]
