"""What the numbers about postings are narrowed to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.filters import Choices, Filter
from core.forms import Choice, DateInput


class NumbersFilter(Filter):
    """It stays in the address, also on the pages of the rows."""

    first = forms.DateField(label=gettext_lazy("Published from"), widget=DateInput)
    last = forms.DateField(label=gettext_lazy("until"), widget=DateInput)
    class_of = Choice(label=gettext_lazy("Graduating class"))
    college = Choice(label=gettext_lazy("College"))
    enterprise = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, classes: Choices, colleges: Choices) -> None:
        super().__init__(data)
        self.offer("class_of", _("All classes"), classes)
        self.offer("college", _("All colleges"), colleges)

    @property
    def chosen(self) -> dict[str, Any]:
        """Keys of records as numbers."""
        found = super().chosen
        return found | {name: int(found[name]) for name in ("class_of", "college") if name in found}
