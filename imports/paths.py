"""The way of an import as its pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from imports.choices import ImportState
from imports.models import ImportRun

STEPS: list[tuple[str | Promise, frozenset[ImportState]]] = [
    (pgettext_lazy("step of an import", "Upload"), frozenset({ImportState.READING})),
    (pgettext_lazy("step of an import", "Columns"), frozenset({ImportState.MAPPING})),
    (pgettext_lazy("step of an import", "Check"), frozenset({ImportState.CHECKING})),
    (pgettext_lazy("step of an import", "Confirm"), frozenset({ImportState.CHECKED})),
    (pgettext_lazy("step of an import", "Written"), frozenset({ImportState.WRITING, ImportState.WRITTEN})),
]


@dataclass(frozen=True)
class Step:
    label: str | Promise
    place: str


def path_of(run: ImportRun | None) -> list[Step]:
    """The steps with the one at hand; an import that was undone has gone the whole way."""
    state = ImportState.READING if run is None else ImportState(run.failed_in or run.state)
    here = next((number for number, (_label, states) in enumerate(STEPS) if state in states), len(STEPS) - 1)
    places = ["done" if number < here else "current" if number == here else "" for number in range(len(STEPS))]
    return [Step(label, place) for (label, _states), place in zip(STEPS, places, strict=True)]
