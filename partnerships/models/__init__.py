"""Modules by aggregate; import models from the module that holds them."""

from partnerships.models import agreements, codes, communities, enterprises, programmes, timeline

__all__ = ["agreements", "codes", "communities", "enterprises", "programmes", "timeline"]
