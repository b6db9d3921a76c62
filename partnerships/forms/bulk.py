"""Which files are meant, and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.forms import OnceForm
from partnerships.choices.enterprises import EnterpriseLevel
from partnerships.choices.lists import BulkAction
from partnerships.forms.lists import enterprise_filter, known_query
from partnerships.models.enterprises import Enterprise
from partnerships.selectors.bulk import BulkChange, tag_named, tags
from partnerships.selectors.codes import staff, staff_choices
from partnerships.selectors.enterprise_list import enterprise_rows

NOBODY = "none"
MOST_TICKED = 500
LIST = "partnerships:enterprise_list"


@dataclass(frozen=True)
class Selection:
    """The ticked files, or all that a filter finds at the moment it is asked; `count` is what the list said."""

    files: tuple[int, ...]
    is_all: bool
    filter: str
    count: int | None

    @classmethod
    def of(cls, data: QueryDict) -> Selection:
        """What an address or a form says; whatever makes no sense is passed over."""
        ticked = [int(text) for text in data.getlist("file")[:MOST_TICKED] if text.isdecimal() and len(text) < 19]
        count = data.get("count", "")
        return cls(
            files=tuple(dict.fromkeys(ticked)),
            is_all=bool(data.get("all")),
            filter=known_query(LIST, QueryDict(data.get("filter", ""))),
            count=int(count) if count.isdecimal() and len(count) < 10 else None,
        )

    @property
    def is_empty(self) -> bool:
        return not (self.is_all or self.files)

    def rows(self, user: User, *, on: date) -> QuerySet[Enterprise]:
        """The files that are meant and that the person may see, as they are now."""
        if self.is_all:
            return enterprise_rows(user, enterprise_filter(QueryDict(self.filter)).chosen, on=on)
        return Enterprise.objects.visible_to(user).current().filter(pk__in=self.files)

    @property
    def hidden(self) -> list[tuple[str, Any]]:
        """Carried from page to page: pairs of name and value."""
        meant: list[tuple[str, Any]] = [("all", "on")] if self.is_all else [("file", pk) for pk in self.files]
        return [*meant, ("filter", self.filter)]

    def address(self) -> str:
        """The same as part of an address."""
        query = QueryDict(mutable=True)
        for name, value in self.hidden:
            query.appendlist(name, str(value))
        if self.count is not None:
            query["count"] = str(self.count)
        return query.urlencode()

    def has_changed(self, found: int) -> bool:
        """Are there more or fewer files than the list said?"""
        return self.is_all and self.count is not None and self.count != found


class BulkValueForm(forms.Form):
    """What is set, added or taken away."""

    def __init__(self, data: QueryDict | None, *, action: BulkAction) -> None:
        super().__init__(data)
        self.action = action
        self.fields["value"] = self._field()

    def _field(self) -> forms.Field:
        if self.action == BulkAction.LEVEL:
            return forms.ChoiceField(label=_("Level"), choices=EnterpriseLevel.choices)
        if self.action == BulkAction.ADD_TAG:
            known = forms.TextInput(attrs={"list": "known-tags", "autocomplete": "off"})
            help_text = _("One that is there, or a new one.")
            return forms.CharField(label=_("Tag"), max_length=40, widget=known, help_text=help_text)
        if self.action == BulkAction.REMOVE_TAG:
            return forms.ModelChoiceField(tags(), label=_("Tag"))
        label = _("Owner") if self.action == BulkAction.OWNER else _("Deputy")
        return forms.ChoiceField(label=label, choices=[("", "---------"), *staff_choices(), (NOBODY, _("Nobody"))])

    def clean_value(self) -> Any:
        value = self.cleaned_data["value"]
        if self.action == BulkAction.LEVEL:
            return EnterpriseLevel(value)
        if self.action == BulkAction.ADD_TAG:
            return tag_named(value)
        if self.action == BulkAction.REMOVE_TAG:
            return value
        if value == NOBODY:
            return None
        found = next((user for user in staff() if str(user.pk) == value), None)
        if found is None:
            raise forms.ValidationError(gettext("This person no longer belongs to the staff."))
        return found

    @property
    def change(self) -> BulkChange:
        """Ask only a valid form."""
        return BulkChange(self.action, self.cleaned_data["value"])


class ConfirmForm(OnceForm):
    """The last yes; `count` is how many files the page said were meant."""

    count = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
