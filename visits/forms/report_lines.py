"""Rows of the report: people, offers, promises, intentions, things to do. Rows that stay empty are none."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from accounts.models.people import User
from accounts.models.school import Major
from core.forms import DateInput
from partnerships.choices.agreements import CommitmentKind, Side
from partnerships.models.contacts import Contact
from visits.choices import IntentionKind
from visits.selectors.choices import with_title
from visits.selectors.people_named import Found, Known, find
from visits.services.presence import Guest
from visits.services.reporting import FollowUpLine, IntentionLine, OutcomeLine, PromiseLine

_ = gettext_lazy
MOST_ROWS = 30
MOST = 100_000
MOST_PAY = 1_000_000
AS_TYPED = "-"


def _number(label: Any, most: int = MOST) -> forms.IntegerField:
    """A whole number, on the digits of a telephone."""
    digits = forms.NumberInput({"inputmode": "numeric", "placeholder": "0"})
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=False, widget=digits)


class Line(forms.Form):
    """A row counts once one of `tells` is filled in; what the page proposed beside it counts for nothing."""

    tells: tuple[str, ...] = ()

    def has_changed(self) -> bool:
        typed = (str(self[name].value() or "").strip() for name in self.tells)
        return any(typed)


class PersonLine(Line):
    """Somebody who came along; `who` says whom the name means where it could be several."""

    tells = ("name",)
    name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"),
        max_length=200,
        help_text=_("Type or dictate it; after a comma the position."),
    )
    side = forms.ChoiceField(
        label=pgettext_lazy("which side", "From"),
        choices=Side.choices,
        initial=Side.ENTERPRISE,
        widget=forms.RadioSelect,
        required=False,
    )
    who = forms.CharField(label=_("Did you mean?"), required=False, widget=forms.RadioSelect)
    people: list[Known] = []
    is_attended = True

    @property
    def parts(self) -> tuple[str, str]:
        """Name and position, parted by a comma of either script."""
        name, _comma, title = str(self["name"].value() or "").replace("，", ",").partition(",")
        return name.strip()[:80], title.strip()[:120]

    @property
    def found(self) -> Found:
        return find(self.parts[0], self.people)

    @property
    def offered(self) -> list[tuple[str, str]]:
        """Whom the name may mean, for the person to say; nobody where it is clear."""
        found = self.found
        if found.certain or not found.offered:
            return []
        named = [(person.key, f"{person.name} · {person.title}".rstrip(" ·")) for person in found.offered]
        return [*named, (AS_TYPED, gettext("Nobody of these"))]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.has_changed() and self.offered and self.is_attended and self._chosen() is None:
            said = cleaned.get("who")
            if said != AS_TYPED:
                self.add_error("who", gettext("Is it one of these people?"))
        return cleaned

    def _chosen(self) -> Known | None:
        found = self.found
        said = self.cleaned_data.get("who")
        return next((person for person in found.offered if person.key == said), None) or (
            found.certain if said != AS_TYPED else None
        )

    @property
    def line(self) -> Guest:
        known, (name, title) = self._chosen(), self.parts
        if known is None:
            return Guest(Side(self.cleaned_data["side"] or Side.ENTERPRISE), name, title)
        pk = int(known.key[1:])
        if known.side == Side.SCHOOL:
            return Guest(known.side, known.name, title, user=User.objects.get(pk=pk))
        return Guest(known.side, known.name, title, contact=Contact.objects.get(pk=pk))


class OutcomeLineForm(Line):
    tells = ("posts", "internships", "average_pay", "graduates", "post_pay", "internship_pay")
    major = forms.ModelChoiceField(Major.objects.select_related("college"), label=_("Major"))
    posts = _number(_("Posts"))
    post_pay = _number(_("Starting pay, yuan a month"), MOST_PAY)
    internships = _number(_("Internships"))
    internship_pay = _number(_("Internship pay, yuan a month"), MOST_PAY)
    average_pay = _number(_("Average pay, yuan a month"), MOST_PAY)
    graduates = _number(_("Graduates it means to take"))
    proposed: set[str] = set()

    def has_changed(self) -> bool:
        """A major that nobody proposed is somebody's entry too."""
        major = str(self["major"].value() or "")
        return super().has_changed() or (major != "" and major not in self.proposed)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        numbers = ("posts", "internships", "graduates")
        if self.has_changed() and not self.errors and not any(cleaned.get(name) for name in numbers):
            self.add_error("posts", gettext("How many posts or internships?"))
        return cleaned

    @property
    def line(self) -> OutcomeLine:
        entered = self.cleaned_data
        numbers = {name: entered[name] or 0 for name in ("posts", "internships")}
        return OutcomeLine(**{**entered, **numbers})


