"""What is asked about a list of any kind: which file, which sheet, which columns, which of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.forms import OnceForm
from imports.choices import RowOutcome, RowState
from imports.headings import DEEPEST, Place
from imports.models import ImportRun
from imports.selectors import ColumnLine, ColumnsPage
from imports.workbooks import KINDS, Unreadable, inspect

CHOOSABLE_ROWS = 12
Groups = Sequence[tuple[str, Sequence[tuple[str, str]]]]


class UploadForm(OnceForm):
    """A workbook; looked at before it is kept."""

    file = forms.FileField(
        label=pgettext_lazy("to import", "List"), help_text=gettext_lazy("Excel (.xlsx, .xls) or CSV")
    )

    def __init__(self, *args: Any, was_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{kind}" for kind in KINDS)
        if was_too_large:
            too_large = _("The file is larger than %(limit)s. Split the list.")
            message = too_large % {"limit": filesizeformat(settings.UPLOAD_LIMIT)}
            self.fields["file"].error_messages["required"] = message

    def clean_file(self) -> UploadedFile[Any]:
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            inspect(upload, upload.name or "")
        except Unreadable as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return upload


class PlaceForm(forms.Form):
    """Which sheet, and in which rows its headings stand; what is not there is as it was found."""

    sheet = forms.TypedChoiceField(label=gettext_lazy("Sheet"), coerce=int, required=False)
    rows = forms.ChoiceField(label=gettext_lazy("Rows of the headings"), required=False)

    def __init__(self, data: Any, *, run: ImportRun) -> None:
        super().__init__(data or None)
        self.run = run
        sheets = [(str(number), f"{sheet['name']} ({sheet['rows']})") for number, sheet in enumerate(run.sheets)]
        self.fields["sheet"].choices = sheets  # type: ignore[attr-defined]
        found = [(place.first, place.last) for place in self._places()]
        if (run.header_from, run.header_to) not in found:
            found.append((run.header_from, run.header_to))
        self.fields["rows"].choices = [  # type: ignore[attr-defined]
            (f"{first}-{last}", str(last) if first == last else f"{first}–{last}") for first, last in sorted(found)
        ]

    def _places(self) -> list[Place]:
        return [
            Place(last - depth + 1, last)
            for depth in range(1, DEEPEST + 1)
            for last in range(depth, CHOOSABLE_ROWS + 1)
        ]

    def chosen(self) -> tuple[int, Place]:
        """The sheet and the place asked for; as it was found for whatever is not said or is nonsense."""
        cleaned = self.cleaned_data if self.is_bound and self.is_valid() else {}
        sheet = cleaned.get("sheet")
        sheet = self.run.sheet if sheet in ("", None) else int(sheet)
        if not cleaned.get("rows"):
            return sheet, Place(self.run.header_from, self.run.header_to)
        first, last = cleaned["rows"].split("-")
        return sheet, Place(int(first), int(last))


class ColumnsForm(forms.Form):
    """For each column of the sheet what it means, or nothing."""

    def __init__(self, data: Any, *, page: ColumnsPage, groups: Groups) -> None:
        super().__init__(data)
        self.page = page
        for line in page.columns:
            self.fields[f"column_{line.number}"] = forms.ChoiceField(
                label=_("Column %(letter)s") % {"letter": line.letter},
                choices=[("", _("— not taken over —")), *groups],
                required=False,
                initial=line.key,
            )

    @property
    def lines(self) -> list[tuple[ColumnLine, forms.BoundField]]:
        return [(line, self[f"column_{line.number}"]) for line in self.page.columns]

    def columns(self) -> dict[int, str]:
        chosen = {line.number: self.cleaned_data[f"column_{line.number}"] for line in self.page.columns}
        return {number: key for number, key in chosen.items() if key}


class RowFilter(forms.Form):
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("What became of it"), required=False)
    find = forms.CharField(label=gettext_lazy("Enterprise"), required=False)

    def __init__(self, *args: Any, has_states: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [("", _("All rows")), *RowOutcome.choices]  # type: ignore[attr-defined]
        self.fields["state"].choices = [("", _("All rows")), *RowState.choices]  # type: ignore[attr-defined]
        if not has_states:
            del self.fields["state"]

    def chosen(self) -> dict[str, str]:
        """What is asked for; nonsense filters nothing."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}
