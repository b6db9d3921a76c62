"""What people say of themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.choices import Theme
from accounts.models.people import StudentProfile, User
from core.forms import LinesField


class PersonForm(forms.Form):
    """Language and appearance."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("The portal and its messages speak this language to you."),
    )
    theme = forms.ChoiceField(label=_("Appearance"), choices=Theme.choices)


class StudentForm(forms.Form):
    """A student's wishes and skills."""

    cities = LinesField(
        label=_("Cities wished for"), help_text=_("One per line."), required=False, max_each=60, max_lines=10
    )
    pay_from = forms.IntegerField(
        label=_("Pay wished for, yuan a month"), required=False, min_value=0, max_value=1_000_000
    )
    skills = LinesField(label=_("Skills"), help_text=_("One per line."), required=False, max_each=60, max_lines=30)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=30)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("cities", "skills"):
            self.fields[name].widget.attrs["rows"] = 4


def student_initial(profile: StudentProfile) -> dict[str, object]:
    """The profile as its form shows it."""
    return {
        "cities": "\n".join(profile.cities),
        "pay_from": profile.pay_from,
        "skills": "\n".join(profile.skills),
        "phone": profile.phone,
    }


class AddressForm(forms.ModelForm):  # type: ignore[type-arg]
    """The e-mail address of a person; taken ones are refused."""

    class Meta:
        model = User
        fields = ("email",)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()
