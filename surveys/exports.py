"""Surveys, who was asked, and the answers as files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.templatetags.portal import listed
from exporting.tables import Column, Group, Kind, Table, plain_table
from surveys.choices import DOES_NOT_APPLY, FEWEST, NOT_APPLICABLE, OPTIONS
from surveys.models.answers import Answer, AnswerQuerySet
from surveys.models.surveys import Survey, SurveyItem
from surveys.selectors import surveys as selectors
from surveys.selectors.results import groups


def surveys(*, on: date) -> Table:
    return plain_table(
        "surveys:survey_list",
        _("Surveys"),
        "surveys",
        Column("survey", _("Survey"), str),
        Column("kind", _("Kind"), "get_kind_display"),
        Column("class_of", _("Graduating class"), kind=Kind.WHOLE),
        Column("from", _("From"), "opens_on", Kind.DAY),
        Column("to", _("To"), "closes_on", Kind.DAY),
        Column("asked", _("Asked"), kind=Kind.WHOLE),
        Column("answered", _("Answered"), kind=Kind.WHOLE),
        Column("state", pgettext_lazy("of a survey", "State"), lambda row: row.state_on(on).label),
    )


def asked(*, now: datetime) -> Table:
    return plain_table(
        "surveys:asked",
        _("Who was asked"),
        "asked",
        Column("name", _("Name"), is_personal=True),
        Column("email", _("E-mail"), is_personal=True),
        Column("enterprise", _("Enterprise")),
        Column("sent", pgettext_lazy("on a day", "Sent"), "invited_at", Kind.DAY),
        Column("reminded", pgettext_lazy("on a day", "Reminded"), "reminded_at", Kind.DAY),
        Column(
            "state", pgettext_lazy("of an invitation", "State"), lambda row: selectors.asked_state(row, now=now).label
        ),
    )


def answers(survey: Survey, *, hidden: set[int]) -> Table:
    """One row for each answer, a column for each question; of graduates neither a name nor a day."""
    questions = tuple(_question(item) for item in survey.items.all())
    rest: tuple[Column, ...] = (Column("comment", _("Comment")),)
    if not survey.is_of_graduates:
        rest = (Column("looked_for", _("Looked for"), _looked_for), *rest)
    majors = Column("majors", _("Majors"), lambda row: _majors(row, hidden))
    who = (majors,) if survey.is_of_graduates else (*FROM_ENTERPRISE, majors)
    return Table(
        "surveys:export",
        _("Answers of a survey"),
        f"survey-{survey.pk}",
        (Group(_("Who"), who), Group(_("Questions"), questions), Group(_("In their own words"), rest)),
    )


FROM_ENTERPRISE = (
    Column("enterprise", _("Enterprise")),
    Column("by", _("Answered by"), "invitation.name", is_personal=True),
    Column("received", _("Received"), "received_on", Kind.DAY),
)


def answer_rows(survey: Survey, answers: AnswerQuerySet, *, user: User) -> tuple[Any, set[int]]:
    """The answers with what a row says, and the majors that it withholds. Raises RuleBroken for too few graduates."""
    hidden = set()
    if survey.is_of_graduates:
        if answers.count() < FEWEST:
            raise RuleBroken(gettext("Fewer than 5 graduates have answered; what they said is not shown yet."))
        hidden = {group.key for group in groups(survey, answers, "major", user=user) if group.is_withheld}
    found = answers.select_related("enterprise", "invitation").prefetch_related("majors", "ratings", "lines__major")
    return found, hidden


def _question(item: SurveyItem) -> Column:
    words = {**dict(OPTIONS[item.answer]), NOT_APPLICABLE: DOES_NOT_APPLY}

    def said(row: Answer) -> str:
        rating = next((each for each in row.ratings.all() if each.item_id == item.pk), None)
        return "" if rating is None else rating.text or str(words.get(rating.value, rating.value))

    return Column(f"question_{item.pk}", str(item), said)


def _majors(row: Answer, hidden: set[int]) -> str:
    majors = listed(major for major in row.majors.all() if major.pk not in hidden)
    return majors if majors or row.enterprise_id else gettext("withheld")


def _looked_for(row: Answer) -> str:
    return listed(f"{line} × {line.number}" if line.number else str(line) for line in row.lines.all())
