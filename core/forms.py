"""What forms of the portal have in common."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import RuleBroken
from core.money import read_yuan, written_yuan

SELECTED = mark_safe(" selected")  # noqa: S308 - a constant


class OnceForm(forms.Form):
    """A form that creates something: its hidden token makes sending it twice harmless (core.once)."""

    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class VersionedForm(forms.Form):
    """A form that changes a record: its hidden version is compared when it is saved.

    After a StaleEdit, `refresh_version` lets the person save again on purpose.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def refresh_version(self, version: int) -> None:
        """Show the form again with what was typed, and the version as it is now."""
        typed: QueryDict = self.data.copy()  # type: ignore[attr-defined]  # a form that was sent
        typed[self.add_prefix("version")] = str(version)
        self.data = typed


def fields_of(form: forms.BaseForm) -> dict[str, Any]:
    """What the person entered, without what the form asks for its own sake.

    That is its token, its version, and the doubts that its `weighed` names: fields by which the person says that a
    doubt was weighed.
    """
    asked = {"form_token", "version", *getattr(form, "weighed", ())}
    return {name: value for name, value in form.cleaned_data.items() if name not in asked}


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own time picker."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class LinesField(forms.CharField):
    """Several short texts, one per line; cleaned to a list without empty ones."""

    widget = forms.Textarea

    def __init__(self, *, max_each: int = 200, max_lines: int = 30, **kwargs: Any) -> None:
        self.max_each, self.max_lines = max_each, max_lines
        super().__init__(max_length=(max_each + 2) * max_lines, **kwargs)

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        if len(lines) > self.max_lines:
            raise forms.ValidationError(_("At most %(count)s lines.") % {"count": self.max_lines})
        for line in lines:
            if len(line) > self.max_each:
                raise forms.ValidationError(_("A line has at most %(count)s characters.") % {"count": self.max_each})
        return lines


class MoneyField(forms.CharField):
    """A sum of money as people write it (500万, 1.2亿, 5,000,000); cleaned to yuan, or None where nothing is said."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("In yuan, such as 5,000,000 or 500万."))
        super().__init__(max_length=60, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return written_yuan(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return read_yuan(text) if text else None
        except RuleBroken as refusal:
            raise forms.ValidationError(str(refusal)) from None


class Select(forms.Select):
    """Django's own, written without a template for each choice: a bar of filters holds some hundred of them."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        chosen = {str(value) if value is not None else ""}
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, SELECTED if str(key) in chosen else "", label) for key, label in self.choices),
        )
        return format_html(
            '<select name="{}"{}>{}</select>', name, flatatt(self.build_attrs(self.attrs, attrs)), options
        )


class Choice(forms.ChoiceField):
    """One of many choices, none of them grouped."""

    widget = Select
