"""Lists as people come back to them: what may stand in an address, how it is saved, what is exported."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.forms import OnceForm
from partnerships.exports.enterprises import COLUMNS
from partnerships.forms.enterprise_filter import EnterpriseFilter
from partnerships.models.lists import SavedView
from partnerships.selectors.codes import list_choices
from partnerships.selectors.saved_views import views_of

WITH_COLUMNS = {"partnerships:enterprise_list"}
LONGEST = 2000


def known_query(page: str, query: QueryDict) -> str:
    """What the list at this address knows of a query, in a fixed order; anything else is dropped."""
    known = QueryDict(mutable=True)
    for name in import_string(settings.SAVED_LISTS[page]).base_fields:
        known.setlist(name, [value for value in query.getlist(name) if value])
    if page in WITH_COLUMNS:
        known.setlist("columns", [key for key in query.getlist("columns") if key in COLUMNS or key == "all"])
    return known.urlencode()


def enterprise_filter(query: QueryDict) -> EnterpriseFilter:
    """The filters of the list of enterprises, from its own address or from one that was kept."""
    return EnterpriseFilter(query, choices=list_choices(query.get("province", "")))


class SavedViewForm(OnceForm, forms.ModelForm):  # type: ignore[type-arg]
    """Names what the list shows now; `replaces` is one of one's own views, which then shows this instead."""

    query = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    replaces = forms.ModelChoiceField(SavedView.objects.none(), label=_("Instead of"), required=False)

    class Meta:
        model = SavedView
        fields = ["name", "is_shared"]

    field_order = ["name", "replaces", "is_shared"]

    def __init__(self, *args: Any, page: str, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page, self.owner = page, owner
        own = views_of(owner, page).filter(owner=owner)
        replaces: Any = self.fields["replaces"]
        replaces.queryset, replaces.empty_label = own, gettext("nothing: a new view")
        if not own:
            del self.fields["replaces"]
        _name_and_share(self, owner)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["query"] = known_query(self.page, QueryDict(cleaned.get("query", "")))
        if len(cleaned["query"]) > LONGEST:
            self.add_error(None, gettext("The view is too long to be saved: choose fewer filters or columns."))
        _refuse_taken(self, self.page, self.owner, cleaned.get("replaces"))
        return cleaned


class SavedViewEditForm(forms.ModelForm):  # type: ignore[type-arg]
    """Renames a view, or shares it."""

    class Meta:
        model = SavedView
        fields = ["name", "is_shared"]

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner
        _name_and_share(self, owner)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        _refuse_taken(self, self.instance.page, self.owner, self.instance)
        return cleaned


def _name_and_share(form: forms.BaseForm, owner: User) -> None:
    """Only the office shares its views with everyone."""
    if not owner.is_office:
        del form.fields["is_shared"]


def _refuse_taken(form: forms.BaseForm, page: str, owner: User, itself: SavedView | None) -> None:
    """A name is used once per person and list."""
    taken = SavedView.objects.filter(owner=owner, page=page, name=form.cleaned_data.get("name", ""))
    if (taken.exclude(pk=itself.pk) if itself else taken).exists():
        form.add_error("name", gettext("You have a view of this name already: choose another name, or replace it."))
