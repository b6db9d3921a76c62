"""Filters of the lists: what stays in the address. A value that is not offered is passed over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships.choices.agreements import AgreementStage
from partnerships.choices.enterprises import EnterpriseLevel
from partnerships.choices.needs import NeedKind, NeedState
from partnerships.selectors.codes import Choices, CodeChoices


class Filter(forms.Form):
    """Optional fields; `chosen` holds those that are filled in and make sense."""

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter_%s")
        for field in self.fields.values():
            field.required = False

    def offer(self, name: str, any_label: object, choices: Choices) -> None:
        """Fill a choice field with what the database offers."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type
        field.choices = [("", any_label), *choices]

    @property
    def chosen(self) -> dict[str, Any]:
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


def find_field(hint: object) -> forms.CharField:
    """The search box that every list begins with."""
    return forms.CharField(
        label=_("Search"), max_length=100, widget=forms.TextInput(attrs={"type": "search", "placeholder": hint})
    )


class EnterpriseFilter(Filter):
    find = find_field(_("Name, credit code, city or contact"))
    province = forms.ChoiceField(label=_("Province"))
    industry = forms.ChoiceField(label=_("Industry"))
    nature = forms.ChoiceField(label=_("Nature of unit"))
    level = forms.ChoiceField(label=_("Level"), choices=[("", _("Any level")), *EnterpriseLevel.choices])
    owner = forms.ChoiceField(label=_("Owner"))
    agreement = forms.ChoiceField(
        label=_("Agreements"),
        choices=[
            ("", _("With or without")),
            ("in_force", _("Agreement in force")),
            ("ending", _("Agreement ends within 90 days")),
            ("none", _("No agreement in force")),
        ],
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("", _("By name")),
            ("newest", _("Newest first")),
            ("stale", _("Longest not confirmed first")),
        ],
    )

    def __init__(self, data: Any, *, codes: CodeChoices, owners: Choices) -> None:
        super().__init__(data)
        self.offer("province", _("Any province"), codes.provinces)
        self.offer("industry", _("Any industry"), codes.industries)
        self.offer("nature", _("Any nature"), codes.natures)
        self.offer("owner", _("Any owner"), [("none", str(_("Without owner"))), *owners])


class AgreementFilter(Filter):
    find = find_field(_("Title, number or enterprise"))
    stage = forms.ChoiceField(label=_("Stage"), choices=[("", _("Any stage")), *AgreementStage.choices])
    kind = forms.ChoiceField(label=_("Kind"))
    days = forms.ChoiceField(
        label=_("Ends within"),
        choices=[("", _("Any end")), ("30", _("30 days")), ("90", _("90 days")), ("180", _("180 days"))],
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[("", _("Newest first")), ("ending", _("Ending soonest first")), ("title", _("By title"))],
    )

    def __init__(self, data: Any, *, kinds: Choices) -> None:
        super().__init__(data)
        self.offer("kind", _("Any kind"), kinds)


class NeedFilter(Filter):
    find = find_field(_("What is needed, or enterprise"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Any kind")), *NeedKind.choices])
    major = forms.ChoiceField(label=_("Major"))
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", pgettext_lazy("need", "Open needs")),
            (NeedState.MET.value, _("Met")),
            (NeedState.DROPPED.value, _("Dropped")),
            ("all", _("Any state")),
        ],
    )

    def __init__(self, data: Any, *, majors: Choices) -> None:
        super().__init__(data)
        self.offer("major", _("Any major"), majors)
