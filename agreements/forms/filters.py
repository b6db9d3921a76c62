"""Filters of the register of agreements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.filters import Choices, Filter, find_field
from partnerships.choices.agreements import AgreementStage


class AgreementFilter(Filter):
    find = find_field(_("Title, number or enterprise"))
    stage = forms.ChoiceField(label=_("Stage"), choices=[("", _("Any stage")), *AgreementStage.choices])
    kind = forms.ChoiceField(label=_("Kind"))
    days = forms.ChoiceField(
        label=_("Ends within"),
        choices=[("", _("Any end")), ("30", _("30 days")), ("90", _("90 days")), ("180", _("180 days"))],
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[("", _("Newest first")), ("ending", _("Ending soonest first")), ("title", _("By title"))],
    )

    def __init__(self, data: Any, *, kinds: Choices) -> None:
        super().__init__(data)
        self.offer("kind", _("Any kind"), kinds)
