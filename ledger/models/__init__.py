"""Modules by subject; import models from the module that holds them."""

from ledger.models import imports, platform

__all__ = ["imports", "platform"]
