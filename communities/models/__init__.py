"""Modules by aggregate; import models from the module that holds them."""

from communities.models import members, organs, sharing

__all__ = ["members", "organs", "sharing"]