class PromiseLineForm(Line):
    tells = ("description", "number", "unit", "due_on")
    side = forms.ChoiceField(label=_("Promised by"), choices=Side.choices, initial=Side.ENTERPRISE)
    kind = forms.ChoiceField(label=_("Kind"), choices=CommitmentKind.choices, initial=CommitmentKind.OTHER)
    description = forms.CharField(label=_("Promise"), max_length=300)
    number = forms.DecimalField(
        label=_("Number"), min_value=0, max_digits=14, decimal_places=2, required=False,
        widget=forms.NumberInput({"inputmode": "decimal"}),
    )  # fmt: skip
    unit = forms.CharField(label=_("Unit"), max_length=30, required=False)
    due_on = forms.DateField(label=_("Due on"), widget=DateInput, required=False)

    @property
    def line(self) -> PromiseLine:
        entered = self.cleaned_data
        kind, side = CommitmentKind(entered["kind"]), Side(entered["side"])
        return PromiseLine(**{**entered, "kind": kind, "side": side})


class IntentionLineForm(Line):
    tells = ("name", "terms")
    kind = forms.ChoiceField(label=_("Kind"), choices=IntentionKind.choices, initial=IntentionKind.OTHER)
    name = forms.CharField(label=_("Intention"), max_length=200)
    terms = forms.CharField(label=_("Terms"), max_length=300, required=False)

    @property
    def line(self) -> IntentionLine:
        return IntentionLine(**{**self.cleaned_data, "kind": IntentionKind(self.cleaned_data["kind"])})


class FollowUpLineForm(Line):
    """Owner and day are proposed, so that one sentence is enough."""

    tells = ("what",)
    what = forms.CharField(label=_("What is to be done"), max_length=300)
    owner = forms.ModelChoiceField(User.objects.filter(is_active=True), label=_("By whom"))
    due_on = forms.DateField(label=_("Until when"), widget=DateInput)

    @property
    def line(self) -> FollowUpLine:
        return FollowUpLine(**self.cleaned_data)


class Lines(BaseFormSet):  # type: ignore[type-arg]
    """Rows of the report; those that stay empty are left out."""

    @property
    def lines(self) -> list[Any]:
        return [row.line for row in self.forms if row.has_changed()]

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.empty_permitted = True


class PersonLines(Lines):
    people: list[Known]
    is_attended = True

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.people, form.is_attended = self.people, self.is_attended  # type: ignore[attr-defined]
        form.fields["who"].widget.choices = form.offered  # type: ignore[attr-defined]


class OutcomeLines(Lines):
    """The names of the majors are read once, not once for each row; `proposed` are those of open needs."""

    proposed: list[int]

    def clean(self) -> None:
        majors = [row.cleaned_data.get("major") for row in self.forms if row.has_changed() and not row.errors]
        if len(set(majors)) < len(majors):
            raise forms.ValidationError(gettext("Each major stands in one row only."))

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if not hasattr(self, "_majors"):
            self._majors = [("", "---------"), *((major.pk, str(major)) for major in Major.objects.all())]
        form.fields["major"].choices = self._majors  # type: ignore[attr-defined]
        form.proposed = {str(pk) for pk in self.proposed}  # type: ignore[attr-defined]


class FollowUpLines(Lines):
    staff: list[User]

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if not hasattr(self, "_owners"):
            self._owners = [("", "---------"), *((person.pk, with_title(person)) for person in self.staff)]
        form.fields["owner"].choices = self._owners  # type: ignore[attr-defined]


_limits: dict[str, Any] = {"max_num": MOST_ROWS, "absolute_max": MOST_ROWS, "validate_max": True}
PersonFormSet = formset_factory(PersonLine, formset=PersonLines, extra=1, **_limits)
OutcomeFormSet = formset_factory(OutcomeLineForm, formset=OutcomeLines, extra=1, **_limits)
PromiseFormSet = formset_factory(PromiseLineForm, formset=Lines, extra=0, **_limits)
IntentionFormSet = formset_factory(IntentionLineForm, formset=Lines, extra=1, **_limits)
FollowUpFormSet = formset_factory(FollowUpLineForm, formset=FollowUpLines, extra=0, **_limits)
