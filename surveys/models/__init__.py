"""Modules by subject; import models from the module that holds them."""

from surveys.models import answers, asking, surveys

__all__ = ["answers", "asking", "surveys"]
