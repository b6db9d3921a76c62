"""Filters of the lists of programmes and investments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.filters import Filter, find_field
from core.forms import Choice, DateInput
from partnerships.choices.agreements import InvestmentKind
from partnerships.choices.programmes import InvestmentState, ProgrammeKind, ProgrammeLevel
from programmes.selectors.programmes import Offered


class ProgrammeFilter(Filter):
    find = find_field(_("Name, number or enterprise"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Any kind")), *ProgrammeKind.choices])
    level = forms.ChoiceField(label=_("Level"), choices=[("", _("Any level")), *ProgrammeLevel.choices])
    college = Choice(label=_("College"))
    major = Choice(label=_("Major"))
    enterprise = Choice(label=_("Enterprise"))
    owner = Choice(label=_("Owner"))
    on = forms.DateField(label=_("Running on"), widget=DateInput)
    year = forms.IntegerField(label=_("Outcomes of the year"), min_value=1980, max_value=2100)
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("", _("By name")),
            ("newest", _("Newest first")),
            ("enterprise", _("By enterprise")),
            ("promised", _("Most promised first")),
        ],
    )

    def __init__(self, data: Any, *, offered: Offered) -> None:
        super().__init__(data)
        self.offer("college", _("Any college"), offered.colleges.items())
        self.offer("major", _("Any major"), offered.majors.items())
        self.offer("enterprise", _("Any enterprise"), offered.enterprises.items())
        self.offer("owner", _("Any owner"), offered.owners.items())


class InvestmentFilter(Filter):
    find = find_field(_("Enterprise, programme or what"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Any kind")), *InvestmentKind.choices])
    state = forms.ChoiceField(
        label=pgettext_lazy("of an investment", "State"), choices=[("", _("Any state")), *InvestmentState.choices]
    )
    due = forms.ChoiceField(
        label=_("Due"),
        choices=[("", _("Any day")), ("open", _("Still open")), ("overdue", _("Overdue and still open"))],
    )
    enterprise = Choice(label=_("Enterprise"))
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("", _("Newest first")),
            ("due", _("Due soonest first")),
            ("promised", _("Most promised first")),
            ("open", _("Most still open first")),
        ],
    )

    def __init__(self, data: Any, *, enterprises: Any) -> None:
        super().__init__(data)
        self.offer("enterprise", _("Any enterprise"), enterprises)
