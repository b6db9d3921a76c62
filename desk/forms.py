"""What enterprises say on the desk, and what staff say when they ask them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import OnceForm, VersionedForm
from core.models import offered
from desk.services.offering import Said
from imports.asking import UploadForm
from partnerships.models.codes import Province
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from placements.fields.postings import PostingFields
from placements.fields.reasons import ReasonField, reasons_offered
from placements.selectors.postings import ANSWERS
from placements.services.posting_rows import PostingRows

# Each group is a legend and its lines; what stands in one line is seen together.
GROUPS = (
    (_("The post"), ("kind headcount", "title title_en", "description", "description_en")),
    (_("Whom you look for"), ("majors", "major_classes", "class_of level", "skills")),
    (_("Where and when"), ("province city mode", "address", "starts_on ends_on days_a_week")),
    (_("Pay"), ("pay_min pay_max", "pay_period pay_months", "pay_negotiable")),
    (_("How students apply"), ("opens_on closes_on answer_by", "documents", "contact_shown")),
)


class _OfferFields(PostingFields):
    """A posting in the words of an enterprise."""

    class Meta(PostingFields.Meta):
        labels = {
            **PostingFields.Meta.labels,
            "kind": _("What do you offer?"),
            "title": _("Name of the post"),
            "title_en": _("Name of the post in English"),
            "description": _("What is to be done, and what you ask for"),
            "headcount": _("How many people?"),
            "majors": _("From which majors?"),
            "class_of": _("Graduating in"),
            "closes_on": _("Until when can students apply?"),
            "answer_by": _("By when do you answer them?"),
            "contact_shown": _("Students see my name and how to reach me"),
        }
        help_texts = {
            **PostingFields.Meta.help_texts,
            "answer_by": _("Students see this promise, and you are reminded of it."),
            "contact_shown": _("Only students who signed in; nobody else."),
        }

    def __init__(self, *args: Any, contact: Contact | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contact = contact
        if contact is None:
            del self.fields["contact_shown"]
        province: Any = self.fields["province"]
        province.queryset = offered(Province.objects.all(), timezone.localdate())

    @property
    def groups(self) -> list[tuple[Any, list[list[forms.BoundField]]]]:
        """Legends with their lines of fields."""
        return [
            (legend, [[self[name] for name in line.split() if name in self.fields] for line in lines])
            for legend, lines in GROUPS
        ]

    def troubles(self, entered: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        yield from super().troubles(entered)
        if entered.get("closes_on") and entered["closes_on"] < timezone.localdate():
            yield "closes_on", _("The last day to apply has passed already.")

    def said(self, rows: PostingRows) -> Said:
        """What the service takes; who is shown to students is whoever writes it."""
        shown = bool(self.cleaned_data.get("contact_shown"))
        fields = {**self.posting_fields, "contact": self.contact, "contact_shown": shown}
        return {"fields": fields, "majors": list(self.cleaned_data["majors"]), "rows": rows}


class OfferForm(OnceForm, _OfferFields):
    """A new posting; the token makes sending it twice harmless."""


class CorrectionForm(VersionedForm, _OfferFields):
    """A posting that the school sent back; the version is compared when it is offered again."""


class AnswerForm(VersionedForm):
    """What an enterprise says to a student; the button that was pressed says where to."""

    to = forms.ChoiceField(choices=[(state, state.label) for state in ANSWERS], widget=forms.HiddenInput)
    rejection = ReasonField()
    reason = forms.CharField(
        label=_("A few words to the student"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rejection"].label = _("Reason, where you decide against it")
        self.fields["rejection"].queryset = reasons_offered()  # type: ignore[attr-defined]


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
