"""Forms of campaigns, and of agreements that a visit led to."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, LinesField, OnceForm, VersionedForm
from partnerships.models.codes import AgreementKind
from visits.choices import CampaignPointKind
from visits.models.campaigns import Campaign
from visits.selectors.words import points_of

LINES = {
    CampaignPointKind.PURPOSE: "purposes",
    CampaignPointKind.LEAD_OFFICE: "lead_offices",
    CampaignPointKind.WAY: "ways",
    CampaignPointKind.NEXT_STEP: "next_steps",
    CampaignPointKind.MECHANISM: "mechanisms",
}
COLUMNS = ("name", "theme", "document_number", "document", "class_of", "starts_on", "ends_on")


def _lines(label: object) -> LinesField:
    return LinesField(
        label=label,
        required=False,
        max_each=300,
        help_text=_("One per line."),
        widget=forms.Textarea({"rows": 3}),
    )


class CampaignForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("of a campaign", "Name"), max_length=200)
    theme = forms.CharField(label=_("Theme"), max_length=200, required=False)
    document_number = forms.CharField(
        label=_("Document number"), max_length=60, required=False, help_text=_("Such as 教学厅函〔2022〕3号.")
    )
    document = forms.CharField(label=_("Document"), max_length=300, required=False, help_text=_("Title of the notice."))
    class_of = forms.IntegerField(label=_("Graduating class"), required=False, min_value=1990, max_value=2100)
    starts_on = forms.DateField(label=_("From"), required=False, widget=DateInput)
    ends_on = forms.DateField(label=_("To"), required=False, widget=DateInput)
    purposes = _lines(_("Purposes"))
    lead_offices = _lines(_("Lead offices"))
    ways = _lines(_("Ways of visiting"))
    next_steps = _lines(_("Next steps"))
    mechanisms = _lines(_("Standing mechanisms"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", gettext("The campaign cannot end before it starts."))
        return cleaned

    @property
    def period(self) -> tuple[date | None, date | None]:
        """Its first and its last day, as far as they were understood."""
        return self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")

    @property
    def columns(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in COLUMNS}

    @property
    def points(self) -> list[tuple[CampaignPointKind, str]]:
        return [(kind, text) for kind, name in LINES.items() for text in self.cleaned_data[name]]


class CampaignNewForm(OnceForm, CampaignForm):
    """Opens a campaign."""


class CampaignEditForm(VersionedForm, CampaignForm):
    """Changes a campaign."""

    def __init__(self, data: Any, *, campaign: Campaign) -> None:
        points = points_of(campaign)
        said: dict[str, Any] = {name: getattr(campaign, name) for name in (*COLUMNS, "version")}
        for kind, name in LINES.items():
            said[name] = "\n".join(points.get(kind, ()))
        super().__init__(data, initial=said)


class AgreementDrawForm(OnceForm):
    """The agreement that a visit led to, in four fields; the rest is written on its own page."""

    kind = forms.ModelChoiceField(AgreementKind.objects.filter(is_active=True), label=_("Kind"))
    title = forms.CharField(label=_("Title"), max_length=200)
    starts_on = forms.DateField(label=_("In force from"), required=False, widget=DateInput)
    ends_on = forms.DateField(label=_("In force until"), required=False, widget=DateInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", gettext("The agreement cannot end before it starts."))
        return cleaned

    @property
    def agreement(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "form_token"}
