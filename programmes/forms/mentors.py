"""Forms of mentors, their terms, what they do on campus, and the yearly aims."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models.school import College
from core.filters import Choices, Filter, find_field
from core.forms import Choice, DateInput, OnceForm, VersionedForm
from core.uploads import PICTURES, CheckedFileField
from partnerships.models.enterprises import Enterprise
from partnerships.models.mentors import AnnualTarget, Mentor, MentorAppearance, MentorAppointment
from partnerships.models.programmes import Programme


class MentorFilter(Filter):
    find = find_field(_("Name, expertise or enterprise"))
    state = forms.ChoiceField(
        label=_("Appointed"),
        choices=[("", _("Appointed or not")), ("appointed", _("Appointed now")), ("over", _("Term is over"))],
    )
    year = forms.IntegerField(label=_("Year"), min_value=1980, max_value=2100)
    counts = forms.ChoiceField(
        label=_("On campus"),
        choices=[("", _("Everyone")), ("yes", _("Was on campus in the year")), ("no", _("Was not on campus"))],
    )
    college = Choice(label=_("College"))
    major = Choice(label=_("Major"))
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("", _("By name")),
            ("most", _("Most on campus first")),
            ("ending", _("Term ending soonest first")),
        ],
    )

    def __init__(self, data: Any, *, colleges: Choices, majors: Choices) -> None:
        super().__init__(data)
        self.offer("college", _("Any college"), colleges)
        self.offer("major", _("Any major"), majors)


class TermForm(forms.ModelForm):  # type: ignore[type-arg]
    """A term of a mentor."""

    class Meta:
        model = MentorAppointment
        fields = ["kind", "college", "from_on", "to_on", "number", "pay_per_hour"]
        widgets = {"from_on": DateInput, "to_on": DateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["college"].queryset = College.objects.order_by("code")
        fields["college"].empty_label = gettext("The whole school")
        fields["pay_per_hour"].min_value = 0

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        from_on, to_on = cleaned.get("from_on"), cleaned.get("to_on")
        if from_on and to_on and to_on < from_on:
            self.add_error("to_on", gettext("A term cannot end before it begins."))
        if cleaned.get("pay_per_hour") is not None and cleaned["pay_per_hour"] < 0:
            self.add_error("pay_per_hour", gettext("Pay cannot be less than nothing."))
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Whether the number is taken is the service's to say: a form that is sent twice has taken it itself."""
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions | {"number"}


class TermNewForm(TermForm, OnceForm):
    """Adds a term."""


class TermEndForm(forms.Form):
    on = forms.DateField(label=_("Ends on"), widget=DateInput)


class MentorForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who a mentor is."""

    class Meta:
        model = Mentor
        fields = ["name", "title", "contact", "expertise", "majors", "phone", "email", "note"]

    def __init__(self, *args: Any, enterprise: Enterprise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["contact"].queryset = enterprise.contacts.filter(to_on__isnull=True)
        fields["contact"].empty_label = gettext("Not one of our contacts")


class MentorNewForm(MentorForm, OnceForm):
    """Appoints a mentor: the person, and below a first term (TermForm)."""


class MentorEditForm(MentorForm, VersionedForm):
    def __init__(self, *args: Any, instance: Mentor, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, initial={"version": instance.version}, **kwargs)


class AppearanceForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a mentor did on campus."""

    photo = CheckedFileField(label=_("Photo"), kinds=PICTURES, required=False)

    class Meta:
        model = MentorAppearance
        fields = ["kind", "subject", "held_on", "hours", "audience", "place", "programme", "pay", "paid_on"]
        widgets = {"held_on": DateInput, "paid_on": DateInput}

    def __init__(self, *args: Any, mentor: Mentor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["programme"].queryset = Programme.objects.filter(enterprise=mentor.enterprise_id)
        fields["held_on"].widget.attrs["max"] = timezone.localdate().isoformat()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, words in (
            ("hours", gettext("Hours are more than nothing.")),
            ("pay", gettext("Pay cannot be less than nothing.")),
        ):
            number = cleaned.get(name)
            if number is not None and (number < 0 or (name == "hours" and number == 0)):
                self.add_error(name, words)
        return cleaned


class AppearanceNewForm(AppearanceForm, OnceForm):
    """Records it."""


class TargetForm(forms.ModelForm):  # type: ignore[type-arg]
    """An aim of a year; without a year it holds for every year."""

    class Meta:
        model = AnnualTarget
        fields = ["name", "number", "unit", "year"]
        labels = {"year": pgettext_lazy("yearly aim", "Year (empty: every year)")}

    def validate_unique(self) -> None:
        """The same aim is set anew."""
