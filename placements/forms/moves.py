"""One step of a posting or of an application."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import VersionedForm
from placements.choices import ApplicationState, PostingState
from placements.models.applications import Application
from placements.models.postings import Posting


class MoveForm(VersionedForm):
    """One step of a posting or an application; the button that was pressed says where to."""

    to = forms.ChoiceField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Note or reason"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, states: type[PostingState] | type[ApplicationState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.states = states
        self.fields["to"].choices = states.choices  # type: ignore[attr-defined]


def answer_form(application: Application, data: Any = None) -> MoveForm:
    """The form of one step of an application, at the version that the page shows."""
    return MoveForm(data, states=ApplicationState, initial={"version": application.version})


def decision_form(posting: Posting, data: Any = None) -> MoveForm:
    """The form of one step of a posting, at the version that the page shows."""
    return MoveForm(data, states=PostingState, initial={"version": posting.version})
