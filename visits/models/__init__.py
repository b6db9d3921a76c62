"""Modules by aggregate; import models from the module that holds them."""

from visits.models import campaigns, handover, reports, results, visits

__all__ = ["campaigns", "handover", "reports", "results", "visits"]
