"""Forms of shared resources, wishes and personal links."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from communities.choices import NEXT_REQUEST, RequestState
from communities.forms.terms import TermForm
from communities.models.members import Representative
from communities.models.sharing import ResourceRequest
from communities.selectors.member_links import may_be_written_to
from core.filters import Choices, Filter, find_field
from core.forms import Choice, DateInput, OnceForm, VersionedForm
from partnerships.choices.programmes import ResourceKind
from partnerships.models.communities import Community, Membership, SharedResource
from partnerships.models.enterprises import Enterprise


class ResourceFilter(Filter):
    find = find_field(_("Name, unit, place"))
    kind = Choice(label=_("Kind"), choices=[("", _("All kinds")), *ResourceKind.choices])
    unit = Choice(label=_("Unit"))

    def __init__(self, data: Any, *, units: Choices) -> None:
        super().__init__(data)
        self.offer("unit", _("All units"), units)


class StaffResourceFilter(ResourceFilter):
    ended = forms.BooleanField(label=_("No longer shared too"))


class ResourceForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = SharedResource
        fields = [
            "communities", "enterprise", "organisation", "kind", "name", "description", "place", "conditions",
            "ended_on",
        ]  # fmt: skip
        widgets = {
            "communities": forms.CheckboxSelectMultiple,
            "description": forms.Textarea({"rows": 4}),
            "ended_on": DateInput,
        }
        help_texts = {
            "enterprise": _("When the unit has a file here."),
            "organisation": _("The unit that shares it; may stay empty when an enterprise is chosen."),
            "conditions": _("Such as days, fees or who may use it. Members read this: no names or numbers of people."),
        }

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].required = False
        self.fields["communities"].required = True
        members = Enterprise.objects.filter(memberships__community=community)
        known = Enterprise.objects.filter(pk=self.instance.enterprise_id)
        self.fields["enterprise"].queryset = (members | known).distinct()  # type: ignore[attr-defined]


class ResourceNewForm(ResourceForm, OnceForm):
    """Enters what a unit shares."""


class ResourceEditForm(ResourceForm, VersionedForm):
    def __init__(self, *args: Any, instance: SharedResource, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, initial={"version": instance.version}, **kwargs)


class WishForm(OnceForm):
    """What a representative asks for by their link."""

    purpose = forms.CharField(label=_("What for"), max_length=1000, widget=forms.Textarea({"rows": 4}))
    from_on = forms.DateField(label=_("From"), required=False, widget=DateInput)
    to_on = forms.DateField(label=_("Until"), required=False, widget=DateInput)


class StaffWishForm(OnceForm, TermForm):
    """What a member told the office."""

    language = forms.ChoiceField(label=_("Language of the answer"), choices=settings.LANGUAGES)

    class Meta:
        model = ResourceRequest
        fields = ["membership", "name", "email", "language", "purpose", "from_on", "to_on"]
        widgets = {"from_on": DateInput, "to_on": DateInput, "purpose": forms.Textarea({"rows": 4})}
        help_texts = {"email": _("The answer goes there; without one nobody is written to.")}

    def __init__(self, *args: Any, resource: SharedResource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Membership.objects.filter(community__in=resource.communities.all(), left_on__isnull=True)
        self.fields["membership"].queryset = places.order_by("organisation", "pk")  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    state = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("Words to who asked"), max_length=500, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("Needed for a refusal; stands in the letter."),
    )  # fmt: skip

    def __init__(self, *args: Any, wish: ResourceRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = NEXT_REQUEST[RequestState(wish.state)]
        choices = [(state.value, state.label) for state in RequestState if state in possible]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]

    def clean_state(self) -> RequestState:
        return RequestState(self.cleaned_data["state"])


class SendLinksForm(OnceForm):
    people = forms.ModelMultipleChoiceField(
        Representative.objects.none(), label=_("Representatives"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, community: Community, on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["people"]
        field.queryset = may_be_written_to(community, on=on)
        field.label_from_instance = lambda who: f"{who.name} · {who.membership.organisation} · {who.email}"
