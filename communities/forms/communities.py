"""Forms of communities."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.selectors.communities import NO_ROLE
from core.filters import Filter, find_field
from core.forms import DateInput, OnceForm, VersionedForm
from partnerships.choices.programmes import CommunityKind, CommunityLevel, MemberRole
from partnerships.choosing import offer_staff
from partnerships.models.communities import Community


class CommunityForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Community
        fields = [
            "name", "kind", "level", "industry", "document", "batch", "founded_on", "secretariat", "owner",
        ]  # fmt: skip
        widgets = {"founded_on": DateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_staff(self, "owner")


class CommunityNewForm(CommunityForm, OnceForm):
    """Enters a community."""


class CommunityEditForm(CommunityForm, VersionedForm):
    """Changes a community."""

    def __init__(self, *args: Any, instance: Community, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, initial={"version": instance.version}, **kwargs)


class CommunityFilter(Filter):
    find = find_field(_("Name, industry, document or secretariat"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Any kind")), *CommunityKind.choices])
    level = forms.ChoiceField(label=_("Level"), choices=[("", _("Any level")), *CommunityLevel.choices])
    role = forms.ChoiceField(
        label=_("Our role"),
        choices=[("", _("Any role")), *MemberRole.choices, (NO_ROLE, _("Not a member"))],
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("", _("By name")),
            ("units", _("Most units first")),
            ("provinces", _("Most provinces first")),
            ("newest", _("Newest first")),
        ],
    )
