"""Modules by subject; import models from the module that holds them."""

from accounts.models import people, school

__all__ = ["people", "school"]
