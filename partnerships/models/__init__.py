"""Modules by aggregate; import models from the module that holds them."""

from partnerships.models import (
    agreements,
    codes,
    commitments,
    communities,
    contacts,
    duplicates,
    enterprises,
    freshness,
    links,
    lists,
    mentors,
    needs,
    notes,
    plaques,
    programmes,
    timeline,
)

__all__ = [
    "agreements",
    "codes",
    "commitments",
    "communities",
    "contacts",
    "duplicates",
    "enterprises",
    "freshness",
    "links",
    "lists",
    "mentors",
    "needs",
    "notes",
    "plaques",
    "programmes",
    "timeline",
]
