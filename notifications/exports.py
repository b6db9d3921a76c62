"""The log of messages as a file; what a message says stays on its page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exporting.tables import Column, Group, Kind, Table
from notifications.describing import why_words

MESSAGES = Table(
    "notifications:log",
    _("All messages"),
    "messages",
    (
        Group(
            _("Message"),
            (
                Column("matter", _("Matter"), "get_matter_display"),
                Column("why", pgettext_lazy("message", "Why"), why_words),
                Column("channel", _("Channel"), "get_channel_display"),
                Column("state", _("State"), "get_state_display"),
                Column("queued", _("Written"), "queued_at", Kind.MOMENT),
                Column("sent", pgettext_lazy("on a day", "Sent"), "sent_at", Kind.MOMENT),
                Column("attempts", _("Attempts"), kind=Kind.WHOLE),
            ),
        ),
        Group(
            _("Recipient"),
            (
                Column("recipient", _("Recipient"), "to_name", is_personal=True),
                Column("address", _("Address"), "to", is_personal=True),
                Column("subject", pgettext_lazy("of a message", "Subject"), is_personal=True),
                Column("error", _("Error"), is_personal=True),
            ),
        ),
    ),
)
