"""What enterprises say on the desk, and what staff say when they ask them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, LinesField, OnceForm, VersionedForm, fields_of
from core.models import offered
from imports.asking import UploadForm
from partnerships.models.codes import Province
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from placements.choices import ApplicationState, DocumentKind
from placements.models.applications import RejectionReason
from placements.models.postings import Posting

GROUPS = (
    (_("The post"), ("kind", "title", "title_en", "description", "description_en", "headcount")),
    (_("Whom you look for"), ("majors", "class_of", "level", "skills")),
    (_("Where and when"), ("province", "city", "address", "mode", "starts_on", "ends_on", "days_a_week")),
    (_("Pay"), ("pay_min", "pay_max", "pay_period", "pay_months", "pay_negotiable")),
    (_("How students apply"), ("closes_on", "answer_by", "documents", "contact_shown")),
)


class OfferForm(OnceForm, forms.ModelForm):  # type: ignore[type-arg]
    """A posting in the words of an enterprise; the token makes sending it twice harmless."""

    skills = LinesField(
        label=_("Skills"), help_text=_("One per line."), required=False, max_each=60, max_lines=20,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    documents = forms.MultipleChoiceField(
        label=_("What students should send"), choices=DocumentKind.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    class Meta:
        model = Posting
        fields = [
            "kind", "title", "title_en", "description", "description_en", "headcount", "majors", "class_of", "level",
            "skills", "province", "city", "address", "mode", "starts_on", "ends_on", "days_a_week", "pay_min",
            "pay_max", "pay_period", "pay_months", "pay_negotiable", "closes_on", "answer_by", "documents",
            "contact_shown",
        ]  # fmt: skip
        widgets = {
            "description": forms.Textarea(attrs={"rows": 6}),
            "description_en": forms.Textarea(attrs={"rows": 3}),
            "majors": forms.CheckboxSelectMultiple,
            "starts_on": DateInput,
            "ends_on": DateInput,
            "closes_on": DateInput,
            "answer_by": DateInput,
        }
        labels = {
            "kind": _("What do you offer?"),
            "title": _("Name of the post"),
            "title_en": _("Name of the post in English"),
            "description": _("What is to be done, and what you ask for"),
            "headcount": _("How many people?"),
            "majors": _("From which majors?"),
            "class_of": _("Graduating in"),
            "level": _("Level of study, at least"),
            "closes_on": _("Until when can students apply?"),
            "answer_by": _("By when do you answer them?"),
            "contact_shown": _("Students see my name and how to reach me"),
        }
        help_texts = {
            "class_of": _("Empty: every year."),
            "answer_by": _("Students see this promise, and you are reminded of it."),
        }

    def __init__(self, *args: Any, contact: Contact | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contact = contact
        if contact is None:
            del self.fields["contact_shown"]
        province = self.fields["province"]
        assert isinstance(province, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        province.queryset = offered(Province.objects.all(), timezone.localdate())

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(legend, [self[name] for name in names if name in self.fields]) for legend, names in GROUPS]

    def clean(self) -> dict[str, Any]:
        """Say what cannot be beside the field concerned; the database refuses the same."""
        entered = super().clean() or self.cleaned_data
        closes, answer = entered.get("closes_on"), entered.get("answer_by")
        if closes and closes < timezone.localdate():
            self.add_error("closes_on", _("The last day to apply has passed already."))
        if answer and closes and answer < closes:
            self.add_error("answer_by", _("The answer is promised for a day after the closing day."))
        self._in_order("pay_min", "pay_max", _("The upper end of the pay is below the lower end."))
        self._in_order("starts_on", "ends_on", _("The work cannot end before it begins."))
        for name, least, most in (("headcount", 1, 10_000), ("days_a_week", 1, 7), ("pay_months", 12, 24)):
            value = entered.get(name)
            if value is not None and not least <= value <= most:
                self.add_error(name, _("Between %(least)s and %(most)s.") % {"least": least, "most": most})
        return entered

    def _in_order(self, first: str, last: str, words: Any) -> None:
        before, after = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if before is not None and after is not None and after < before:
            self.add_error(last, words)

    def _post_clean(self) -> None:
        """The service makes the posting and checks it; there is none here to be checked."""

    def posting_fields(self) -> dict[str, Any]:
        """What the service sets on the posting itself."""
        fields = fields_of(self)
        del fields["majors"]
        return {**fields, "contact": self.contact, "contact_shown": bool(fields.get("contact_shown"))}


class AnswerForm(VersionedForm):
    """What an enterprise says to a student; the button that was pressed says where to."""

    to = forms.ChoiceField(choices=ApplicationState.choices, widget=forms.HiddenInput)
    rejection = forms.ModelChoiceField(
        label=_("Reason, where you decide against it"), queryset=RejectionReason.objects.none(), required=False
    )
    reason = forms.CharField(
        label=_("A few words to the student"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rejection = self.fields["rejection"]
        assert isinstance(rejection, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        rejection.queryset = offered(RejectionReason.objects.all(), timezone.localdate())


class AskForm(OnceForm):
    """Which contact of an enterprise is written to, and a few words of one's own."""

    contact = forms.ModelChoiceField(label=_("Contact"), queryset=Contact.objects.none())
    words = forms.CharField(
        label=_("A few words of your own"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They stand in the letter."),
    )  # fmt: skip

    def __init__(self, *args: Any, enterprise: Enterprise, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contact = self.fields["contact"]
        assert isinstance(contact, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        people = enterprise.contacts.current(on).exclude(email="")
        contact.queryset = people.order_by("-is_primary", "pk")
        contact.initial = contact.queryset.first()


class PassOnForm(forms.Form):
    """Who else is the right person."""

    name = forms.CharField(label=_("Name of your colleague"), max_length=80)
    email = forms.EmailField(label=_("E-mail address of your colleague"), max_length=254)


class PostingListForm(UploadForm):
    """A list of postings; looked at before it is read."""

    def upload(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        return file
