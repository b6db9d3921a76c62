"""Filters of the lists: what stays in the address. A value that is not offered is passed over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.school import College
from core.forms import DateInput
from partnerships.choices.agreements import AgreementStage
from partnerships.choices.enterprises import EnterpriseLevel
from partnerships.choices.needs import PEOPLE, NeedKind, NeedSource, NeedState
from partnerships.choices.timeline import TimelineKind
from partnerships.selectors.codes import Choices, CodeChoices
from partnerships.selectors.needs import NeedChoices

ALL_PEOPLE = _("Graduates, interns and order training")


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
    stale = forms.BooleanField(label=_("Stale"))

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


class ContactFilter(Filter):
    find = find_field(_("Name, phone, e-mail or enterprise"))
    state = forms.ChoiceField(
        label=_("Who"),
        choices=[("", _("Who works there")), ("past", _("Who has left")), ("all", _("Everyone"))],
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("", _("By name")),
            ("enterprise", _("By enterprise")),
            ("stale", _("Longest not confirmed first")),
        ],
    )
    mine = forms.BooleanField(label=_("Known by me"))
    stale = forms.BooleanField(label=_("Stale"))


class NeedFilter(Filter):
    find = find_field(_("What is needed, or enterprise"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Any kind")), (PEOPLE, ALL_PEOPLE), *NeedKind.choices])
    college = forms.ChoiceField(label=_("College"))
    major = forms.ChoiceField(label=_("Major"))
    owner = forms.ChoiceField(label=_("Owner"))
    source = forms.ChoiceField(label=_("Learnt from"), choices=[("", _("From anywhere")), *NeedSource.choices])
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", pgettext_lazy("need", "Open needs")),
            (NeedState.MET.value, _("Met")),
            (NeedState.DROPPED.value, _("Dropped")),
            ("all", _("Any state")),
        ],
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("", _("Most pressing first")),
            ("newest", _("Newest first")),
            ("most", _("Most people first")),
            ("stale", _("Longest not confirmed first")),
        ],
    )
    overdue = forms.BooleanField(label=_("Overdue"))
    stale = forms.BooleanField(label=_("Stale"))
    shared = forms.BooleanField(label=_("For several majors"))

    def __init__(self, data: Any, *, offered: NeedChoices) -> None:
        super().__init__(data)
        self.offer("major", _("Any major"), [("none", str(_("Without a major"))), *offered.majors])
        self.offer("college", _("Any college"), offered.colleges)
        self.offer("owner", _("Any owner"), [("none", str(_("Without owner"))), *offered.owners])


class DemandFilter(Filter):
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", ALL_PEOPLE), *NeedKind.choices, ("all", _("Any kind"))])
    college = forms.ChoiceField(label=_("College"))
    class_of = forms.ChoiceField(label=_("Graduating class"))

    def __init__(self, data: Any, *, colleges: Iterable[College], classes: Iterable[int]) -> None:
        super().__init__(data)
        self.offer("college", _("Any college"), [(str(college.pk), str(college)) for college in colleges])
        self.offer("class_of", _("The next class to graduate"), [(str(year), str(year)) for year in classes])


class TimelineFilter(Filter):
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Everything")), *TimelineKind.choices])
    since = forms.DateField(label=_("From"), widget=DateInput)
    until = forms.DateField(label=_("Until"), widget=DateInput)
