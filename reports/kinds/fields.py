"""Fields that several kinds ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.filters import Choices
from core.forms import Choice


def choice(label: Any, any_label: Any, choices: Choices, *, required: bool = False, **more: Any) -> Choice:
    """One of what the database offers today, or nothing."""
    offered = choices if required else [("", any_label), *choices]
    return Choice(label=label, choices=offered, required=required, **more)


class OneOf(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A record that must be named."""

    def __init__(self, rows: Any, *, label: Any, **more: Any) -> None:
        super().__init__(rows, label=label, empty_label=None, **more)


FIND: dict[str, Any] = {"label": _("Search"), "max_length": 100, "required": False}
