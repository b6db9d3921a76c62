"""Which messages a person wants by which channel."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from notifications import selectors
from notifications.choices import Channel, Matter


class PreferencesForm(forms.Form):
    """A checkbox for each matter and channel; the page lays them out as a table."""

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        wanted = selectors.wanted(user)
        for matter in Matter:
            for channel in Channel:
                self.fields[f"{matter.value}-{channel.value}"] = forms.BooleanField(
                    label=f"{matter.label}: {channel.label}",
                    required=False,
                    initial=(matter.value, channel.value) in wanted,
                )

    def rows(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Each matter with its checkboxes, in the order of the channels."""
        for matter in Matter:
            yield str(matter.label), [self[f"{matter.value}-{channel.value}"] for channel in Channel]

    def wanted(self) -> list[tuple[Matter, Channel]]:
        """The pairs that are ticked."""
        return [
            (matter, channel)
            for matter in Matter
            for channel in Channel
            if self.cleaned_data[f"{matter.value}-{channel.value}"]
        ]


class MendForm(forms.Form):
    """Where a letter should have gone."""

    address = forms.EmailField(label=_("E-mail address"), max_length=254)
