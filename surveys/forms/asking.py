"""Who is to be asked: enterprises that were visited, people met, graduates; and what is shown of the answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.filters import Choices, Filter
from core.forms import DateInput, OnceForm
from partnerships.models.contacts import Contact
from surveys.choices import AskedState
from surveys.models.surveys import Survey


class EnterpriseSendFilter(Filter):
    campaign = forms.ChoiceField(label=_("Visited in the campaign"))
    since = forms.DateField(label=_("Visited from"), widget=DateInput)
    until = forms.DateField(label=_("Until"), widget=DateInput)

    def __init__(self, data: Any, *, campaigns: Choices) -> None:
        super().__init__(data)
        self.offer("campaign", _("Any campaign"), campaigns)


class GraduateSendFilter(Filter):
    class_of = forms.ChoiceField(label=_("Graduating class"))
    college = forms.ChoiceField(label=_("College"))
    major = forms.ChoiceField(label=_("Major"))
    enterprise = forms.ChoiceField(label=_("Accepted by the enterprise"))

    def __init__(
        self, data: Any, *, classes: Choices, colleges: Choices, majors: Choices, enterprises: Choices
    ) -> None:
        super().__init__(data)
        self.offer("class_of", _("Any class"), classes)
        self.offer("college", _("Any college"), colleges)
        self.offer("major", _("Any major"), majors)
        self.offer("enterprise", _("Any enterprise, or none"), enterprises)


class SendForm(OnceForm):
    """The button that sends to whom the page shows."""


class ChosenForm(OnceForm):
    """People of one enterprise, those met at a visit ticked."""

    survey = forms.ModelChoiceField(
        label=_("Survey"), queryset=Survey.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    contacts = forms.ModelMultipleChoiceField(
        label=_("Who is asked"), queryset=Contact.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, surveys: list[Survey], people: list[Contact], met: list[Contact]) -> None:
        super().__init__(data, initial={"contacts": met, "survey": surveys[0] if len(surveys) == 1 else None})
        self._offer("survey", Survey.objects.filter(pk__in=[row.pk for row in surveys]))
        found = Contact.objects.filter(pk__in=[row.pk for row in people]).select_related("enterprise")
        self._offer("contacts", found)
        self.fields["contacts"].label_from_instance = _named  # type: ignore[attr-defined]

    def _offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        field.queryset = rows


def _named(contact: Contact) -> str:
    return " · ".join(part for part in (contact.name, contact.title, contact.email) if part)


class AskedFilter(Filter):
    state = forms.ChoiceField(label=_("State"), choices=[("", _("Any state")), *AskedState.choices])


class RowsFilter(Filter):
    """Which answers: a question and a step of it, one group."""

    item = forms.IntegerField(min_value=1, max_value=2**31)
    value = forms.CharField(max_length=20)
    by = forms.CharField(max_length=10)
    of = forms.IntegerField(min_value=1, max_value=2**31)
