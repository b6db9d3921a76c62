"""What people type about reports; what each kind asks for stands in reports.kinds."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.people import User
from accounts.models.school import College
from core.filters import Choices, Filter
from core.forms import DateInput, OnceForm, VersionedForm
from reports.choices import BuildState, Cadence, Weekday
from reports.figures.figure import Figure
from reports.kinds.catalogue import KINDS
from reports.models.schedules import LAST_DAY
from reports.selectors.people import people_of_figures
from reports.selectors.schedules import readers_offered


class TargetForm(OnceForm):
    """How far a figure is to come, by when; of a college only where the figure is split by colleges."""

    number = forms.IntegerField(label=_("Target"), min_value=1, max_value=10**12)
    starts_on = forms.DateField(label=_("From"), widget=DateInput)
    ends_on = forms.DateField(label=_("To"), widget=DateInput)
    college = forms.ModelChoiceField(
        College.objects.all(), label=_("College"), required=False, empty_label=_("The whole school")
    )
    note = forms.CharField(label=_("Where it comes from"), max_length=200, required=False)

    def __init__(self, *args: Any, figure: Figure, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("starts_on", on.replace(month=1, day=1))
        self.initial.setdefault("ends_on", on.replace(month=12, day=31))
        if "college" not in figure.splits:
            self.fields["college"].disabled = True
            self.fields["college"].help_text = _("This figure is not counted by colleges.")


class OwnerForm(forms.Form):
    """Who answers for a figure."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Who answers for it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people_of_figures().filter(is_active=True)  # type: ignore[attr-defined]
        self.fields["user"].empty_label = _("Whoever has the role of the definition")  # type: ignore[attr-defined]


class WeekFilter(Filter):
    """Any day of the week, and whose figures; nothing chosen is the last full week of the whole school."""

    week = forms.DateField(label=_("A day of the week"), widget=DateInput)
    campaign = forms.ChoiceField(label=_("Campaign"))

    def __init__(self, data: Any, *, campaigns: Choices) -> None:
        super().__init__(data)
        self.offer("campaign", _("The whole school, all years"), campaigns)


class BuildFilter(Filter):
    """Which past reports are listed."""

    kind = forms.ChoiceField(label=_("Report"))
    person = forms.ChoiceField(label=_("Asked for by"))
    state = forms.ChoiceField(
        label=pgettext_lazy("of a report", "State"), choices=[("", _("Any state")), *BuildState.choices]
    )

    def __init__(self, data: Any, *, people: Choices) -> None:
        super().__init__(data)
        self.offer("kind", _("Any report"), [(kind.slug, kind.name) for kind in KINDS.values()])
        self.offer("person", _("Anybody"), people)


class WhenForm(forms.Form):
    """When a report is due, and who gets it."""

    cadence = forms.ChoiceField(label=_("How often"), choices=Cadence.choices, initial=Cadence.WEEKLY)
    weekday = forms.TypedChoiceField(
        label=_("On which day of the week"), choices=Weekday.choices, coerce=int, initial=Weekday.MONDAY,
        help_text=_("For a report of every week."),
    )  # fmt: skip
    month_day = forms.IntegerField(
        label=_("On which day of the month"), min_value=1, max_value=LAST_DAY, initial=1,
        help_text=_("For a report of every month; 28 at the latest, which every month has."),
    )  # fmt: skip
    hour = forms.TypedChoiceField(
        label=_("From what time on"), choices=[(hour, f"{hour:02}:00") for hour in range(24)], coerce=int, initial=8
    )
    readers = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Readers"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Each reads no more than they may see, in their own language. They are sent a link, not the file."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if user.is_office:
            self.fields["readers"].queryset = readers_offered()  # type: ignore[attr-defined]
        else:
            del self.fields["readers"]

    @property
    def when(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("cadence", "weekday", "month_day", "hour")}

    @property
    def chosen_readers(self) -> list[User]:
        return list(self.cleaned_data.get("readers", ()))


class ScheduleForm(OnceForm, WhenForm):
    pass


class ScheduleEditForm(VersionedForm, WhenForm):
    pass
