"""Postings, applications, students who fit and numbers as files."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from core.templatetags.portal import listed
from exporting.tables import Column, Group, Kind, Table, plain_table
from placements.models.postings import Posting
from placements.selectors import fitting_students as students
from placements.selectors.medians import in_days
from placements.selectors.number_rows import RowSet

_ = gettext_lazy


def _majors(row: Posting) -> str:
    return listed(row.majors.all()) or gettext("All majors")


POSTINGS = Table(
    "placements:posting_list",
    _("Postings"),
    "postings",
    (
        Group(
            _("Posting"),
            (
                Column("posting", _("Posting"), str, width=34),
                Column("enterprise", _("Enterprise"), width=36),
                Column("kind", _("Kind"), "get_kind_display"),
                Column("state", _("State"), "get_state_display"),
                Column("majors", _("Majors"), _majors, width=34),
                Column("province", _("Province")),
                Column("city", _("City")),
                Column("places", _("Places"), "headcount", Kind.WHOLE),
                Column("class_of", _("Graduating class"), kind=Kind.WHOLE),
                Column("pay_min", _("Pay from"), kind=Kind.WHOLE),
                Column("pay_max", _("Pay to"), kind=Kind.WHOLE),
            ),
        ),
        Group(
            _("Days"),
            (
                Column("opens_on", _("Opens on"), kind=Kind.DAY),
                Column("closes_on", _("Closes on"), kind=Kind.DAY),
                Column("answer_by", _("Answer promised by"), kind=Kind.DAY),
            ),
        ),
        Group(_("Applications"), (Column("applications", _("Applications"), "application_count", Kind.WHOLE),)),
    ),
)
STUDENT = (
    Column("number", _("Student number"), "student.number", is_personal=True),
    Column("student", _("Student"), is_personal=True),
    Column("major", _("Major"), "student.student_profile.major"),
    Column("class_of", _("Graduating class"), "student.student_profile.class_of", Kind.WHOLE),
)
APPLICATION = (
    Column("posting", _("Posting"), "posting"),
    Column("enterprise", _("Enterprise"), "posting.enterprise"),
    Column("sent", _("Sent on"), "submitted_at", Kind.DAY),
    Column("answer_by", _("Answer promised by"), "posting.answer_by", Kind.DAY),
    Column("state", pgettext_lazy("of an application", "State"), "get_state_display"),
)
APPLICATIONS = Table(
    "placements:application_list",
    _("Applications"),
    "applications",
    (Group(_("Student"), STUDENT), Group(_("Application"), APPLICATION)),
)
OWN_APPLICATIONS = plain_table("placements:application_list", _("My applications"), "my-applications", *APPLICATION)


def _passed(row: students.Fitting) -> str:
    return listed(students.in_words(row.reasons, passed=True))


def _failed(row: students.Fitting) -> str:
    return listed(students.in_words(row.reasons, passed=False))


FITTING = Table(
    "placements:fitting_students",
    _("Students who fit"),
    "students-who-fit",
    (
        Group(
            _("Student"),
            (
                Column("number", _("Student number"), "profile.user.number", is_personal=True),
                Column("name", _("Name"), "profile.user", is_personal=True),
                Column("college", _("College"), "profile.major.college"),
                Column("major", _("Major"), "profile.major"),
                Column("class_of", _("Graduating class"), "profile.class_of", Kind.WHOLE),
                Column("level", pgettext_lazy("of study", "Level"), "profile.get_level_display"),
            ),
        ),
        Group(
            _("Fit"),
            (
                Column("points", _("Points"), kind=Kind.WHOLE),
                Column("fits", _("What fits"), _passed),
                Column("differs", _("What does not fit or is not known"), _failed),
                Column("invited_on", _("Invited on"), "invited_at", Kind.DAY),
            ),
        ),
    ),
)
ENTERPRISES = plain_table(
    "placements:numbers",
    _("Numbers of enterprises"),
    "numbers-of-enterprises",
    Column("enterprise", _("Enterprise")),
    Column("postings", _("Postings"), kind=Kind.WHOLE),
    Column("applications", _("Applications"), kind=Kind.WHOLE),
    Column("answered", _("Answered"), "rate.answered", Kind.WHOLE),
    Column("owed", _("Answers owed"), "rate.due", Kind.WHOLE),
    Column("days", _("Days to the first answer (median)"), "to_first_answer.days", Kind.DECIMAL),
    Column("accepted", _("Offers accepted"), kind=Kind.WHOLE),
)


def behind_a_number(found: RowSet) -> Table:
    """The postings or applications that a number counts, with the days that it is about."""
    columns = COUNTED_POSTING if found.of == "postings" else COUNTED_APPLICATION
    if found.wait:
        columns = (*columns, Column("days", found.wait, _days, Kind.DECIMAL))
    return plain_table("placements:numbers_rows", _("Rows behind a number"), "rows-behind-a-number", *columns)


def _days(row: Any) -> Any:
    return in_days(row.waited)


COUNTED_POSTING = (
    Column("posting", _("Posting"), str),
    Column("enterprise", _("Enterprise")),
    Column("state", _("State"), "get_state_display"),
    Column("published", _("Published"), "published_at", Kind.DAY),
    Column("closes_on", _("Closes on"), kind=Kind.DAY),
)
COUNTED_APPLICATION = (*STUDENT[:3], *APPLICATION[:3], APPLICATION[4])


TRUSTED = plain_table(
    "placements:trusted_list",
    _("Trusted enterprises"),
    "trusted-enterprises",
    Column("enterprise", _("Enterprise")),
    Column("from", pgettext_lazy("a day", "From"), "since", Kind.DAY),
    Column("until", pgettext_lazy("a day", "Until"), kind=Kind.DAY),
    Column("reason", _("Why")),
    Column("by", _("Trusted by")),
)
