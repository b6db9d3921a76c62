"""Who of the enterprise is to be invited."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models.contacts import Contact


class GuestsForm(forms.Form):
    """A tick for each person of the enterprise who takes part and can be written to."""

    contacts = forms.ModelMultipleChoiceField(
        queryset=Contact.objects.none(),
        label=_("Send an invitation by e-mail to"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("They get the appointment, every change of it and word when it is called off."),
    )

    def __init__(self, *args: object, guests: list[Contact], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["contacts"]
        field.queryset = Contact.objects.filter(pk__in=[guest.pk for guest in guests])  # type: ignore[attr-defined]
        field.choices = [(guest.pk, f"{guest.name} · {guest.email}") for guest in guests]  # type: ignore[attr-defined]
