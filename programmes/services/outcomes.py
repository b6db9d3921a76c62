"""What a programme achieved in a year: people counted, and ratios with what they are of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships.changes import Change, Words
from partnerships.choices.programmes import ProgrammeMeasure
from partnerships.choices.timeline import TimelineKind
from partnerships.models.programmes import Programme, ProgrammeCohort, ProgrammeOutcome
from partnerships.services import timeline
from programmes import rules
from programmes.services.programmes import link_of

M = ProgrammeMeasure
HALF_A_PERCENT = Decimal("0.005")  # what a rate given in whole percent may be off


@dataclass(frozen=True)
class OutcomeLine:
    """One measure of a year: people, or a ratio between 0 and 1 with what it is of, where the source says that."""

    number: Decimal
    is_minimum: bool = False
    source: str = ""
    out_of: int | None = None
    task: str = ""

    @classmethod
    def of(cls, outcome: ProgrammeOutcome) -> OutcomeLine:
        return cls(outcome.number, outcome.is_minimum, outcome.source, outcome.out_of, outcome.task)


Lines = Mapping[ProgrammeMeasure, OutcomeLine]


def _check(lines: Lines) -> None:
    """A part is never larger than its whole, where the whole is known; a ratio is of whole people."""
    pairs = [(M.EMPLOYED, M.TRAINED), (M.HIRED, M.EMPLOYED)]
    if M.EMPLOYED not in lines:
        pairs.append((M.HIRED, M.TRAINED))
    for part, whole in pairs:
        _check_part(lines, part, whole)
    rate = lines.get(M.EMPLOYMENT_RATE)
    if rate is not None:
        _check_rate(rate)


def _check_part(lines: Lines, part: ProgrammeMeasure, whole: ProgrammeMeasure) -> None:
    if part not in lines or whole not in lines or lines[whole].is_minimum:
        return
    many, most = lines[part].number, lines[whole].number
    if many > most:
        words = _("“%(part)s” (%(many)d) cannot be more than “%(whole)s” (%(most)d) of the same year.")
        named = {"part": part.label, "many": many, "whole": whole.label, "most": most}
        raise RuleBroken(words % named, field=f"{part}_number")


def _check_rate(rate: OutcomeLine) -> None:
    field = f"{M.EMPLOYMENT_RATE}_number"
    if not 0 <= rate.number <= 1:
        raise RuleBroken(_("A rate lies between nothing and the whole."), field=field)
    if rate.out_of == 0:
        raise RuleBroken(_("A rate of nobody says nothing: leave it empty."), field=field)
    if rate.out_of and abs(round(rate.number * rate.out_of) / Decimal(rate.out_of) - rate.number) >= HALF_A_PERCENT:
        words = _("This rate of %(count)s people is no whole number of people.")
        raise RuleBroken(words % {"count": rate.out_of}, field=field)


@transaction.atomic
def record_outcomes(
    programme: Programme,
    lines: Lines,
    *,
    year: int | None = None,
    cohort: ProgrammeCohort | None = None,
    version: int | None = None,
    by: User,
    at: datetime,
) -> None:
    """Make the outcomes of a year (or of a class in it) these; a measure that is not named goes.

    Raises StaleEdit where the programme was saved since, and RuleBroken for numbers that cannot be.
    """
    programme = lock(programme, version=version)
    rules.can_change_programme(by, programme).or_raise()
    if cohort is not None and cohort.programme_id != programme.pk:
        raise RuleBroken(_("This class is of another programme."))
    _check(lines)
    rows = programme.outcomes.filter(year=year, cohort=cohort).order_by("pk")
    known = {M(row.measure): row for row in rows}
    changes = _changes({measure: OutcomeLine.of(row) for measure, row in known.items()}, lines)
    if not changes:
        return
    _write(programme, known, lines, year=year, cohort=cohort)
    save(programme)
    text = " · ".join(str(part) for part in (programme.name, cohort, year) if part)
    kind, link = TimelineKind.OUTCOME_RECORDED, link_of(programme)
    timeline.record(programme.enterprise, kind, by=by, at=at, text=text, link=link, changes=changes)


def _write(
    programme: Programme,
    known: dict[ProgrammeMeasure, ProgrammeOutcome],
    lines: Lines,
    *,
    year: int | None,
    cohort: ProgrammeCohort | None,
) -> None:
    for measure in known.keys() - lines.keys():
        known[measure].delete()
    for measure, line in lines.items():
        row = known.get(measure) or ProgrammeOutcome(programme=programme, measure=measure, year=year, cohort=cohort)
        row.number, row.is_minimum, row.source = line.number, line.is_minimum, line.source
        row.out_of, row.task = line.out_of, line.task
        row.save()


def _changes(before: Lines, after: Lines) -> list[Change]:
    label = ProgrammeOutcome._meta.label
    sides = [(measure, _words(measure, before), _words(measure, after)) for measure in M]
    return [
        Change(model=label, field=measure.value, before=was, after=now) for measure, was, now in sides if was != now
    ]


def _words(measure: ProgrammeMeasure, lines: Lines) -> Words | None:
    """A line as both languages read it: "> 150 · annual report"."""
    line = lines.get(measure)
    if line is None:
        return None
    people = f"{line.number.normalize():f}"
    number = f"{(line.number * 100).normalize():f} %" if measure == M.EMPLOYMENT_RATE else people
    if line.out_of:
        number = f"{number} ({round(line.number * line.out_of)}/{line.out_of})"
    shown = ProgrammeOutcome(measure=measure, task=line.task)
    words = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            parts = (f"> {number}" if line.is_minimum else number, line.source, shown.get_task_display())
            words[language] = " · ".join(str(part) for part in parts if part)
    return words
