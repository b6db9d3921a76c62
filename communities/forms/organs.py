"""Forms of charters, organs and seats."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from communities.forms.terms import TermForm
from communities.models.organs import Charter, Organ, Seat
from communities.selectors.organs import members_of, resolutions_of
from core.filters import Filter
from core.forms import DateInput, OnceForm
from core.uploads import CheckedFileField
from partnerships.models.communities import Community, Resolution


class DayFilter(Filter):
    on = forms.DateField(label=_("Who sat on"), widget=DateInput)


class OrganForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Organ
        fields = ["kind", "name"]


class OrganNewForm(OrganForm, OnceForm):
    """Enters an organ."""


class OrganEndForm(forms.Form):
    ended_on = forms.DateField(
        label=_("Ended on"), widget=DateInput, help_text=_("Seats that are still held end on that day too.")
    )


class SeatForm(TermForm):
    class Meta:
        model = Seat
        fields = ["name", "title", "membership", "role", "from_on", "to_on"]
        widgets = {"from_on": DateInput, "to_on": DateInput}

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"].queryset = members_of(community)  # type: ignore[attr-defined]


class SeatNewForm(SeatForm, OnceForm):
    """Seats a person."""


class ResolutionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A resolution with its meeting and day, since many meetings approve a charter."""

    def label_from_instance(self, obj: Resolution) -> str:
        held = obj.meeting.held_on
        return " · ".join([obj.subject, obj.meeting.name, *([date_format(held, "SHORT_DATE_FORMAT")] if held else [])])


class CharterForm(OnceForm, forms.ModelForm):  # type: ignore[type-arg]
    file = CheckedFileField(label=_("File"), kinds=("pdf", "docx"), help_text=_("PDF or Word."))
    resolution = ResolutionChoice(
        Resolution.objects.none(), label=_("Adopted by"), required=False,
        help_text=_("The resolution of a meeting; its votes are kept there."),
    )  # fmt: skip

    class Meta:
        model = Charter
        fields = ["number", "file", "resolution", "adopted_on", "note"]
        widgets = {"adopted_on": DateInput}
        help_texts = {"adopted_on": _("Empty: the day of the meeting that adopted it.")}

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resolution"].queryset = resolutions_of(community)  # type: ignore[attr-defined]
