"""The filters over the log of messages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.filters import Filter, find_field
from core.forms import Choice, DateInput
from notifications.choices import Channel, MessageState
from notifications.occasions import rules


class LogFilter(Filter):
    find = find_field(_("Name, address or subject"))
    channel = Choice(label=_("Channel"), choices=[("", _("Any channel")), *Channel.choices])
    state = Choice(label=_("State"), choices=[("", _("In any state")), *MessageState.choices])
    rule = Choice(label=_("Reminder"))
    since = forms.DateField(label=pgettext_lazy("a day", "From"), widget=DateInput)
    until = forms.DateField(label=pgettext_lazy("a day", "Until"), widget=DateInput)
    enterprise = forms.IntegerField(label=_("Enterprise"), widget=forms.HiddenInput, min_value=1)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for name, field in self.fields.items():
            if name != "enterprise":
                field.template_name = "components/filter_field.html"  # type: ignore[attr-defined]
        self.offer("rule", _("Any, and other messages"), [(rule.slug, rule.name) for rule in rules().values()])
