"""From a filled-in form to a service, and from its refusal back to the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.errors import RuleBroken, StaleEdit
from core.forms import VersionedForm
from core.models import Versioned
from core.once import do_once


def refuse(form: forms.BaseForm, error: RuleBroken | ValidationError) -> None:
    """Show a refusal at the form, beside the field where there is one; what was typed stays."""
    if isinstance(error, ValidationError):
        form.add_error(None, error.messages)
    else:
        form.add_error(error.field if error.field in form.fields else None, str(error))


def attempt(form: forms.BaseForm, act: Callable[[], Any]) -> bool:
    """Run a service for a valid form; a refusal goes to the form and the answer is no."""
    try:
        act()
    except (RuleBroken, ValidationError) as error:
        refuse(form, error)
        return False
    return True


def attempt_once(form: forms.BaseForm, act: Callable[[], str]) -> str:
    """Run a creating service once for the form's token; where its outcome stands, or "" when refused."""
    try:
        return do_once(form.cleaned_data["form_token"], act)[0]
    except (RuleBroken, ValidationError) as error:
        refuse(form, error)
        return ""


def saved_beside(form: forms.BaseForm, fresh: Versioned) -> list[tuple[str, str]]:
    """Fields where the saved record says something else than the form: (label, saved value)."""
    beside = []
    for name, typed in form.cleaned_data.items():
        saved = getattr(fresh, name, None)
        if name in ("version", "form_token") or hasattr(saved, "all") or not hasattr(fresh, name):
            continue
        if saved != typed and not (saved in (None, "") and typed in (None, "")):
            shown = getattr(fresh, f"get_{name}_display", lambda value=saved: value)()
            beside.append((str(form.fields[name].label), "" if shown is None else str(shown)))
    return beside


def attempt_edit(form: VersionedForm, record: Versioned, act: Callable[[], Any]) -> bool:
    """Run a changing service; after a stale edit the form keeps the typed text and takes the new version."""
    try:
        act()
    except StaleEdit as error:
        fresh: Versioned = type(record)._default_manager.get(pk=record.pk)
        form.refresh_version(fresh.version)
        form.add_error(None, str(error))
        form.saved_beside = saved_beside(form, fresh)  # type: ignore[attr-defined]
        return False
    except (RuleBroken, ValidationError) as error:
        refuse(form, error)
        return False
    return True
