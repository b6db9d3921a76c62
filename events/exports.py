"""Events, and who came to one, as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.templatetags.portal import listed
from events.models import Event
from events.selectors.attendance import Line, lines
from exporting.reading import portions
from exporting.tables import Column, Kind, Table, plain_table

EVENTS = plain_table(
    "events:event_list",
    _("Events"),
    "events",
    Column("event", _("Event"), str),
    Column("kind", _("Kind"), "get_kind_display"),
    Column("held_on", _("Day"), kind=Kind.DAY),
    Column("starts", pgettext_lazy("clock", "From"), lambda row: _clock(row.starts_at_time)),
    Column("place", _("Place"), lambda row: row.room or row.place),
    Column("enterprises", _("Enterprises"), lambda row: listed(row.enterprises.all())),
    Column("state", _("State"), "get_state_display"),
)


def _clock(time: Any) -> str:
    return f"{time:%H:%M}" if time else ""


def attendance(event: Event) -> Table:
    def read(rows: Any, columns: Sequence[Column]) -> Iterator[Line]:
        for portion in portions(rows):
            yield from lines(event, portion)

    return plain_table("events:attendance", _("Attendance"), "attendance", *ATTENDANCE, read=read)


ATTENDANCE = (
    Column("number", _("Student number"), "registration.student.number", is_personal=True),
    Column("name", _("Name"), "registration.student", is_personal=True),
    Column("major", _("Major"), lambda line: _profile(line, "major")),
    Column("class", _("Class"), lambda line: _profile(line, "class_name")),
    Column("attendance", pgettext_lazy("attendance", "Attendance"), "words"),
    Column("signed_up", _("Signed up on"), "registration.at", Kind.DAY),
    Column("came", pgettext_lazy("attendance", "Came at"), "registration.checked_in_at", Kind.MOMENT),
)


def _profile(line: Line, name: str) -> Any:
    return getattr(getattr(line.registration.student, "student_profile", None), name, None)
