"""Forms of the people at enterprises."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.forms import DateInput, OnceForm
from partnerships.choosing import offer_staff
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.selectors.contacts import CANDIDATES, duplicates, enterprises_called

UNIQUE = ("phone", "email")


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]
    """A person; somebody with the same mobile number or address in any file is shown before it is saved."""

    weighed = ("accept_duplicate",)
    accept_duplicate = forms.BooleanField(
        label=_("Save all the same: this is another person"), required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = Contact
        fields = [
            "name", "title", "department", "phone", "landline", "email", "wechat", "language", "is_primary",
            "known_by", "also_known_by", "from_on",
        ]  # fmt: skip
        widgets = {"from_on": DateInput, "also_known_by": forms.SelectMultiple(attrs={"size": 6})}
        help_texts = {"also_known_by": _("Hold Ctrl (or ⌘) to choose several.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.saved = {name: getattr(self.instance, name) for name in UNIQUE}
        self.fields["language"].required = False
        offer_staff(self, "known_by")
        others: Any = self.fields["also_known_by"]
        known_by: Any = self.fields["known_by"]
        others.queryset = User.objects.filter(is_active=True)
        others.choices = known_by.choices[1:]

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or str(self.instance.language)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first = cleaned.get("known_by")
        cleaned["also_known_by"] = [person for person in cleaned.get("also_known_by", ()) if person != first]
        new = {name: cleaned.get(name) or "" for name in UNIQUE}
        asked = {name: value if value != self.saved[name] else "" for name, value in new.items()}
        found = duplicates(**asked, on=timezone.localdate(), other_than=self.instance) if any(asked.values()) else {}
        if found:
            self.fields["accept_duplicate"].widget = forms.CheckboxInput()
        if not cleaned.get("accept_duplicate"):
            for name, contact in found.items():
                self.add_error(name, self.on_file(contact))
        return cleaned

    @staticmethod
    def on_file(contact: Contact) -> str:
        """Who has this number or address already, with the way to that file."""
        link = format_html(
            '<a href="{}">{} · {}</a>',
            reverse("partnerships:enterprise", args=[contact.enterprise_id]),
            contact,
            contact.enterprise,
        )
        advice = gettext("If this is somebody else, tick “Save all the same” and save again.")
        return format_html("{} {}. {}", gettext("This is on file already:"), link, advice)

    def _get_validation_exclusions(self) -> set[str]:
        """A new first contact takes the place of the old one, so the form does not ask whether there is one."""
        return {*super()._get_validation_exclusions(), "is_primary"}  # type: ignore[misc]


class ContactNewForm(ContactForm, OnceForm):
    """Enters a person."""


class ContactLeftForm(forms.Form):
    """A person leaves, perhaps for another enterprise whose file then takes them in."""

    on = forms.DateField(label=_("Last day there"), widget=DateInput)
    moved_to = forms.CharField(
        label=_("Works now for"),
        max_length=200,
        required=False,
        help_text=_(
            "Name or credit code of an enterprise on file; the person is then a contact there from the next day."
        ),
    )
    title = forms.CharField(label=_("Position there"), max_length=120, required=False)

    def __init__(self, *args: Any, contact: Contact, user: User, **kwargs: Any) -> None:
        self.contact, self.user = contact, user
        super().__init__(*args, **kwargs)

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if self.contact.from_on and on < self.contact.from_on:
            raise forms.ValidationError(gettext("A person cannot leave before they came."))
        return on

    def clean_moved_to(self) -> Enterprise | None:
        """The one file that the words mean; several are named, so that the person can say which."""
        words = self.cleaned_data["moved_to"].strip()
        if not words:
            return None
        found = enterprises_called(self.user, words)
        if not found:
            raise forms.ValidationError(gettext("No enterprise of this name is on file; open its file first."))
        if len(found) > 1:
            names = gettext("; ").join(each.legal_name for each in found[:CANDIDATES])
            raise forms.ValidationError(
                gettext("Several are meant; write one of these names: %(names)s") % {"names": names}
            )
        if found[0].pk == self.contact.enterprise_id:
            raise forms.ValidationError(gettext("%(name)s works for this enterprise already.") % {"name": self.contact})
        return found[0]
