"""Fields of forms that choose a colleague."""

from __future__ import annotations

from django import forms

from partnerships.selectors.codes import staff


def offer_staff(form: forms.BaseForm, *names: str) -> None:
    """Let fields that name a colleague offer the school's staff only; one query."""
    choices = [("", "---------"), *((user.pk, str(user)) for user in staff())]
    for name in names:
        field = form.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        field.choices = choices
