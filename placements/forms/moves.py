"""One step of a posting or of an application."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import VersionedForm
from placements.choices import ApplicationState, PostingState
from placements.fields.reasons import ReasonField, reasons_offered
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


class StaffMoveForm(MoveForm):
    """One step of an application by staff; a rejection takes its reason from the list."""

    rejection = ReasonField()

    field_order = ("version", "to", "rejection", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rejection"].queryset = reasons_offered()  # type: ignore[attr-defined]
        self.fields["reason"].label = _("Note to the student")

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or self.cleaned_data
        if entered.get("to") == ApplicationState.REJECTED and not entered.get("rejection"):
            self.add_error("rejection", _("Choose a reason of the list."))
        return entered


def answer_form(application: Application, data: Any = None, *, by_staff: bool) -> MoveForm:
    """The form of one step of an application, at the version that the page shows."""
    kind = StaffMoveForm if by_staff else MoveForm
    return kind(data, states=ApplicationState, initial={"version": application.version})


def decision_form(posting: Posting, data: Any = None) -> MoveForm:
    """The form of one step of a posting, at the version that the page shows."""
    return MoveForm(data, states=PostingState, initial={"version": posting.version})
