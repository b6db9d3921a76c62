"""Modules by subject; import models from the module that holds them."""

from desk.models import accounts, lists, requests

__all__ = ["accounts", "lists", "requests"]
