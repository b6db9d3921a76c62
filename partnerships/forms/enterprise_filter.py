"""The filters over the list of enterprises."""

from __future__ import annotations

from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.filters import Filter, find_field
from core.forms import Choice
from partnerships.choices.enterprises import CreditCodeState, EnterpriseLevel, StaffBand
from partnerships.selectors.codes import Choices, ListChoices

VISIBLE = ("find", "province", "industry", "level", "owner", "contact")
SORT = "sort"


class EnterpriseFilter(Filter):
    find = find_field(_("Name, initials, credit code, city, contact or phone"))
    province = Choice(label=_("Province"))
    industry = Choice(label=_("Industry"))
    level = Choice(label=_("Level"), choices=[("", _("Any level")), *EnterpriseLevel.choices])
    owner = Choice(label=_("Owner"))
    contact = Choice(
        label=_("Last contact"),
        choices=[
            ("", _("Whenever it was")),
            ("3", _("None for 3 months")),
            ("6", _("None for 6 months")),
            ("12", _("None for 12 months")),
            ("24", _("None for 24 months")),
        ],
    )
    region = Choice(label=_("City"))
    nature = Choice(label=_("Nature of unit"))
    staff = Choice(label=_("Number of staff"), choices=[("", _("Any number")), *StaffBand.choices])
    flag = Choice(label=pgettext_lazy("of an enterprise", "Flag"))
    tag = Choice(label=_("Tag"))
    college = Choice(label=_("College"))
    agreement = Choice(
        label=_("Agreements"),
        choices=[
            ("", _("With or without")),
            ("in_force", _("Agreement in force")),
            ("ending_30", _("Agreement ends within 30 days")),
            ("ending", _("Agreement ends within 90 days")),
            ("ending_180", _("Agreement ends within 180 days")),
            ("none", _("No agreement in force")),
        ],
    )
    need = Choice(label=_("Needs"), choices=[("", _("With or without")), ("open", _("With open needs"))])
    answer = Choice(
        label=_("Letter of the year"),
        choices=[("", _("Answered or not")), ("none", _("No answer after 14 days"))],
    )
    file = Choice(
        label=pgettext_lazy("of an enterprise", "File"),
        choices=[("", _("Confirmed or not")), ("stale", _("Not confirmed in time"))],
    )
    code = Choice(
        label=_("Credit code"),
        choices=[("", _("In any state")), *CreditCodeState.choices, ("missing", _("No credit code"))],
    )
    sort = Choice(
        label=_("Order"),
        choices=[
            ("", _("By name")),
            ("newest", _("Newest first")),
            ("contact", _("Longest without contact first")),
            ("stale", _("Longest not confirmed first")),
            ("staff", _("Most staff first")),
            ("ending", _("Agreement ending soonest first")),
        ],
    )

    def __init__(self, data: Any, *, choices: ListChoices) -> None:
        super().__init__(data)
        for field in self.fields.values():
            field.template_name = "components/filter_field.html"  # type: ignore[attr-defined]
        self.offer("province", _("Any province"), choices.provinces)
        self.offer("region", _("Any city") if choices.regions else _("Choose a province first"), choices.regions)
        self.offer("industry", _("Any industry"), choices.industries)
        self.offer("nature", _("Any nature"), choices.natures)
        self.offer("flag", _("With or without"), choices.flags)
        self.offer("tag", _("With or without"), choices.tags)
        self.offer("college", _("Any college"), choices.colleges)
        whose: Choices = [("me", str(_("My own"))), ("none", str(_("Without owner")))]
        self.offer("owner", _("Any owner"), [*whose, *choices.people])

    @property
    def visible(self) -> list[BoundField]:
        """Those that are used most."""
        return [self[name] for name in VISIBLE]

    @property
    def more(self) -> list[BoundField]:
        """Those behind "More filters"."""
        return [self[name] for name in self.fields if name not in (*VISIBLE, SORT)]

    @property
    def more_chosen(self) -> int:
        """How many of those behind "More filters" are chosen."""
        return len(self.chosen.keys() - {*VISIBLE, SORT})
