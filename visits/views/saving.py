"""From a filled-in form to a service, and from its refusal back to the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.errors import RuleBroken, StaleEdit
from core.models import Versioned
from core.once import do_once


def _refuse(form: forms.BaseForm, error: RuleBroken | ValidationError) -> None:
    form.add_error(None, error.messages if isinstance(error, ValidationError) else str(error))


def _refresh(form: forms.BaseForm, record: Versioned | None) -> None:
    """After a stale edit the person may save again on purpose, with what they typed."""
    if record is not None:
        fresh: Versioned = type(record)._default_manager.get(pk=record.pk)
        form.refresh_version(fresh.version)  # type: ignore[attr-defined]


def attempt(form: forms.BaseForm, act: Callable[[], Any], *, record: Versioned | None = None) -> bool:
    """Run a service for a valid form; a refusal goes to the form and the answer is no."""
    try:
        act()
    except StaleEdit as error:
        _refresh(form, record)
        _refuse(form, error)
        return False
    except (RuleBroken, ValidationError) as error:
        _refuse(form, error)
        return False
    return True


def attempt_once(form: forms.BaseForm, act: Callable[[], str], *, record: Versioned | None = None) -> str:
    """Run a service once for the form's token; where its outcome stands, or "" when refused."""
    address = ""

    def once() -> None:
        nonlocal address
        address = do_once(form.cleaned_data["form_token"], act)[0]

    return address if attempt(form, once, record=record) else ""
