"""The rows of a campaign's form: what it asks for, of whom, and the days on which it is reported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.due_days import DueDateInput
from accounts.models.people import User
from accounts.models.school import College
from accounts.working_days import WorkingDays, working_days
from core.forms import DateInput
from visits.choices import Measure
from visits.forms.campaigns import CampaignForm
from visits.models.campaigns import Campaign
from visits.selectors.campaigns import report_days_of
from visits.selectors.choices import Choices, leader_choices, people_of_staff
from visits.services.campaigns import ReportDayLine, TargetLine

ROLES = (Role.LEADER, Role.COLLEGE, Role.OFFICER)
MOST_TARGETS = 60
MOST_DAYS = 40


@dataclass(frozen=True)
class Offered:
    """Colleges and people, read once for all rows; three queries."""

    colleges: dict[str, College]
    people: dict[str, User]
    leaders: Choices

    @classmethod
    def on(cls, day: date, *, campaign: Campaign | None = None) -> Offered:
        """Whoever has a target already stays on offer, whatever they do today."""
        staff = people_of_staff(on=day)
        named = {pk for row in target_rows(campaign) for pk in row["leaders"]} if campaign else set()
        gone = named - {person.pk for person, _leads in staff}
        staff += [(person, False) for person in User.objects.filter(pk__in=gone)] if gone else []
        return cls(
            colleges={str(college.pk): college for college in College.objects.all()},
            people={str(person.pk): person for person, _leads in staff},
            leaders=leader_choices(staff)[1:],
        )


class TargetForm(forms.Form):
    measure = forms.ChoiceField(label=_("What is counted"), choices=[("", "---------"), *Measure.choices])
    number = forms.IntegerField(label=_("Target"), min_value=1, max_value=1_000_000)
    role = forms.ChoiceField(label=_("Of a role"), required=False)
    college = forms.ChoiceField(label=_("Of a college"), required=False)
    name = forms.CharField(
        label=_("Or of leaders, called together"),
        max_length=120,
        required=False,
        help_text=_("Such as “Secretary and president together”."),
    )
    leaders = forms.MultipleChoiceField(
        label=_("Leaders"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 5}),
        help_text=_("Hold Ctrl (or ⌘) to choose several."),
    )

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        self.offered = offered
        fields["role"].choices = [("", _("Everyone")), *((role.value, role.label) for role in ROLES)]
        fields["college"].choices = [("", _("Every college")), *((pk, str(c)) for pk, c in offered.colleges.items())]
        fields["leaders"].choices = offered.leaders

    def clean(self) -> dict[str, Any]:
        """Of one of them only; leaders and their name come together."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("role") and cleaned.get("college"):
            self.add_error("college", gettext("A target is of a role or of a college, not of both."))
        for name in ("role", "college"):
            if cleaned.get(name) and (cleaned.get("leaders") or cleaned.get("name")):
                self.add_error(name, gettext("A target of named leaders is of no role and no college."))
        if cleaned.get("leaders") and not cleaned.get("name"):
            self.add_error("name", gettext("What are these leaders called together?"))
        if cleaned.get("name") and not cleaned.get("leaders"):
            self.add_error("leaders", gettext("Which leaders are these?"))
        return cleaned

    @property
    def line(self) -> TargetLine:
        said = self.cleaned_data
        return TargetLine(
            measure=Measure(said["measure"]),
            role=said["role"],
            number=said["number"],
            college=self.offered.colleges.get(said["college"]),
            leaders=[self.offered.people[pk] for pk in said["leaders"]],
            name=said["name"],
        )

    @property
    def is_of_leaders(self) -> bool:
        """Whether the fields of named leaders are shown at once."""
        return bool(self["name"].value() or self["leaders"].value())


