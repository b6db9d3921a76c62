"""Finding reports to check."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.filters import Filter
from visits.selectors.choices import campaign_choices
from visits.selectors.follow_ups import college_choices


class CheckFilter(Filter):
    waits = forms.ChoiceField(
        label=_("Waits for"),
        choices=[("", _("The office")), ("reporter", _("Who wrote it")), ("all", _("Anybody"))],
    )
    campaigns = forms.ChoiceField(label=_("Campaign"))
    colleges = forms.ChoiceField(label=_("College"))

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.offer("campaigns", _("Any campaign"), campaign_choices(user))
        self.offer("colleges", _("Any college"), college_choices())
