"""Modules by subject; import models from the module that holds them."""

from api.models import collected, tokens

__all__ = ["collected", "tokens"]
