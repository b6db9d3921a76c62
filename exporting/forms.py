"""The filters over the log of exports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.filters import Choices, Filter
from core.forms import Choice, DateInput


class ExportFilter(Filter):
    by = Choice(label=_("Person"))
    table = Choice(label=_("List"))
    since = forms.DateField(label=pgettext_lazy("a day", "From"), widget=DateInput)
    until = forms.DateField(label=pgettext_lazy("a day", "Until"), widget=DateInput)
    personal = forms.BooleanField(label=_("With personal data"))

    def __init__(self, data: Any, *, people: Choices, tables: Choices) -> None:
        super().__init__(data)
        self.offer("by", _("Anybody"), people)
        self.offer("table", _("Any list"), tables)
        if not people:
            del self.fields["by"]
        for name, field in self.fields.items():
            if name != "personal":
                field.template_name = "components/filter_field.html"  # type: ignore[attr-defined]
