"""What staff type about the applicants of a posting: filters, moves of many, notes, reasons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.filters import Choices, Filter, find_field
from core.forms import Choice, OnceForm
from placements.choices import ApplicationState
from placements.fields.reasons import ReasonField, reasons_offered
from placements.models.applications import RejectionReason
from placements.selectors.board import BY_STAFF

MOST_PICKED = 300


class BoardFilter(Filter):
    """What the applicants of a posting are narrowed to; it stays in the address."""

    find = find_field(gettext_lazy("name or student number"))
    state = forms.ChoiceField(
        label=gettext_lazy("State"), choices=[("", gettext_lazy("All states")), *ApplicationState.choices]
    )
    major = Choice(label=gettext_lazy("Major"))
    class_of = Choice(label=gettext_lazy("Graduating class"))
    without_hour = forms.BooleanField(label=gettext_lazy("Invited, no hour booked"))

    def __init__(self, data: Any, *, majors: Choices, classes: Choices) -> None:
        super().__init__(data)
        self.offer("major", _("All majors"), majors)
        self.offer("class_of", _("All classes"), classes)


class BulkMoveForm(forms.Form):
    """Where those that were ticked go; each tick holds the application and the version that the page showed."""

    to = forms.ChoiceField(label=gettext_lazy("Move to"))
    rejection = ReasonField()
    reason = forms.CharField(
        label=gettext_lazy("Note to the students"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="bulk_%s")
        self.fields["to"].choices = [("", _("Choose…")), *((state.value, state.label) for state in BY_STAFF)]  # type: ignore[attr-defined]
        self.fields["rejection"].queryset = reasons_offered()  # type: ignore[attr-defined]
        self.ticked: set[str] = set(data.getlist("pick")) if data is not None else set()

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or self.cleaned_data
        entered["pick"] = self._picked()
        if entered.get("to") == ApplicationState.REJECTED and not entered.get("rejection"):
            self.add_error("rejection", _("Choose a reason of the list."))
        return entered

    def _picked(self) -> list[tuple[int, int]]:
        pairs = []
        for tick in sorted(self.ticked):
            key, _sign, version = tick.partition(":")
            if key.isascii() and key.isdecimal() and version.isascii() and version.isdecimal() and len(tick) < 20:
                pairs.append((int(key), int(version)))
        if not pairs:
            raise forms.ValidationError(_("Tick the applications that are to be moved."))
        if len(pairs) > MOST_PICKED:
            raise forms.ValidationError(_("At most %(most)s applications at once.") % {"most": MOST_PICKED})
        return pairs


class NoteForm(OnceForm):
    """A note among staff."""

    text = forms.CharField(
        label=gettext_lazy("New note"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Staff read it; the student and the enterprise never do."),
    )  # fmt: skip


class ReasonForm(forms.ModelForm):  # type: ignore[type-arg]
    """One reason of the list."""

    class Meta:
        model = RejectionReason
        fields = ["code", "name_zh", "name_en", "text_zh", "text_en", "is_active"]
        widgets = {"text_zh": forms.Textarea(attrs={"rows": 4}), "text_en": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"code": gettext_lazy("A short word in Latin letters; reports name the reason by it.")}


class NewReasonForm(OnceForm, ReasonForm):
    """A new reason; the token makes sending it twice harmless."""
