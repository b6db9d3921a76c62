"""Modules by aggregate; import models from the module that holds them."""

from partnerships.models import (
    agreements,
    codes,
    communities,
    contacts,
    duplicates,
    enterprises,
    freshness,
    links,
    lists,
    needs,
    notes,
    programmes,
    timeline,
)

__all__ = [
    "agreements",
    "codes",
    "communities",
    "contacts",
    "duplicates",
    "enterprises",
    "freshness",
    "links",
    "lists",
    "needs",
    "notes",
    "programmes",
    "timeline",
]
