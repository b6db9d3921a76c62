"""Modules by aggregate; import models from the module that holds them."""

from drafting.models import reviews, texts

__all__ = ["reviews", "texts"]
