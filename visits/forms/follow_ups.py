"""Forms of follow-ups: noting one, changing it, closing it, opening it again, and finding them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.people import User
from core.filters import Filter, find_field
from core.forms import DateInput, OnceForm, VersionedForm
from partnerships.choosing import offer_staff
from partnerships.selectors.codes import staff_choices
from visits.choices import FollowUpState
from visits.models.results import FollowUp
from visits.selectors.choices import campaign_choices
from visits.selectors.follow_ups import college_choices


class FollowUpForm(forms.Form):
    """What, who and until when; the names of colleagues are offered by a page that needs them."""

    what = forms.CharField(label=_("What is to be done"), max_length=300)
    owner = forms.ModelChoiceField(User.objects.filter(is_active=True), label=_("By whom"))
    due_on = forms.DateField(label=_("Until when"), widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_staff(self, "owner")


class FollowUpNewForm(OnceForm, FollowUpForm):
    field_order = ["what", "owner", "due_on"]


class FollowUpEditForm(VersionedForm, FollowUpForm):
    field_order = ["what", "owner", "due_on", "word"]
    word = forms.CharField(
        label=_("A word on it"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Needed when it goes to somebody else or its day moves; the new owner reads it."),
    )

    def __init__(self, data: Any, *, follow_up: FollowUp) -> None:
        names = ("version", "what", "due_on")
        initial = {name: getattr(follow_up, name) for name in names}
        super().__init__(data, initial={**initial, "owner": follow_up.owner_id})


class FollowUpReopenForm(VersionedForm):
    owner = forms.ModelChoiceField(User.objects.filter(is_active=True), label=_("By whom"))
    due_on = forms.DateField(label=_("Until when"), widget=DateInput)
    word = forms.CharField(label=_("Why is it opened again?"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def __init__(self, data: Any, *, follow_up: FollowUp) -> None:
        super().__init__(data, initial={"version": follow_up.version, "owner": follow_up.owner_id})
        offer_staff(self, "owner")


class FollowUpCloseForm(VersionedForm):
    state = forms.ChoiceField(
        label=_("What became of it"),
        choices=[(state.value, state.label) for state in (FollowUpState.DONE, FollowUpState.DROPPED)],
        widget=forms.RadioSelect,
    )
    result = forms.CharField(
        label=_("Result"), max_length=300, widget=forms.Textarea({"rows": 3}), help_text=_("One or two sentences.")
    )

    def clean_state(self) -> FollowUpState:
        return FollowUpState(self.cleaned_data["state"])


class FollowUpFilter(Filter):
    find = find_field(_("Words, or name of the enterprise"))
    whose = forms.ChoiceField(label=_("Whose"), choices=[("", _("Mine")), ("all", _("Everyone's"))])
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", pgettext_lazy("follow-up", "Open")),
            ("overdue", _("Overdue")),
            ("climbed", _("With the office")),
            ("closed", _("Closed")),
            ("all", _("Any state")),
        ],
    )
    owner = forms.ChoiceField(label=_("Owner"))
    college = forms.ChoiceField(label=_("College"))
    campaign = forms.ChoiceField(label=_("Campaign"))

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.offer("owner", _("Anybody"), staff_choices())
        self.offer("college", _("Any college"), college_choices())
        self.offer("campaign", _("Any campaign"), campaign_choices(user))
