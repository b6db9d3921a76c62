"""Forms of the enterprise's file."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, LinesField, OnceForm, VersionedForm
from core.models import offered
from core.once import was_done
from partnerships import credit_code
from partnerships.choosing import offer_staff
from partnerships.models.enterprises import Enterprise
from partnerships.selectors.matching import Match, find_matches
from partnerships.services.enterprises import find_by_code, find_by_name, parents_of

SEPARATORS = re.compile("[,，、;；\n]+")
TAG_LENGTH = 40


class EnterpriseForm(forms.ModelForm):  # type: ignore[type-arg]
    weighed: tuple[str, ...] = ("accept_unverified",)
    credit_code = forms.CharField(
        label=_("Unified social credit code"),
        required=False,
        max_length=40,
        help_text=_("18 characters, as on the business licence. Leave it empty if you do not have it yet."),
    )
    accept_unverified = forms.BooleanField(label=_("Save the code as unverified"), required=False)
    former_names = LinesField(
        label=_("Former names"), required=False, help_text=_("One per line."), widget=forms.Textarea({"rows": 2})
    )
    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=400,
        help_text=_("Words of your own to find a group of enterprises by, with a comma between them."),
    )
    parent = forms.CharField(
        label=_("Parent company"),
        required=False,
        max_length=200,
        help_text=_("Full name or credit code of an enterprise that is on file."),
    )
    about = forms.CharField(
        label=_("What the enterprise does"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Students read this on the enterprise's public page; remarks for colleagues do not belong here."),
    )

    class Meta:
        model = Enterprise
        fields = [
            "legal_name", "name_en", "short_name", "credit_code", "nature", "industry", "province", "city", "address",
            "website", "staff_count", "staff_counted_on", "level", "flags", "colleges", "owner", "deputy", "about",
        ]  # fmt: skip
        widgets = {
            "staff_counted_on": DateInput,
            "flags": forms.CheckboxSelectMultiple,
            "colleges": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.saved_code = self.instance.credit_code if self.instance.pk else ""
        offer_staff(self, "owner", "deputy")
        for name in ("nature", "industry", "province", "flags"):
            field: Any = self.fields[name]
            field.queryset = offered(field.queryset, timezone.localdate())

    def clean_credit_code(self) -> str:
        """The code as it was meant; one that is on file already is refused with a link to that file."""
        code = credit_code.normalise(self.cleaned_data["credit_code"])
        if len(code) > 18:
            message = gettext("A credit code has 18 characters; this one has %(count)s.") % {"count": len(code)}
            raise forms.ValidationError(message)
        known = find_by_code(code, other_than=self.instance if self.instance.pk else None)
        if known:
            raise forms.ValidationError(self.on_file(known))
        return code

    def clean_tags(self) -> list[str]:
        """Each word once, in the order typed."""
        words = [word.strip().lstrip("#") for word in SEPARATORS.split(self.cleaned_data["tags"])]
        if any(len(word) > TAG_LENGTH for word in words):
            raise forms.ValidationError(gettext("A tag has at most %(count)s characters.") % {"count": TAG_LENGTH})
        return list(dict.fromkeys(word for word in words if word))

    def clean_parent(self) -> Enterprise | None:
        """The file that is meant, by its code or its full name; never the enterprise itself or one below it."""
        typed = self.cleaned_data["parent"].strip()
        if not typed:
            return None
        parent = find_by_code(typed) or find_by_name(typed)
        if parent is None:
            raise forms.ValidationError(gettext("No enterprise with this full name or code is on file."))
        if self.instance.pk and self.instance.pk in parents_of(parent):
            raise forms.ValidationError(gettext("An enterprise cannot stand below itself."))
        return parent

    @staticmethod
    def on_file(known: Enterprise) -> str:
        """The refusal of a code that another file has, with the way to that file."""
        link = format_html('<a href="{}">{}</a>', reverse("partnerships:enterprise", args=[known.pk]), known)
        return format_html("{} {}", gettext("An enterprise with this credit code is on file already:"), link)

    def clean(self) -> dict[str, Any]:
        """A failing code is saved only when the person says so; the file is then marked unverified."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        code = cleaned.get("credit_code")
        if code and code != self.saved_code and not credit_code.is_valid(code) and not cleaned["accept_unverified"]:
            self.add_error(
                "credit_code",
                gettext(
                    "The check character of this code is not right. Compare it with the business licence. "
                    "If it is as printed there, tick “Save the code as unverified” and save again."
                ),
            )
        return cleaned

    @property
    def asks_about_code(self) -> bool:
        """Whether the box “save as unverified” is shown: only where there is something to accept."""
        code = credit_code.normalise(str(self["credit_code"].value() or ""))
        return bool(code) and code != self.saved_code and not credit_code.is_valid(code)


class EnterpriseNewForm(EnterpriseForm, OnceForm):
    """Opens a file; where one may be meant that is there already, the person says that it is another enterprise."""

    weighed = (*EnterpriseForm.weighed, "is_another")
    is_another = forms.BooleanField(label=_("It is another enterprise: open a new file"), required=False)

    def matches(self) -> list[Match]:
        """The files that the name and the code as typed may mean; asks the database each time."""
        name, code = (str(self[field].value() or "") for field in ("legal_name", "credit_code"))
        return find_matches(name=name[:200], credit_code=code[:40])

    @property
    def said_of(self) -> set[str]:
        """The files that were shown when the person said that it is another enterprise."""
        typed: QueryDict = self.data  # type: ignore[assignment]  # a form that was sent
        return set(typed.getlist("seen")) if typed.get("is_another") else set()

    def clean(self) -> dict[str, Any]:
        """Ask "is it one of these?" once for every file that may be meant; a form sent twice finds its own file."""
        cleaned = super().clean()
        self.found = self.matches()
        unseen = {str(match.enterprise.pk) for match in self.found} - self.said_of
        if not self.errors and unseen and not was_done(cleaned.get("form_token")):
            self.add_error("is_another", gettext("Is it one of these? Open that file, or say that it is another one."))
        return cleaned


class EnterpriseEditForm(EnterpriseForm, VersionedForm):
    """Changes a file."""

    def __init__(self, *args: Any, instance: Enterprise, **kwargs: Any) -> None:
        names = [former.name for former in instance.former_names.all()]
        initial = {
            "version": instance.version,
            "former_names": "\n".join(names),
            "tags": pgettext("between the things of a list", ", ").join(tag.name for tag in instance.tags.all()),
            "parent": instance.parent.legal_name if instance.parent else "",
        }
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
