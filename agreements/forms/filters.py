"""Filters of the register of agreements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.filters import Filter, find_field
from core.forms import Choice
from partnerships.choices.agreements import AgreementStage, Track
from partnerships.selectors.codes import RegisterChoices

YEARS_BACK = 12
FIRST = ("find", "stage", "kind", "days", "sort")


class AgreementFilter(Filter):
    find = find_field(_("Title, number or party"))
    stage = forms.ChoiceField(label=_("Stage"), choices=[("", _("Any stage")), *AgreementStage.choices])
    kind = Choice(label=_("Kind"))
    days = forms.ChoiceField(
        label=_("Ends within"),
        choices=[("", _("Any end")), ("30", _("30 days")), ("90", _("90 days")), ("180", _("180 days"))],
    )
    college = Choice(label=_("College"))
    major = Choice(label=_("Major"))
    owner = Choice(label=_("Owner"))
    track = forms.ChoiceField(label=_("Track"), choices=[("", _("Any track")), *Track.choices])
    signed = Choice(label=_("Signed in"))
    more = forms.ChoiceField(
        label=_("Only those"),
        choices=[
            ("", _("All of them")),
            ("renews", _("that renew themselves")),
            ("ends", _("that end by themselves")),
            ("sleeping", _("that sleep")),
            ("unnumbered", _("without a number")),
        ],
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[("", _("Newest first")), ("ending", _("Ending soonest first")), ("title", _("By title"))],
    )

    def __init__(self, data: Any, *, choices: RegisterChoices) -> None:
        super().__init__(data)
        self.offer("kind", _("Any kind"), choices.kinds)
        self.offer("college", _("Any college"), choices.colleges)
        self.offer("major", _("Any major"), choices.majors)
        self.offer("owner", _("Anybody"), [("me", _("I own it or stand in")), ("none", _("Nobody")), *choices.people])
        this_year = timezone.localdate().year
        years = [(str(year), str(year)) for year in range(this_year, this_year - YEARS_BACK, -1)]
        self.offer("signed", _("Any year"), years)

    @property
    def visible(self) -> list[BoundField]:
        """Those that are always open."""
        return [self[name] for name in FIRST]

    @property
    def rest(self) -> list[BoundField]:
        """Those behind "More filters"."""
        return [self[name] for name in self.fields if name not in FIRST]

    @property
    def rest_chosen(self) -> bool:
        return any(name in self.chosen for name in self.fields if name not in FIRST)
