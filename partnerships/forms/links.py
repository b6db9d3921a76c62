"""What somebody at an enterprise fills in by signed link, and what staff ask about the answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.forms.models import fields_for_model
from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.filters import Filter, find_field
from partnerships.choices.links import FILE_FIELDS, PERSON_FIELDS, Intake, Reaction
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.links import SignedLink
from partnerships.selectors.links import as_text, file_texts, person_texts
from partnerships.services.answers import Said

MOST_PEOPLE = 100_000
MOST_STAFF = 10_000_000
COMMON_REASONS = (
    _("No openings planned this year"),
    _("Hiring is stopped"),
    _("We look for other majors"),
    _("We have too few people to look after interns"),
    _("No lodging for interns"),
)


def _intake_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=Intake.choices, widget=forms.RadioSelect)


def _number_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=MOST_PEOPLE)


class FileAnswerForm(forms.Form):
    """The facts on file, the person asked, and whom the enterprise would take this year.

    What was read travels with the form, signed, so that a change by staff meanwhile is not taken for one of theirs.
    """

    as_read = forms.CharField(widget=forms.HiddenInput, required=False)
    has_left = forms.BooleanField(label=_("I do not work there any more, or do not look after this"), required=False)
    interns = _intake_field(_("Would you take interns this year?"))
    interns_number = _number_field(_("How many interns?"))
    graduates = _intake_field(_("Would you hire graduates this year?"))
    graduates_number = _number_field(_("How many graduates?"))
    reasons = forms.CharField(
        label=_("If not: why?"), required=False, max_length=1000, widget=forms.TextInput(attrs={"list": "reasons"})
    )

    def __init__(self, data: Any = None, *, link: SignedLink) -> None:
        self.link = link
        self.read = {"file": file_texts(link.enterprise), "person": person_texts(link)}
        own = {f"own_{name}": value for name, value in self.read["person"].items()}
        super().__init__(data, initial={**self.read["file"], **own, "as_read": self._sealed()})
        for prefix in ("own", "new"):
            people = fields_for_model(Contact, PERSON_FIELDS)
            self.fields |= {f"{prefix}_{name}": field for name, field in people.items()}
        self.fields |= _file_fields()
        self.fields["new_name"].required = False
        self.order_fields([*FILE_FIELDS, *(f"own_{name}" for name in PERSON_FIELDS)])

    def _sealed(self) -> str:
        return signing.dumps(self.read, salt=self._salt, compress=True)

    @property
    def _salt(self) -> str:
        return f"partnerships.file.{self.link.pk}"

    def file_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in FILE_FIELDS]

    def own_fields(self) -> list[forms.BoundField]:
        return [self[f"own_{name}"] for name in PERSON_FIELDS]

    def new_fields(self) -> list[forms.BoundField]:
        return [self[f"new_{name}"] for name in PERSON_FIELDS]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._open_seal()
        for kind in ("interns", "graduates"):
            if cleaned.get(kind) == Intake.YES and not cleaned.get(f"{kind}_number"):
                self._lacks(f"{kind}_number", gettext("Please say about how many."))
        if cleaned.get("interns") == cleaned.get("graduates") == Intake.NO and not cleaned.get("reasons"):
            self._lacks("reasons", gettext("Please say why, so that we do not ask in vain."))
        new = [cleaned.get(f"new_{name}") for name in PERSON_FIELDS]
        if any(new) and not cleaned.get("new_name"):
            self._lacks("new_name", gettext("Please give the name."))
        return cleaned

    def _lacks(self, name: str, words: str) -> None:
        """Ask for a field that is needed here; one that is wrong already says so itself."""
        if name not in self.errors:
            self.add_error(name, words)

    def _open_seal(self) -> None:
        """What was read when this form was opened; a form that was tampered with is shown again as it is now."""
        try:
            self.read = signing.loads(str(self.cleaned_data.get("as_read", "")), salt=self._salt)
        except signing.BadSignature:
            self.add_error(None, gettext("Something went wrong on the way. Please look at the page again, then send."))
            typed: QueryDict = self.data.copy()  # type: ignore[attr-defined]  # a form that was sent
            typed["as_read"] = self._sealed()
            self.data = typed

    def _sent(self, name: str, read: str) -> str:
        """What was sent of a fact; one that was not touched stays as it was read, however it is written."""
        untouched = as_text(self.data.get(name, "")) == read
        return read if untouched else as_text(self.cleaned_data[name])

    def said(self) -> Said:
        """The answer of a valid form."""
        cleaned, file, person = self.cleaned_data, self.read["file"], self.read["person"]
        colleague = {name: as_text(cleaned[f"new_{name}"]) for name in PERSON_FIELDS}
        interns, graduates = Intake(cleaned["interns"]), Intake(cleaned["graduates"])
        return Said(
            read_file=file,
            read_person=person,
            file={name: self._sent(name, file[name]) for name in FILE_FIELDS},
            person={name: self._sent(f"own_{name}", person[name]) for name in PERSON_FIELDS},
            interns=interns,
            graduates=graduates,
            interns_number=None if interns == Intake.NO else cleaned["interns_number"],
            graduates_number=None if graduates == Intake.NO else cleaned["graduates_number"],
            reasons=cleaned["reasons"] if Intake.NO in (interns, graduates) else "",
            has_left=cleaned["has_left"],
            colleague=colleague if colleague["name"] else {},
        )


def _file_fields() -> dict[str, forms.Field]:
    fields: dict[str, Any] = dict(fields_for_model(Enterprise, FILE_FIELDS))
    fields["about"] = forms.CharField(
        label=fields["about"].label, required=False, max_length=4000, widget=forms.Textarea({"rows": 4})
    )
    fields["staff_count"] = forms.IntegerField(
        label=fields["staff_count"].label, required=False, min_value=0, max_value=MOST_STAFF
    )
    return fields


class ForwardForm(forms.Form):
    """The colleague who should answer instead."""

    name = forms.CharField(label=_("Name of your colleague"), max_length=80)
    email = forms.EmailField(label=_("E-mail address of your colleague"), max_length=254)


class AnswerFilter(Filter):
    find = find_field(_("Name, credit code or city"))
    year = forms.ChoiceField(label=_("Year"))
    reaction = forms.ChoiceField(label=_("Reaction"), choices=[("", _("Any reaction")), *Reaction.choices])
    interns = forms.ChoiceField(
        label=pgettext_lazy("would take people", "Interns"), choices=[("", _("Any answer")), *Intake.choices]
    )
    graduates = forms.ChoiceField(
        label=pgettext_lazy("would take people", "Graduates"), choices=[("", _("Any answer")), *Intake.choices]
    )

    def __init__(self, data: Any, *, years: list[int]) -> None:
        super().__init__(data)
        self.offer("year", _("This year"), [(str(year), str(year)) for year in years])
