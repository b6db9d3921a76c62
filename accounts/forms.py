"""What people say of themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import TIME_ZONES, Language, LanguageLevel, Theme
from accounts.models.people import StudentProfile, User
from accounts.selectors import WishCodes
from accounts.services import Spoken
from core.forms import DateInput, LinesField


class PersonForm(forms.Form):
    """Language, appearance and the clock by which the portal writes to somebody."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("The portal and its messages speak this language to you."),
    )
    theme = forms.ChoiceField(label=_("Appearance"), choices=Theme.choices)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=[("", _("As the school")), *TIME_ZONES],
        help_text=_("Reminders come by this clock: not at night, and gathered letters in the morning."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A zone that an administrator set and that is not among the common ones stays a choice."""
        super().__init__(*args, **kwargs)
        field: forms.ChoiceField = self.fields["time_zone"]  # type: ignore[assignment]
        own = self.initial.get("time_zone", "")
        if own and own not in dict(TIME_ZONES):
            field.choices = [*field.choices, (own, own)]  # type: ignore[misc]


def person_initial(user: User) -> dict[str, object]:
    """What a person chose, as the form shows it."""
    return {"language": user.language, "theme": user.theme, "time_zone": user.time_zone}


class StudentForm(forms.Form):
    """A student's wishes and skills; `codes` are the provinces and industries to choose from."""

    cities = LinesField(
        label=_("Cities wished for"), help_text=_("One per line."), required=False, max_each=60, max_lines=10
    )
    industries = forms.MultipleChoiceField(
        label=_("Industries wished for"), required=False, widget=forms.CheckboxSelectMultiple
    )
    pay_from = forms.IntegerField(
        label=_("Pay wished for, yuan a month"), required=False, min_value=0, max_value=1_000_000
    )
    provinces = forms.MultipleChoiceField(
        label=_("Provinces to work in"),
        help_text=_("None means anywhere."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    available_from = forms.DateField(label=_("Free from"), required=False, widget=DateInput)
    available_to = forms.DateField(label=_("Free until"), required=False, widget=DateInput)
    days_a_week = forms.IntegerField(label=_("Days a week free"), required=False, min_value=1, max_value=7)
    skills = LinesField(label=_("Skills"), help_text=_("One per line."), required=False, max_each=60, max_lines=30)
    summary = forms.CharField(
        label=_("About myself"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 4})
    )
    summary_en = forms.CharField(
        label=_("About myself, in English"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    phone = forms.CharField(label=_("Phone"), required=False, max_length=30)

    def __init__(self, *args: Any, codes: WishCodes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("cities", "skills"):
            self.fields[name].widget.attrs["rows"] = 4
        self.fields["industries"].choices = codes.industries  # type: ignore[attr-defined]
        self.fields["provinces"].choices = codes.provinces  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        entered = super().clean() or {}
        first, last = entered.get("available_from"), entered.get("available_to")
        if first and last and last < first:
            self.add_error("available_to", _("The last day is before the first."))
        return entered


def student_initial(profile: StudentProfile) -> dict[str, object]:
    """The profile as its form shows it."""
    same = ("industries", "pay_from", "provinces", "available_from", "available_to", "days_a_week")
    shown = {name: getattr(profile, name) for name in (*same, "summary", "summary_en", "phone")}
    return {**shown, "cities": "\n".join(profile.cities), "skills": "\n".join(profile.skills)}


class LanguageForm(forms.Form):
    """A language that a student speaks, and how well."""

    language = forms.ChoiceField(label=_("Language"), choices=[("", "---------"), *Language.choices])
    level = forms.ChoiceField(
        label=pgettext_lazy("of a language", "Level"), choices=[("", "---------"), *LanguageLevel.choices]
    )
    proof = forms.CharField(label=_("Certificate"), required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proof"].widget.attrs["placeholder"] = _("For example CET-6, 520 points.")


class LanguageForms(forms.BaseFormSet):  # type: ignore[type-arg]
    """The languages of one student; each stands there once."""

    deletion_widget = forms.CheckboxInput

    def clean(self) -> None:
        seen: set[str] = set()
        for row in self.filled:
            language = row.cleaned_data.get("language", "")
            if language and language in seen:
                row.add_error("language", _("This language stands here already."))
            seen.add(language)

    @property
    def filled(self) -> list[forms.Form]:
        """The rows with something in them that are not to be taken away."""
        typed = [row for row in self.forms if row.has_changed() or row.initial]
        return [row for row in typed if not row.cleaned_data.get("DELETE")]

    @property
    def spoken(self) -> list[Spoken]:
        return [
            Spoken(row.cleaned_data["language"], row.cleaned_data["level"], row.cleaned_data["proof"])
            for row in self.filled
        ]


LanguageFormSet: type[LanguageForms] = forms.formset_factory(  # type: ignore[assignment]  # it is made of that
    LanguageForm, formset=LanguageForms, extra=1, can_delete=True, max_num=len(Language), validate_max=True
)


def languages_initial(profile: StudentProfile) -> list[dict[str, object]]:
    """The languages as their rows show them."""
    return [dict(row) for row in profile.languages.values("language", "level", "proof")]


class AddressForm(forms.ModelForm):  # type: ignore[type-arg]
    """The e-mail address of a person; taken ones are refused."""

    class Meta:
        model = User
        fields = ("email",)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()
