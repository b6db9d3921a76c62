"""Forms of campaigns, and of agreements that a visit led to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from core.forms import DateInput, LinesField, OnceForm, VersionedForm
from partnerships.models.codes import AgreementKind
from visits.choices import CampaignPointKind, Measure
from visits.models.campaigns import Campaign
from visits.selectors.words import points_of

LINES = {
    CampaignPointKind.PURPOSE: "purposes",
    CampaignPointKind.LEAD_OFFICE: "lead_offices",
    CampaignPointKind.WAY: "ways",
    CampaignPointKind.NEXT_STEP: "next_steps",
    CampaignPointKind.MECHANISM: "mechanisms",
}
COLUMNS = ("name", "document", "class_of", "starts_on", "ends_on")


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
    document = forms.CharField(
        label=_("Document"), max_length=300, required=False, help_text=_("Number and title of the notice.")
    )
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


class TargetForm(forms.Form):
    measure = forms.ChoiceField(label=_("What is counted"), choices=[("", "---------"), *Measure.choices])
    role = forms.ChoiceField(
        label=_("Of whom"),
        required=False,
        choices=[
            ("", _("Everyone")),
            (Role.LEADER.value, Role.LEADER.label),
            (Role.COLLEGE.value, Role.COLLEGE.label),
            (Role.OFFICER.value, Role.OFFICER.label),
        ],
    )
    number = forms.IntegerField(label=_("Target"), min_value=1, max_value=1_000_000)


class Targets(BaseFormSet):  # type: ignore[type-arg]
    """A row that is ticked for removal counts for nothing."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = gettext("Remove this target")

    @property
    def chosen(self) -> list[tuple[Measure, str, int]]:
        rows = [row.cleaned_data for row in self.forms if row not in self.deleted_forms]
        entered = [row for row in rows if row.get("measure")]
        return [(Measure(row["measure"]), row["role"], row["number"]) for row in entered]

    def clean(self) -> None:
        if any(self.errors):
            return
        pairs = [(measure, role) for measure, role, _number in self.chosen]
        if len(set(pairs)) < len(pairs):
            raise forms.ValidationError(gettext("Each measure has one target for everyone and one for each role."))


TargetFormSet = formset_factory(
    TargetForm, formset=Targets, extra=2, max_num=20, absolute_max=20, validate_max=True, can_delete=True
)


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
