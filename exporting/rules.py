"""Who may take personal columns along: whoever the list names, and nobody where it names none."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from core.decisions import YES, Decision, no
from exporting.tables import Column


def can_take(columns: Iterable[Column], people: Decision | None) -> Decision:
    """`people`: what the rules of the list say of the names and numbers of people in it."""
    if not any(column.is_personal for column in columns):
        return YES
    if people is None:
        return no(_("This list is not taken along with names and numbers of people."))
    return people
