"""Forms of a review: deciding, handing on, sending and taking back, remarks, the order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.forms import OnceForm
from drafting.choices import ReviewerRole
from drafting.models.reviews import ReviewStep
from drafting.models.texts import Revision
from drafting.selectors.order import Planned, possible_reviewers, takers
from partnerships.choices.agreements import AgreementState

REVIEW_MOVES = (AgreementState.IN_REVIEW, AgreementState.DRAFT, AgreementState.ENDED)


class DecideForm(forms.Form):
    """Approve or return; the two are the form's buttons."""

    APPROVE, RETURN = "approve", "return"

    answer = forms.ChoiceField(choices=[(APPROVE, APPROVE), (RETURN, RETURN)], widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Comment"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Needed where you return the draft: what is to be corrected."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("answer") == self.RETURN and not cleaned.get("comment"):
            self.add_error("comment", gettext("Say what is to be corrected."))
        return cleaned


class HandOnForm(forms.Form):
    to = forms.ModelChoiceField(label=_("Colleague"), queryset=User.objects.none())
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, step: ReviewStep, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = takers(step.role, step.agreement, on=timezone.localdate())
        self.fields["to"].queryset = people.exclude(pk=step.reviewer_id or 0)  # type: ignore[attr-defined]


class ReviewMoveForm(forms.Form):
    """Into review, back to draft, or ended for good."""

    to = forms.ChoiceField(
        choices=[(state.value, state.label) for state in REVIEW_MOVES],
        widget=forms.HiddenInput,
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def clean_to(self) -> AgreementState:
        return AgreementState(self.cleaned_data["to"])


class CommentForm(OnceForm):
    clause = forms.TypedChoiceField(label=_("About"), coerce=int, empty_value=None, required=False)
    text = forms.CharField(label=_("Comment"), max_length=2000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, revision: Revision | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clauses = revision.clauses.all() if revision else []
        numbered = [(str(clause.place), f"{clause.place} {clause}") for clause in clauses]
        self.fields["clause"].choices = [("", gettext("The draft as a whole")), *numbered]  # type: ignore[attr-defined]
        if not numbered:
            del self.fields["clause"]


class OrderForm(forms.Form):
    """For each role its place in the order, or none, and whom its step is given to."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, steps: Sequence[Planned], seen: str) -> None:
        super().__init__(data, initial={"seen": seen})
        places = {step.role: (place, step.reviewer) for place, step in enumerate(steps, start=1)}
        numbers = [("", gettext("does not look at it")), *((str(n), str(n)) for n in range(1, len(ReviewerRole) + 1))]
        for role in ReviewerRole:
            place, reviewer = places.get(role, ("", None))
            label = {"role": role.label}
            self.fields[f"{role}_place"] = forms.ChoiceField(
                label=gettext("%(role)s: place in the order") % label, choices=numbers, required=False, initial=place
            )
            self.fields[f"{role}_reviewer"] = forms.ModelChoiceField(
                label=gettext("%(role)s: given to") % label,
                queryset=possible_reviewers(role, on=timezone.localdate()),
                required=False,
                empty_label=gettext("anyone of these"),
                initial=reviewer,
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        taken = [cleaned[f"{role}_place"] for role in ReviewerRole if cleaned.get(f"{role}_place")]
        if len(set(taken)) < len(taken):
            raise forms.ValidationError(gettext("Each place in the order is taken once."))
        return cleaned

    def see_again(self, seen: str) -> None:
        """After a StaleEdit: show what was typed, to be saved over the order as it is now."""
        typed: QueryDict = self.data.copy()  # type: ignore[attr-defined]  # a form that was sent
        typed["seen"] = seen
        self.data = typed

    def planned(self) -> list[Planned]:
        """The order as it was entered."""
        said = self.cleaned_data
        chosen = sorted((said[f"{role}_place"], role) for role in ReviewerRole if said[f"{role}_place"])
        return [Planned(role, said[f"{role}_reviewer"]) for _place, role in chosen]
