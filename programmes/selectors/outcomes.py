"""The outcomes of a programme by year and class, and its ratios with their fractions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from partnerships.choices.programmes import CollegeTask, ProgrammeFeatureKind, ProgrammeMeasure
from partnerships.models.programmes import Programme, ProgrammeCohort, ProgrammeOutcome

M = ProgrammeMeasure
COUNTS = (M.ENROLLED, M.TRAINED, M.EMPLOYED, M.HIRED)
FEATURES_OF = {
    CollegeTask.TRAINING_MODEL: (ProgrammeFeatureKind.MODE, ProgrammeFeatureKind.TERM),
    CollegeTask.MAJORS: (ProgrammeFeatureKind.NEW_MAJOR,),
    CollegeTask.COURSES: (ProgrammeFeatureKind.MODULE, ProgrammeFeatureKind.SKILL),
}


@dataclass(frozen=True)
class Count:
    """So many people, or more than so many."""

    number: int
    is_minimum: bool = False

    def __str__(self) -> str:
        shown = formats.number_format(self.number, 0, force_grouping=True)
        return _("more than %(number)s") % {"number": shown} if self.is_minimum else shown


def _percent(ratio: Decimal) -> str:
    """At most one decimal: 85, or 92.9."""
    percent = round(ratio * 100, 1)
    return formats.number_format(percent, 0 if percent == percent.to_integral_value() else 1)


def fraction_words(part: Count | None, whole: Count | None) -> str:
    """A ratio computed from two counts, always with both of them; nothing where one is not known."""
    if part is None or whole is None:
        return ""
    both = {"part": part, "whole": whole}
    if whole.number == 0:
        return _("%(part)s of %(whole)s: nothing to divide by") % both
    if part.is_minimum or whole.is_minimum:
        return _("%(part)s of %(whole)s: no exact ratio") % both
    return _("%(percent)s %% (%(part)s of %(whole)s)") % {
        **both,
        "percent": _percent(Decimal(part.number) / whole.number),
    }


@dataclass
class YearOutcomes:
    """What is on file of one year, of the whole programme or of one class."""

    year: int | None
    cohort: ProgrammeCohort | None
    by_measure: dict[str, ProgrammeOutcome] = field(default_factory=dict)

    def count(self, measure: ProgrammeMeasure) -> Count | None:
        outcome = self.by_measure.get(measure)
        return None if outcome is None else Count(int(outcome.number), outcome.is_minimum)

    @property
    def enrolled(self) -> Count | None:
        return self.count(M.ENROLLED)

    @property
    def trained(self) -> Count | None:
        return self.count(M.TRAINED)

    @property
    def employed(self) -> Count | None:
        return self.count(M.EMPLOYED)

    @property
    def hired(self) -> Count | None:
        return self.count(M.HIRED)

    @property
    def employed_words(self) -> str:
        """Of those trained, how many found work."""
        return fraction_words(self.employed, self.trained)

    @property
    def hired_words(self) -> str:
        """Of those who found work, how many at the partner."""
        return fraction_words(self.hired, self.employed)

    @property
    def rate_words(self) -> str:
        """The rate as its source gives it, with what it is of; where the source keeps that to itself, this says so."""
        outcome = self.by_measure.get(M.EMPLOYMENT_RATE)
        if outcome is None:
            return ""
        percent, trained = _percent(outcome.number), self.trained
        if outcome.out_of:
            part = Count(round(outcome.number * outcome.out_of))
            return _("%(percent)s %% (%(part)s of %(whole)s)") % {
                "percent": percent, "part": part, "whole": Count(outcome.out_of)
            }  # fmt: skip
        if trained is not None:
            words = _("%(percent)s %% (of %(trained)s trained; the source gives no number)")
            return words % {"percent": percent, "trained": trained}
        return _("%(percent)s %% (the source gives no numbers)") % {"percent": percent}

    @property
    def sources(self) -> list[str]:
        """Where the numbers come from, each source once."""
        return list(dict.fromkeys(row.source for row in self.by_measure.values() if row.source))


def years_of(outcomes: Iterable[ProgrammeOutcome]) -> list[YearOutcomes]:
    """The outcomes by year, newest first, the whole programme before its classes; those of no year last."""
    found: dict[tuple[int, str, int], YearOutcomes] = {}
    for outcome in outcomes:
        cohort = outcome.cohort
        key = (-(outcome.year or 0), str(cohort or ""), outcome.cohort_id or 0)
        row = found.setdefault(key, YearOutcomes(outcome.year, cohort))
        row.by_measure.setdefault(outcome.measure, outcome)
    return [found[key] for key in sorted(found)]


def total_of(outcomes: Iterable[ProgrammeOutcome], year: int | None) -> YearOutcomes | None:
    """One year of a programme; where only its classes are counted, their counts together. Newest year for None."""
    rows = years_of(outcomes)
    if not rows:
        return None
    wanted = [row for row in rows if row.year == (year or rows[0].year)]
    if not wanted:
        return None
    total = YearOutcomes(wanted[0].year, None)
    for measure in M:
        if outcome := _together(wanted, measure):
            total.by_measure[measure] = outcome
    return total


def _together(rows: list[YearOutcomes], measure: ProgrammeMeasure) -> ProgrammeOutcome | None:
    whole = [row.by_measure[measure] for row in rows if row.cohort is None and measure in row.by_measure]
    parts = [row.by_measure[measure] for row in rows if measure in row.by_measure]
    if whole or len(parts) == 1:
        return (whole or parts)[0]
    if not parts or measure == M.EMPLOYMENT_RATE:  # rates of classes are no sum
        return None
    number = sum((part.number for part in parts), Decimal(0))
    return ProgrammeOutcome(measure=measure, number=number, is_minimum=any(part.is_minimum for part in parts))


@dataclass(frozen=True)
class TaskGroup:
    """One of the seven tasks of an industry college, and what is on file for it."""

    label: str
    facts: list[str]


def seven_tasks(programme: Programme) -> list[TaskGroup]:
    """The tasks in their official order; reads what hangs on the programme."""
    return [TaskGroup(str(task.label), _facts(programme, task)) for task in CollegeTask]


def _facts(programme: Programme, task: CollegeTask) -> list[str]:
    facts = [
        f"{outcome.get_measure_display()}: {_shown(outcome)}"
        for outcome in programme.outcomes.all()
        if outcome.task == task
    ]
    kinds = FEATURES_OF.get(task, ())
    facts += [feature.name for feature in programme.features.all() if feature.kind in kinds]
    if task == CollegeTask.COURSES:
        facts += [course.name for course in programme.courses.all()]
        facts += [f"《{book.title}》" for book in programme.textbooks.all()]
    if task == CollegeTask.BASES:
        if programme.workstations:
            facts.append(_("%(count)s workstations") % {"count": programme.workstations})
        if programme.area:
            facts.append(_("%(area)s m²") % {"area": programme.area})
    return facts


def _shown(outcome: ProgrammeOutcome) -> str:
    year = f" ({outcome.year})" if outcome.year else ""
    if outcome.measure == M.EMPLOYMENT_RATE:
        row = YearOutcomes(outcome.year, outcome.cohort, {outcome.measure: outcome})
        return f"{row.rate_words}{year}"
    return f"{Count(int(outcome.number), outcome.is_minimum)}{year}"
