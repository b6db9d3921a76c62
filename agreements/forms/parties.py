"""Forms of the parties of an agreement: look a unit up as it stands on the paper, then add it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.filters import Filter, find_field
from core.forms import VersionedForm
from partnerships.choices.agreements import PartyRole
from partnerships.models.enterprises import Enterprise

OTHER = "other"


class PartySearch(Filter):
    find = find_field(_("Name as it stands on the paper, or credit code"))


class PartyForm(VersionedForm):
    """Which of the units found joins, and as what; a unit without a file joins by its name."""

    find = forms.CharField(widget=forms.HiddenInput, max_length=200)
    unit = forms.ChoiceField(label=_("Who joins"), widget=forms.RadioSelect)
    role = forms.ChoiceField(label=_("Role"), choices=PartyRole.choices, initial=PartyRole.PARTNER)

    def __init__(self, *args: Any, found: list[Enterprise], words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = {str(enterprise.pk): enterprise for enterprise in found}
        name = gettext("%(name)s (a unit that has no file here)") % {"name": words}
        units: Any = self.fields["unit"]
        units.choices = [
            *((key, _with_code(enterprise)) for key, enterprise in self.found.items()),
            (OTHER, name),
        ]
        self.initial.setdefault("unit", next(iter(self.found), OTHER))

    def clean_role(self) -> PartyRole:
        return PartyRole(self.cleaned_data["role"])

    @property
    def chosen_unit(self) -> dict[str, Any]:
        """The enterprise, or the name of a unit without a file, as add_party takes it."""
        enterprise = self.found.get(self.cleaned_data["unit"])
        return {"enterprise": enterprise} if enterprise else {"name": self.cleaned_data["find"]}


def _with_code(enterprise: Enterprise) -> str:
    return f"{enterprise} · {enterprise.credit_code}" if enterprise.credit_code else str(enterprise)


class PartyChangeForm(VersionedForm):
    """What a button of one party's row says: another role, one letter up, or out."""

    party = forms.IntegerField(widget=forms.HiddenInput)
    act = forms.ChoiceField(choices=[("role", "role"), ("up", "up"), ("remove", "remove")])
    role = forms.ChoiceField(choices=PartyRole.choices, required=False)

    def clean_role(self) -> PartyRole | None:
        return PartyRole(self.cleaned_data["role"]) if self.cleaned_data["role"] else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("act") == "role" and not cleaned.get("role"):
            self.add_error("role", gettext("Say what the party does."))
        return cleaned
