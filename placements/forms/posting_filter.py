"""The filters over the list of postings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.choices import Level
from core.filters import Filter, find_field
from core.forms import Choice
from placements.choices import PostingKind, PostingState, WorkMode
from placements.selectors.search import Found
from placements.selectors.search_choices import PostingChoices
from placements.selectors.search_counts import PAY_STEPS

VISIBLE = ("find", "kind", "broad_class", "major", "province", "pay_from")
BESIDE = ("sort", "mine", "enterprise")


class PostingFilter(Filter):
    """What a list of postings is narrowed to; it stays in the address."""

    find = find_field(gettext_lazy("Work, enterprise, place, skill; pinyin too"))
    kind = Choice(label=gettext_lazy("Kind"), choices=[("", gettext_lazy("All kinds")), *PostingKind.choices])
    broad_class = Choice(label=gettext_lazy("Broad class of majors"))
    major = Choice(label=gettext_lazy("Major"))
    province = Choice(label=gettext_lazy("Province"))
    pay_from = Choice(label=gettext_lazy("Monthly pay"))
    level = Choice(
        label=gettext_lazy("Open to"),
        choices=[("", pgettext_lazy("of study", "Every level")), *Level.choices],
    )
    class_of = Choice(label=gettext_lazy("Graduating class"))
    mode = Choice(
        label=gettext_lazy("Way of working"), choices=[("", gettext_lazy("On site or remote")), *WorkMode.choices]
    )
    industry = Choice(label=gettext_lazy("Industry"))
    state = Choice(label=gettext_lazy("State"), choices=[("", gettext_lazy("All states")), *PostingState.choices])
    mine = forms.BooleanField(label=gettext_lazy("For my major"))
    enterprise = Choice(label=gettext_lazy("Enterprise"), widget=forms.HiddenInput)
    sort = Choice(
        label=gettext_lazy("Order"),
        choices=[
            ("", gettext_lazy("Best match first")),
            ("new", gettext_lazy("Newest")),
            ("closes", gettext_lazy("Closes soonest")),
            ("pay", gettext_lazy("Best paid")),
        ],
    )

    mine_count = ""

    def __init__(self, data: Any, *, choices: PostingChoices, for_staff: bool, for_student: bool) -> None:
        super().__init__(data)
        if not for_staff:
            del self.fields["state"]
        if not for_student:
            del self.fields["mine"]
        self.offer("broad_class", _("Any broad class"), choices.broad_classes)
        self.offer("major", _("All majors"), choices.majors)
        self.offer("province", _("All provinces"), choices.provinces)
        self.offer("industry", _("All industries"), choices.industries)
        self.offer("enterprise", "", choices.enterprises)
        self.offer("class_of", _("Every graduating class"), self._years(choices))
        steps = [
            (str(step), _("from %(pay)s yuan") % {"pay": number_format(step, force_grouping=True)})
            for step in PAY_STEPS
        ]
        self.offer("pay_from", _("Any pay"), steps)

    def _years(self, choices: PostingChoices) -> list[tuple[str, str]]:
        """Those to come, and an earlier one that the address asks for."""
        asked = str(self.data.get("class_of", ""))
        offered = choices.years
        if len(asked) == 4 and asked.isascii() and asked.isdecimal() and (asked, asked) not in offered:
            offered = [(asked, asked), *offered]
        return offered

    def show_counts(self, found: Found) -> None:
        """Write beside each choice how many it leaves; a sign after the number says that there are more."""
        for name, counts in found.counts.items():
            if name not in self.fields:
                continue
            more = "+" if name in found.cut else ""
            if name == "mine":
                self.mine_count = f"{sum(counts.values())}{more}"
                continue
            field: Any = self.fields[name]
            field.widget.choices = [
                (key, f"{label} ({_count(counts, key)}{more})" if key else label) for key, label in field.choices
            ]

    def _in_words(self, name: str, value: Any) -> str:
        """What is ticked is said by its label alone."""
        return "" if value is True else super()._in_words(name, value)

    @property
    def swapped(self) -> list[SafeString]:
        """The choices with their new numbers, for htmx to put in the place of the old ones."""
        return [field.as_widget(attrs={"hx-swap-oob": "true"}) for field in (*self.first, *self.more)]

    @property
    def majors(self) -> list[str]:
        """The codes of those that are offered."""
        return [str(key) for key, _label in self.fields["major"].choices if key]  # type: ignore[attr-defined]

    @property
    def first(self) -> list[BoundField]:
        """Those that are used most, without the words."""
        return [self[name] for name in VISIBLE if name != "find"]

    @property
    def more(self) -> list[BoundField]:
        """Those behind "More filters"."""
        return [self[name] for name in self.fields if name not in (*VISIBLE, *BESIDE)]

    @property
    def more_chosen(self) -> int:
        """How many of those behind "More filters" are chosen."""
        return len(self.chosen.keys() - {*VISIBLE, *BESIDE})


def _count(counts: dict[str, int], key: Any) -> int:
    """What is open to all majors or classes counts for one that nobody names."""
    return counts.get(str(key), counts.get("", 0))
