"""What the list of candidates is narrowed to; it stays in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from core.filters import Filter, find_field
from core.forms import Choice
from partnerships.selectors.codes import Choices, ListChoices

VISIBLE = ("find", "need", "agreement", "visited", "ours", "province", "region")


class CandidateFilter(Filter):
    find = find_field(_("Name, initials, credit code, city, contact or phone"))
    need = Choice(label=_("Needs"), choices=[("", _("With or without")), ("open", _("With open needs"))])
    agreement = Choice(
        label=_("Agreement"),
        choices=[
            ("", _("Near its end or not")),
            ("ending_30", _("Agreement ends within 30 days")),
            ("ending", _("Agreement ends within 90 days")),
            ("ending_180", _("Agreement ends within 180 days")),
            ("none", _("No agreement in force")),
        ],
    )
    visited = Choice(
        label=_("Last visit"),
        choices=[
            ("", _("Whenever it was")),
            ("never", _("Never visited")),
            ("3", _("None for 3 months")),
            ("6", _("None for 6 months")),
            ("12", _("None for 12 months")),
            ("24", _("None for 24 months")),
        ],
    )
    ours = Choice(
        label=_("Our people there"),
        choices=[
            ("", _("Some or none")),
            ("either", _("Graduates or interns")),
            ("graduates", _("Graduates")),
            ("interns", _("Interns")),
        ],
    )
    province = Choice(label=_("Province"))
    region = Choice(label=_("City"))
    college = Choice(label=_("Needs of a college"))
    major = Choice(label=_("Needs of a major"))
    owner = Choice(label=_("Owner"))
    file = Choice(label=_("The file"), choices=[("", _("Confirmed or not")), ("stale", _("Not confirmed in time"))])
    unplanned = forms.BooleanField(label=_("No visit planned"))
    sort = Choice(
        label=_("Order"),
        choices=[
            ("", _("Longest not visited first")),
            ("needs", _("Most open needs first")),
            ("ending", _("Agreement ending soonest first")),
            ("place", _("By place")),
            ("name", _("By name")),
        ],
    )

    def __init__(self, data: Any, *, choices: ListChoices, majors: Choices) -> None:
        super().__init__(data)
        for name, field in self.fields.items():
            if name != "unplanned":
                field.template_name = "components/filter_field.html"  # type: ignore[attr-defined]
        self.offer("province", _("Any province"), choices.provinces)
        self.offer("region", _("Any city") if choices.regions else _("Choose a province first"), choices.regions)
        self.offer("college", _("Any college"), choices.colleges)
        self.offer("major", _("Any major"), majors)
        whose: Choices = [("me", str(_("My own"))), ("none", str(_("Without owner")))]
        self.offer("owner", _("Any owner"), [*whose, *choices.people])

    @property
    def visible(self) -> list[BoundField]:
        """Those that are used most, and the order."""
        return [self[name] for name in (*VISIBLE, "sort")]

    @property
    def more(self) -> list[BoundField]:
        """Those behind "More filters"."""
        return [self[name] for name in self.fields if name not in (*VISIBLE, "sort")]

    @property
    def more_chosen(self) -> int:
        return len(self.chosen.keys() - {*VISIBLE, "sort"})


class TripFilter(Filter):
    find = find_field(_("Name of the trip"))
    when = Choice(label=_("When"), choices=[("", _("Ahead and past")), ("ahead", _("Ahead")), ("past", _("Past"))])
    mine = forms.BooleanField(label=_("Mine only"))


class EnterpriseSearch(Filter):
    """Which enterprise becomes a stop?"""

    find = find_field(_("Name or credit code"))
