"""Forms of the three lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.choices import ListKind
from communities.models.sharing import ListEntry
from communities.selectors.organs import members_of
from core.filters import Filter
from core.forms import Choice, DateInput, OnceForm, VersionedForm
from partnerships.models.communities import Community


class ListFilter(Filter):
    member = Choice(label=_("Member"))
    closed = forms.BooleanField(label=_("Closed ones too"))

    def __init__(self, data: Any, *, community: Community) -> None:
        super().__init__(data)
        self.offer("member", _("All members"), members_of(community).values_list("pk", "organisation"))


class EntryForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = ListEntry
        fields = ["kind", "membership", "name", "description", "number", "listed_on"]
        widgets = {"kind": forms.RadioSelect, "description": forms.Textarea({"rows": 4}), "listed_on": DateInput}
        help_texts = {"number": _("On the list of talent needs alone.")}

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = ListKind.choices  # type: ignore[attr-defined]  # without the empty one
        self.fields["membership"].queryset = members_of(community)  # type: ignore[attr-defined]


class EntryNewForm(EntryForm, OnceForm):
    """Puts a line on a list."""


class EntryEditForm(EntryForm, VersionedForm):
    def __init__(self, *args: Any, instance: ListEntry, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, initial={"version": instance.version}, **kwargs)


class EntryCloseForm(forms.Form):
    closed_on = forms.DateField(label=_("Closed on"), widget=DateInput)
    result = forms.CharField(label=_("What came of it"), max_length=300, widget=forms.Textarea({"rows": 3}))
