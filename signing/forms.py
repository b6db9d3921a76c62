"""Who is to sign and how; what a signer types; the code that anyone types."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.forms import DateInput, OnceForm
from core.uploads import CheckedFileField
from partnerships.choices.agreements import SignatureWay
from partnerships.choosing import offer_staff
from partnerships.models.agreements import Agreement, AgreementParty
from partnerships.models.contacts import Contact
from signing.models import SigningRequest
from signing.selectors.parties import name_of
from signing.services.requests import Signer

ON_PAPER = (SignatureWay.PAPER, SignatureWay.SEAL)


class SignerForm(OnceForm):
    """A person of one party: somebody on file, or another name and address."""

    contact = forms.ModelChoiceField(label=_("Contact"), queryset=Contact.objects.none(), required=False)
    user = forms.ModelChoiceField(label=_("Colleague"), queryset=User.objects.filter(is_active=True), required=False)
    name = forms.CharField(
        label=_("Name"), max_length=80, required=False, help_text=_("Of somebody who is not in the list above.")
    )
    title = forms.CharField(label=_("Position"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    way = forms.ChoiceField(label=_("How"), choices=SignatureWay.choices, widget=forms.RadioSelect)

    def __init__(
        self, data: Any = None, *, party: AgreementParty, on: date, request: SigningRequest | None = None
    ) -> None:
        super().__init__(data, initial=_as_it_is(request) if request else {"way": SignatureWay.LINK})
        if party.is_school:
            del self.fields["contact"]
            offer_staff(self, "user")
        else:
            del self.fields["user"]
            self._offer_contacts(party, on)
            ways = [choice for choice in SignatureWay.choices if choice[0] != SignatureWay.PORTAL]
            self.fields["way"].choices = ways  # type: ignore[attr-defined]

    def _offer_contacts(self, party: AgreementParty, on: date) -> None:
        if party.enterprise is None:
            del self.fields["contact"]
            return
        field = self.fields["contact"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        field.queryset = party.enterprise.contacts.current(on).order_by("-is_primary", "pk")
        field.label_from_instance = _named  # type: ignore[method-assign,assignment]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not (cleaned.get("contact") or cleaned.get("user") or cleaned.get("name")):
            chosen = next(name for name in ("contact", "user", "name") if name in self.fields)
            self.add_error(chosen, _("Choose somebody, or type a name."))
        return cleaned

    def signer(self) -> Signer:
        """Who a valid form names; what was typed goes before what is on file."""
        said = self.cleaned_data
        contact, user = said.get("contact"), said.get("user")
        known = contact or user
        return Signer(
            way=SignatureWay(said["way"]),
            name=known.name if known else said["name"],
            title=said["title"] or (known.title if known else ""),
            email=said["email"] or (known.email if known else ""),
            contact=contact,
            user=user,
        )


def _named(contact: Contact) -> str:
    return " · ".join(part for part in (contact.name, contact.title, contact.email) if part)


def _as_it_is(request: SigningRequest) -> dict[str, Any]:
    known = request.contact_id or request.user_id
    return {
        "contact": request.contact_id, "user": request.user_id, "name": "" if known else request.name,
        "title": request.title, "email": request.email, "way": request.way,
    }  # fmt: skip


class PaperForm(OnceForm):
    """A signature that the office was given on paper or by electronic seal."""

    party = forms.ModelChoiceField(label=_("Party"), queryset=AgreementParty.objects.none(), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Signed by"), max_length=80)
    title = forms.CharField(label=_("Position"), max_length=120, required=False)
    signed_on = forms.DateField(label=_("Signed on"), widget=DateInput)
    way = forms.ChoiceField(
        label=_("How"), choices=[(way.value, way.label) for way in ON_PAPER], widget=forms.RadioSelect
    )
    by_leadership = forms.BooleanField(label=_("Who signed for the school is of its leadership"), required=False)
    scan = CheckedFileField(label=_("Signed copy"), required=False, help_text=_("PDF, Word, Excel or picture."))

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["party"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        field.queryset = agreement.parties.select_related("enterprise")
        field.empty_label = None
        if not agreement.kind.needs_leadership:
            del self.fields["by_leadership"]

    def clean_way(self) -> SignatureWay:
        return SignatureWay(self.cleaned_data["way"])


class TypedNameForm(forms.Form):
    """The signature itself."""

    typed_name = forms.CharField(label=_("Your name"), max_length=80)
    agrees = forms.BooleanField()

    def __init__(self, data: Any = None, *, party: AgreementParty) -> None:
        super().__init__(data)
        self.fields["typed_name"].widget.attrs["autocomplete"] = "off"
        self.fields["agrees"].label = _("I have read the text and sign for %(party)s.") % {"party": name_of(party)}


class DeclineForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class PassOnForm(forms.Form):
    """Who signs instead."""

    name = forms.CharField(label=_("Name of who signs"), max_length=80)
    email = forms.EmailField(label=_("E-mail address of who signs"), max_length=254)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Verification code"), max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
