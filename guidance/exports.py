"""Guidance in numbers as a file; nobody is named."""

from __future__ import annotations

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from exporting.tables import Column, Kind, plain_table

NUMBERS = plain_table(
    "guidance:numbers",
    _("Guidance in numbers"),
    "guidance-numbers",
    Column("topic", pgettext_lazy("of guidance", "Topic"), lambda line: line.topic or gettext("All topics")),
    Column("booked", _("Booked"), kind=Kind.WHOLE),
    Column("held", pgettext_lazy("of an appointment", "Held"), kind=Kind.WHOLE),
    Column("missed", _("Missed"), kind=Kind.WHOLE),
    Column("cancelled", pgettext_lazy("of an appointment", "Cancelled"), kind=Kind.WHOLE),
    Column("students", _("Students who came"), kind=Kind.WHOLE),
)
