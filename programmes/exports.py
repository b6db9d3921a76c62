"""Programmes, mentors, plaques and investments as files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.templatetags.portal import listed
from exporting.tables import Column, Group, Kind, Table, plain_table
from partnerships.choices.programmes import InvestmentState, ProgrammeMeasure
from partnerships.models.mentors import Mentor
from programmes.selectors.outcomes import COUNTS, total_of


def programmes(year: int | None) -> Table:
    """With the outcomes of a year, of the newest one of each programme without it."""

    def of_year(value: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def found(row: Any) -> Any:
            total = total_of(row.outcomes.all(), year)
            return value(total) if total else None

        return found

    def counted(measure: ProgrammeMeasure) -> Column:
        return Column(measure.value, measure.label, of_year(lambda total: _count(total, measure)), Kind.ANY)

    outcomes = (
        Column("year", _("Outcomes of the year"), of_year(lambda total: total.year), Kind.WHOLE),
        *(counted(measure) for measure in COUNTS),
        Column("employed_share", _("Employed, of those trained"), of_year(lambda total: total.employed_words)),
        Column("hired_share", _("At the partner, of those employed"), of_year(lambda total: total.hired_words)),
        Column("rate", ProgrammeMeasure.EMPLOYMENT_RATE.label, of_year(lambda total: total.rate_words)),
    )
    groups = (Group(_("Programme"), PROGRAMME), Group(_("Outcomes"), outcomes), Group(_("Money"), (PROMISED,)))
    return Table("programmes:programme_list", _("Programmes"), "programmes", groups)


def _count(total: Any, measure: ProgrammeMeasure) -> Any:
    """A number, or `more than 30` where that is all that is known."""
    count = total.count(measure)
    return None if count is None else str(count) if count.is_minimum else count.number


PROGRAMME = (
    Column("programme", _("Programme"), "name"),
    Column("kind", _("Kind"), "get_kind_display"),
    Column("level", _("Level"), "get_level_display"),
    Column("number", _("Project number")),
    Column("enterprise", _("Enterprise")),
    Column("majors", _("Majors"), lambda row: listed(row.majors.all())),
    Column("since", _("Since"), kind=Kind.WHOLE),
    Column("until", _("Until"), kind=Kind.WHOLE),
    Column("place", _("Place")),
    Column("owner", _("Owner")),
)
PROMISED = Column("promised", _("Promised, yuan"), kind=Kind.DECIMAL)


def mentors(year: int) -> Table:
    in_year = (
        Column("appeared", _in_year(_("Appearances in %(year)s"), year), kind=Kind.WHOLE),
        Column("hours", _in_year(_("Hours in %(year)s"), year), kind=Kind.DECIMAL),
    )
    groups = (Group(_("Mentor"), MENTOR), Group(_("Last term"), TERM), Group(_("Appearances"), in_year))
    return Table("programmes:mentor_list", _("Mentors"), "mentors", groups)


def _in_year(words: Any, year: int) -> Any:
    return lazy(lambda: str(words) % {"year": year}, str)()


def _term(name: str) -> Callable[[Mentor], Any]:
    """A field of the last appointment."""

    def value(row: Mentor) -> Any:
        term = next(iter(row.appointments.all()), None)
        found = getattr(term, name, None)
        return found() if callable(found) else found

    return value


MENTOR = (
    Column("name", _("Name"), is_personal=True),
    Column("title", _("Position")),
    Column("enterprise", _("Enterprise")),
    Column("expertise", _("Expertise")),
)
TERM = (
    Column("kind", _("Kind"), _term("get_kind_display")),
    Column("college", _("College"), _term("college")),
    Column("from", _("From"), _term("from_on"), Kind.DAY),
    Column("to", _("To"), _term("to_on"), Kind.DAY),
    Column("letter", _("Number of the letter"), _term("number")),
)


def _hangs(row: Any) -> str:
    return gettext("Taken down") if row.taken_down_on else gettext("Hangs")


PLAQUES = plain_table(
    "programmes:plaque_list",
    _("Plaques"),
    "plaques",
    Column("plaque", _("Plaque"), str),
    Column("awarded_to", _("Awarded to"), lambda row: row.enterprise or row.awarded_to),
    Column("kind", _("Kind"), "get_kind_display"),
    Column("programme", _("Programme")),
    Column("meeting", _("Meeting")),
    Column("awarded_on", _("Awarded on"), kind=Kind.DAY),
    Column("place", _("Where it hangs")),
    Column("state", pgettext_lazy("of a plaque", "State"), _hangs),
    Column("taken_down_on", _("Taken down on"), kind=Kind.DAY),
    Column("taken_down_why", _("Why it was taken down")),
)
INVESTMENTS = plain_table(
    "programmes:investment_list",
    _("Investments"),
    "investments",
    Column("enterprise", _("Enterprise")),
    Column("kind", _("Kind"), "get_kind_display"),
    Column("what", _("What"), "description"),
    Column("programme", _("Programme")),
    Column("agreement", _("Agreement")),
    Column("promised", _("Promised, yuan"), kind=Kind.DECIMAL),
    Column("received", _("Received, yuan"), kind=Kind.DECIMAL),
    Column("open", _("Still open, yuan"), "still_open", Kind.DECIMAL),
    Column("promised_on", _("Promised on"), kind=Kind.DAY),
    Column("due_on", _("Due on"), kind=Kind.DAY),
    Column("state", _("State"), lambda row: InvestmentState(row.state).label),
)
