"""How soon a person wants to hear of what, and where."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from notifications.choices import Channel, Matter, Pace
from notifications.selectors import preferences as selectors

# The inbox gathers by itself: there a matter is shown, or it is not.
OF_THE_INBOX = ((Pace.AT_ONCE.value, _("Show")), (Pace.OFF.value, Pace.OFF.label))


class PreferencesForm(forms.Form):
    """A choice for each matter and channel; the page lays them out as a table."""

    robot = forms.CharField(
        label=_("Address of a chat robot"),
        help_text=_("Of a group robot of WeCom, DingTalk, Feishu or another chat, as the chat shows it."),
        required=False,
        max_length=500,
    )

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        named = selectors.robot(user)
        self.fields["robot"].initial = named.address if named else ""
        for (matter, channel), pace in selectors.chosen(user).items():
            self.fields[f"{matter.value}-{channel.value}"] = forms.ChoiceField(
                label=f"{matter.label}: {channel.label}",
                choices=OF_THE_INBOX if channel == Channel.INBOX else Pace.choices,
                initial=pace,
            )

    def rows(self) -> Iterator[tuple[str, list[tuple[str, forms.BoundField]]]]:
        """Each matter with its choices, by channel."""
        for matter in Matter:
            choices = [(str(channel.label), self[f"{matter.value}-{channel.value}"]) for channel in Channel]
            yield str(matter.label), choices

    def wanted(self) -> dict[tuple[Matter, Channel], Pace]:
        chosen = self.cleaned_data
        return {
            (matter, channel): Pace(chosen[f"{matter.value}-{channel.value}"])
            for matter in Matter
            for channel in Channel
        }
