"""Forms of programmes and of what they consist of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum import isbn as isbn_numbers
from stdnum.exceptions import ValidationError as InvalidNumber

from accounts.models.people import User
from accounts.models.school import Major
from core.forms import LinesField, OnceForm, VersionedForm
from partnerships.choices.programmes import ProgrammeFeatureKind
from partnerships.choosing import offer_staff
from partnerships.models.agreements import Agreement
from partnerships.models.enterprises import Enterprise
from partnerships.models.programmes import Programme, ProgrammeCohort, ProgrammeCourse, Textbook

EARLIEST, YEARS_AHEAD = 1980, 10
LINES = {
    "skills": (ProgrammeFeatureKind.SKILL, _("Skills")),
    "modules": (ProgrammeFeatureKind.MODULE, _("Modules")),
    "modes": (ProgrammeFeatureKind.MODE, _("Modes of training")),
    "terms": (ProgrammeFeatureKind.TERM, _("Terms agreed")),
    "new_majors": (ProgrammeFeatureKind.NEW_MAJOR, _("New majors to come of it")),
}


def check_years(form: forms.BaseForm, *names: str) -> None:
    """A year is written with four digits, and none lies far off."""
    last = timezone.localdate().year + YEARS_AHEAD
    for name in names:
        year = form.cleaned_data.get(name)
        if year is not None and not EARLIEST <= year <= last:
            words = gettext("Write a year between %(first)d and %(last)d.")
            form.add_error(name, words % {"first": EARLIEST, "last": last})


class ProgrammeForm(forms.ModelForm):  # type: ignore[type-arg]
    """The facts of a programme, and its features one per line."""

    class Meta:
        model = Programme
        fields = [
            "kind", "name", "level", "number", "agreement", "majors", "owner", "since", "until", "place", "places",
            "workstations", "area", "content",
        ]  # fmt: skip
        widgets = {"content": forms.Textarea({"rows": 4})}
        help_texts = {
            "agreement": _("A new agreement may take the place of the one before; the page keeps both."),
            "workstations": _("Of a training base."),
            "area": _("Of a training base."),
        }

    def __init__(self, *args: Any, enterprise: Enterprise, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["agreement"].queryset = Agreement.objects.visible_to(user).filter(enterprise=enterprise)
        if not user.is_office:
            fields["majors"].queryset = Major.objects.filter(college__in=user.college_ids)
            fields["majors"].required = True
        for name, (_kind, label) in LINES.items():
            fields[name] = LinesField(
                label=label, required=False, help_text=_("One per line."), widget=forms.Textarea({"rows": 3})
            )
        offer_staff(self, "owner")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_years(self, "since", "until")
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", gettext("A programme cannot end before it begins."))
        lines = {name: cleaned.pop(name, []) for name in LINES}
        cleaned["features"] = [(LINES[name][0], line) for name, each in lines.items() for line in each]
        return cleaned


class ProgrammeNewForm(ProgrammeForm, OnceForm):
    """Opens a programme."""


class ProgrammeEditForm(ProgrammeForm, VersionedForm):
    """Changes a programme; an agreement that this person may not read stays as it is."""

    def __init__(self, *args: Any, instance: Programme, user: User, **kwargs: Any) -> None:
        features = list(instance.features.all())
        initial: dict[str, Any] = {"version": instance.version}
        for name, (kind, _label) in LINES.items():
            initial[name] = "\n".join(feature.name for feature in features if feature.kind == kind)
        super().__init__(*args, instance=instance, user=user, initial=initial, **kwargs)
        offered: Any = self.fields["agreement"]
        if instance.agreement_id and not offered.queryset.filter(pk=instance.agreement_id).exists():
            del self.fields["agreement"]


class PartForm(forms.ModelForm):  # type: ignore[type-arg]
    """What belongs to a programme: a class, a course, a textbook."""

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        self.programme = programme
        super().__init__(*args, **kwargs)


class CohortForm(PartForm):
    """A class of a programme."""

    class Meta:
        model = ProgrammeCohort
        fields = ["year", "name", "major", "places", "graduates_in"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if majors := list(self.programme.majors.all()):
            fields["major"].queryset = Major.objects.filter(pk__in=[major.pk for major in majors])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_years(self, "year", "graduates_in")
        year, graduates_in = cleaned.get("year"), cleaned.get("graduates_in")
        if year and graduates_in and graduates_in < year:
            self.add_error("graduates_in", gettext("A class cannot graduate before it enters."))
        return cleaned


class CourseForm(PartForm):
    class Meta:
        model = ProgrammeCourse
        fields = ["name", "term", "hours", "teachers"]


class TextbookForm(PartForm):
    class Meta:
        model = Textbook
        fields = ["title", "editors", "publisher", "isbn", "year"]

    def clean_isbn(self) -> str:
        """Kept with its hyphens; its check digit must be right."""
        number: str = self.cleaned_data["isbn"]
        if not number:
            return ""
        try:
            return str(isbn_numbers.format(isbn_numbers.validate(number)))
        except InvalidNumber:
            raise forms.ValidationError(
                gettext("This is no ISBN: its check digit does not fit. Compare it with the book.")
            ) from None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_years(self, "year")
        return cleaned


class CohortNewForm(CohortForm, OnceForm):
    """Adds a class."""


class CourseNewForm(CourseForm, OnceForm):
    """Adds a course."""


class TextbookNewForm(TextbookForm, OnceForm):
    """Adds a textbook."""
