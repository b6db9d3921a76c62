"""Filters of the ledger: those of the list of visits under the same names, so that its address leads here."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.filters import Choices, Filter, find_field
from core.forms import DateInput
from ledger.choices import UPLOADS
from ledger.selectors.visits import TOOK_PLACE
from visits.choices import Direction, Medium, VisitState


class LedgerFilter(Filter):
    find = find_field(_("Name of the enterprise"))
    campaign = forms.ChoiceField(label=_("Campaign"))
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("Any state")), (TOOK_PLACE, _("Took place")), *VisitState.choices]
    )
    direction = forms.ChoiceField(label=_("Direction"), choices=[("", _("Any direction")), *Direction.choices])
    medium = forms.ChoiceField(label=_("Medium"), choices=[("", _("Any medium")), *Medium.choices])
    leader = forms.ChoiceField(label=_("Led by"))
    since = forms.DateField(label=_("From"), widget=DateInput)
    until = forms.DateField(label=_("Until"), widget=DateInput)
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("", _("Newest first")),
            ("oldest", _("Oldest first")),
            ("enterprise", _("By enterprise")),
            ("posts", _("Most places first")),
        ],
    )
    mine = forms.BooleanField(label=_("Mine only"))
    unreported = forms.BooleanField(label=_("Without report"))

    def __init__(self, data: object, *, campaigns: Choices, leaders: Choices) -> None:
        super().__init__(data)
        self.offer("campaign", _("Any campaign"), campaigns)
        self.offer("leader", _("Anybody"), leaders)


class PlatformFilter(LedgerFilter):
    """Of the visits that took place; which state of upload narrows the rows."""

    upload = forms.ChoiceField(label=_("Upload"), choices=[("", _("All rows")), *UPLOADS])

    field_order = ["find", "campaign", "upload", "leader", "direction", "medium", "since", "until", "sort", "mine"]

    def __init__(self, data: object, *, campaigns: Choices, leaders: Choices) -> None:
        super().__init__(data, campaigns=campaigns, leaders=leaders)
        del self.fields["state"], self.fields["unreported"]
