"""The reason of a rejection, as a field of a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from core.models import offered
from placements.models.applications import RejectionReason


def reasons_offered() -> Any:
    return offered(RejectionReason.objects.all(), timezone.localdate()).order_by("pk")


class ReasonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A reason of the list; the student reads its kind text."""

    def __init__(self) -> None:
        super().__init__(
            RejectionReason.objects.none(),
            label=gettext_lazy("Reason of a rejection"),
            required=False,
            empty_label=gettext_lazy("Only where applications are rejected"),
            help_text=gettext_lazy("The student reads its kind text, in their own language."),
        )
