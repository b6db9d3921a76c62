"""Choosing what one file takes over from another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import OnceForm
from partnerships.choices.enterprises import SuspectState
from partnerships.models.enterprises import Enterprise
from partnerships.selectors.merging import Difference

KEPT, GONE = "kept", "gone"
EMPTY = _("(empty)")


class MergeForm(OnceForm):
    """One choice for each field in which the two files differ; the versions are those that were compared."""

    kept_version = forms.IntegerField(widget=forms.HiddenInput)
    gone_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, kept: Enterprise, gone: Enterprise, differences: list[Difference], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(kept_version=kept.version, gone_version=gone.version)
        self.differences = differences
        for each in differences:
            self.fields[each.name] = forms.ChoiceField(
                label=each.label,
                choices=[(KEPT, each.kept or EMPTY), (GONE, each.gone or EMPTY)],
                initial=GONE if each.takes_gone else KEPT,
                widget=forms.RadioSelect,
            )

    def choices(self) -> list[forms.BoundField]:
        """The fields to choose in, in the order of the file."""
        return [self[each.name] for each in self.differences]

    @property
    def taken(self) -> list[str]:
        """What the kept file takes over."""
        return [each.name for each in self.differences if self.cleaned_data[each.name] == GONE]

    @property
    def versions(self) -> tuple[int, int]:
        return self.cleaned_data["kept_version"], self.cleaned_data["gone_version"]


class DecisionForm(forms.Form):
    """Two enterprises, or to be decided again."""

    state = forms.ChoiceField(
        choices=[(state.value, state.label) for state in (SuspectState.DIFFERENT, SuspectState.OPEN)]
    )
