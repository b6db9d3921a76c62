"""What the list of events is narrowed to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.filters import Filter, find_field
from events.choices import EventKind, EventState


class EventFilter(Filter):
    """For staff; `when` is "ahead" or "past"."""

    find = find_field(_("Name, place or enterprise"))
    kind = forms.ChoiceField(
        label=pgettext_lazy("of an event", "Kind"), choices=[("", _("All kinds")), *EventKind.choices]
    )
    when = forms.ChoiceField(
        label=_("When"), choices=[("", _("Any day")), ("ahead", _("Today and later")), ("past", _("Before today"))]
    )
    state = forms.ChoiceField(
        label=pgettext_lazy("of an event", "State"), choices=[("", _("Any state")), *EventState.choices]
    )


class StudentEventFilter(EventFilter):
    """For students: those ahead, unless they look for others."""

    state = None  # type: ignore[assignment]
    mine = forms.BooleanField(label=_("For my major and class only"))

    def __init__(self, data: Any) -> None:
        super().__init__(data if "when" in data else {**data.dict(), "when": "ahead"})
