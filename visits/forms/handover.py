"""What the office types to hand work over: who takes what, and what stays."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.forms import OnceForm
from visits.selectors.handover import Chosen, Holding, fingerprint

SALT = "visits.handover"
VALID = 24 * 60 * 60  # seconds between looking and doing
Plan = dict[str, Any]


class HandOverForm(forms.Form):
    """One receiver for all, or one for a kind; a row that is not ticked stays."""

    receiver = forms.TypedChoiceField(
        label=_("Who takes over"), required=False, coerce=int, empty_value=None,
        help_text=_("Everything below, unless a kind names somebody else."),
    )  # fmt: skip

    def __init__(self, data: Any, *, holdings: list[Holding], people: list[User]) -> None:
        super().__init__(data)
        self.holdings, self.people = holdings, {person.pk: person for person in people}
        offered = [(person.pk, str(person)) for person in people]
        self.fields["receiver"].choices = [("", "---------"), *offered]  # type: ignore[attr-defined]
        for holding in holdings:
            self.fields[f"to_{holding.duty.code}"] = forms.TypedChoiceField(
                label=_("Who takes these over"),
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", _("As above")), *offered],
            )

    def ticked(self, holding: Holding) -> set[int]:
        """Rows that go; before the form is sent all of them."""
        if not self.is_bound:
            return {row.pk for row in holding.rows}
        sent = self.data.getlist(f"row_{holding.duty.code}")  # type: ignore[attr-defined]
        return {row.pk for row in holding.rows if str(row.pk) in sent}

    def parts(self) -> list[tuple[Holding, forms.BoundField, set[int]]]:
        """Each kind with its field and its ticks, for the page."""
        return [(holding, self[f"to_{holding.duty.code}"], self.ticked(holding)) for holding in self.holdings]

    def clean(self) -> dict[str, Any]:
        """Every kind of which something goes needs somebody who takes it."""
        entered = super().clean() or self.cleaned_data
        going = [holding for holding in self.holdings if self.ticked(holding) or holding.more]
        if not going:
            self.add_error(None, _("Nothing is ticked, so nothing would go."))
        self.receivers = {}
        for holding in going:
            code = holding.duty.code
            to = entered.get(f"to_{code}") or entered.get("receiver")
            if to is None:
                self.add_error(f"to_{code}", _("Choose who takes these over."))
            else:
                self.receivers[code] = self.people[to]
        return entered

    @property
    def left_out(self) -> dict[str, list[int]]:
        """Rows of the kinds that go which are not ticked."""
        return {
            holding.duty.code: sorted({row.pk for row in holding.rows} - self.ticked(holding))
            for holding in self.holdings
            if holding.duty.code in self.receivers
        }


class ConfirmForm(OnceForm):
    """What was looked at, sealed, so that exactly this is done."""

    plan = forms.CharField(widget=forms.HiddenInput)

    def clean_plan(self) -> Plan:
        try:
            plan: Plan = signing.loads(self.cleaned_data["plan"], salt=SALT, max_age=VALID)
        except signing.BadSignature:
            raise forms.ValidationError(gettext("This page was open too long. Look again.")) from None
        return plan


def confirm_form(leaver: User, form: HandOverForm, found: Chosen) -> ConfirmForm:
    """The form that does what was chosen and looked at."""
    plan = {
        "leaver": leaver.pk,
        "to": {code: person.pk for code, person in form.receivers.items()},
        "left": form.left_out,
        "seen": fingerprint(found),
    }
    return ConfirmForm(initial={"plan": signing.dumps(plan, salt=SALT)})