class Rows(BaseFormSet):  # type: ignore[type-arg]
    """A row that stays empty is none, and one that is ticked for removal counts for nothing."""

    removing: Any = ""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = str(self.removing)

    @property
    def entered(self) -> list[Any]:
        rows = [row for row in self.forms if row not in self.deleted_forms]
        return [row for row in rows if row.has_changed() or row.initial]

    @property
    def lines(self) -> list[Any]:
        return [row.line for row in self.entered]

    def refuse_again(self, keys: Iterable[object], field: str, words: str) -> None:
        """The same row twice: said beside the field of the later one."""
        seen = set()
        for row, key in zip(self.entered, keys, strict=True):
            if key in seen:
                row.add_error(field, words)
            seen.add(key)


class Targets(Rows):
    removing = _("Remove this target")

    def clean(self) -> None:
        if not any(self.errors):
            words = gettext("This target stands above already: change its number there.")
            self.refuse_again([line.key for line in self.lines], "measure", words)


class ReportDayForm(forms.Form):
    day = forms.DateField(label=_("Reported by"), widget=DueDateInput)
    name = forms.CharField(label=_("What is reported"), max_length=200, required=False)
    reported_on = forms.DateField(label=_("Reported on"), widget=DateInput, required=False)

    def __init__(self, *args: Any, known: WorkingDays, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].widget.known = known

    @property
    def line(self) -> ReportDayLine:
        said = self.cleaned_data
        return ReportDayLine(said["day"], said["name"], said["reported_on"])


class ReportDays(Rows):
    removing = _("Remove this day")

    def clean(self) -> None:
        if not any(self.errors):
            words = gettext("This day stands above already.")
            self.refuse_again([line.day for line in self.lines], "day", words)

    def lie_within(self, first: date | None, last: date | None) -> bool:
        """Whether every day is one of the campaign's; says it beside each that is not."""
        outside = [row for row in self.entered if (first and row.line.day < first) or (last and row.line.day > last)]
        for row in outside:
            row.add_error("day", gettext("This day is not within the campaign."))
        return not outside


TargetFormSet = formset_factory(
    TargetForm, formset=Targets, extra=2, max_num=MOST_TARGETS, absolute_max=MOST_TARGETS, validate_max=True,
    can_delete=True,
)  # fmt: skip
ReportDayFormSet = formset_factory(
    ReportDayForm, formset=ReportDays, extra=1, max_num=MOST_DAYS, absolute_max=MOST_DAYS, validate_max=True,
    can_delete=True,
)  # fmt: skip


class CampaignRows:
    """Targets and days of reporting beside the form of a campaign."""

    def __init__(self, data: Any, *, on: date, campaign: Campaign | None = None) -> None:
        offered = {"offered": Offered.on(on, campaign=campaign)}
        targets = target_rows(campaign) if campaign else []
        days = [vars(day) for day in report_days_of(campaign, on=on)] if campaign else []
        self.targets: Any = TargetFormSet(data, initial=targets, prefix="targets", form_kwargs=offered)
        self.days: Any = ReportDayFormSet(data, initial=days, prefix="days", form_kwargs={"known": working_days()})

    def are_whole(self, form: CampaignForm) -> bool:
        """Looks at everything that was sent, so that everything wrong is said at once."""
        whole = [form.is_valid(), self.targets.is_valid(), self.days.is_valid()]
        if self.days.is_valid() and not self.days.lie_within(*form.period):
            return False
        return all(whole)

    @property
    def wrong(self) -> list[Any]:
        """What the summary of errors names beside the form's own."""
        formsets = (self.targets, self.days)
        return [rows for rows in formsets if rows.is_bound and (any(rows.errors) or rows.non_form_errors())]

    @property
    def lines(self) -> dict[str, Any]:
        return {"targets": self.targets.lines, "report_days": self.days.lines}


def target_rows(campaign: Campaign) -> list[dict[str, Any]]:
    """The targets of a campaign as their form shows them."""
    return [
        {
            "measure": target.measure,
            "number": target.number,
            "role": target.role,
            "college": target.college_id,
            "name": target.name,
            "leaders": target.leader_ids,  # type: ignore[attr-defined]  # fetched by campaign_with_parts
        }
        for target in campaign.targets.all()
    ]
