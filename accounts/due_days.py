"""The date picker of things to do: it says beside itself when the day chosen is a day off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from accounts.working_days import WorkingDays, working_days
from core.forms import DateInput

A_WEEK = timedelta(days=7)


class DueDateInput(DateInput):
    """One query for each time it is shown, unless a day was proposed. day-off.js says the same while one picks."""

    template_name = "components/due_date.html"
    known: WorkingDays | None = None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        known, today = self.known or working_days(), timezone.localdate()
        ahead = [special for day, special in known.special.items() if day >= today]
        context["hint"] = known.hint(_read(value))
        context["days"] = {
            "off": {special.day.isoformat(): str(special) for special in ahead if not special.is_workday},
            "worked": [special.day.isoformat() for special in ahead if special.is_workday],
            "weekend": _("{day} is a {weekday}; the next working day is {next}."),
            "holiday": _("{day} is a day off ({name}); the next working day is {next}."),
        }
        return context


def propose(field: forms.Field, *, today: date) -> date:
    """Fill a due date in: in a week, on a day of work. One query, which the field's picker then saves."""
    known = working_days()
    if isinstance(field.widget, DueDateInput):
        field.widget.known = known
    field.initial = day = known.on_or_after(today + A_WEEK)
    return day


def _read(value: Any) -> date | None:
    """What was typed or proposed; None for what is no date."""
    try:
        return value if isinstance(value, date) else parse_date(str(value or ""))
    except ValueError:
        return None
