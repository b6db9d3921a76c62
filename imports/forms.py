"""What people say about a list of enterprises: which columns, and which file a row means."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst

from imports import asking
from imports.choices import RowChoice
from imports.fields import FIELDS, GROUPS
from imports.selectors import ColumnsPage


class ColumnsForm(asking.ColumnsForm):
    def __init__(self, data: Any, *, page: ColumnsPage) -> None:
        groups = [
            (str(name), [(field.key, capfirst(str(field.label))) for field in FIELDS if field.group == group])
            for group, name in GROUPS.items()
        ]
        super().__init__(data, page=page, groups=groups)


class ChoiceForm(forms.Form):
    """What a button says of a row: `same` is the number of the file that it means."""

    choice = forms.ChoiceField(choices=RowChoice.choices, required=False)
    same = forms.IntegerField(required=False)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("same"):
            self.cleaned_data["choice"] = RowChoice.FILE
        elif not self.cleaned_data.get("choice"):
            raise forms.ValidationError("A button says which.")
        return self.cleaned_data
