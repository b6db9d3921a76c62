"""Forms of the members of a community."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from communities.models.members import Representative
from communities.selectors.members import province_choices
from core.filters import Filter, find_field
from core.forms import DateInput, OnceForm
from imports.workbooks import KINDS, Unreadable, inspect
from partnerships.choices.enterprises import MatchKind
from partnerships.choices.programmes import MemberRole, MemberType
from partnerships.models.codes import Province
from partnerships.models.communities import Membership
from partnerships.models.enterprises import Enterprise
from partnerships.selectors.matching import find_matches

NO_FILE = "none"
ROLE = pgettext_lazy("member", "Role")


class MemberForm(forms.Form):
    """What is on file of a member. Files of enterprises that its name may mean are offered; a person says which."""

    organisation = forms.CharField(label=_("Organisation"), max_length=200)
    enterprise = forms.ChoiceField(label=_("File of the enterprise"), required=False, widget=forms.RadioSelect)
    type = forms.ChoiceField(label=_("Kind of unit"), choices=MemberType.choices)
    province = forms.ModelChoiceField(
        Province.objects.order_by("code"), label=_("Province"), required=False,
        help_text=_("Left empty, the one of its file is taken."),
    )  # fmt: skip
    joined_on = forms.DateField(label=_("Joined on"), widget=DateInput, required=False)
    is_our_school = forms.BooleanField(label=_("This is our own school"), required=False)

    def __init__(self, data: Any = None, *, linked: Enterprise | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        name = str(self["organisation"].value() or "")[:200]
        matches = find_matches(name=name) if name else []
        found = {str(match.enterprise.pk): str(match.enterprise) for match in matches}
        if linked is not None:
            found.setdefault(str(linked.pk), str(linked))
        self.is_offered = bool(found)
        offered = [*found.items(), (NO_FILE, gettext("None of these: keep the name alone"))]
        self.fields["enterprise"].choices = offered  # type: ignore[attr-defined]
        if not found:
            self.fields["enterprise"].widget = forms.HiddenInput()
        elif self.is_bound and "enterprise" not in self.data:
            sure = next((match for match in matches if match.kind != MatchKind.SIMILAR), None)
            self._propose(str(sure.enterprise.pk) if sure else NO_FILE)

    def _propose(self, choice: str) -> None:
        """The form was sent before the files were offered: show it again with the likely one chosen."""
        typed: QueryDict = self.data.copy()  # type: ignore[attr-defined]  # a form that was sent
        typed["enterprise"] = choice
        self.data = typed
        self.was_not_asked = True

    was_not_asked = False

    def clean_enterprise(self) -> Enterprise | None:
        choice = self.cleaned_data["enterprise"]
        if self.was_not_asked and not self.data.get("is_our_school"):
            raise forms.ValidationError(gettext("Is it one of these enterprises on file? Choose, and save again."))
        if choice in ("", NO_FILE):
            return None
        return Enterprise.objects.current().get(pk=choice)

    def clean_type(self) -> MemberType:
        return MemberType(self.cleaned_data["type"])


class MemberNewForm(MemberForm, OnceForm):
    role = forms.ChoiceField(label=ROLE, choices=MemberRole.choices, initial=MemberRole.MEMBER)

    field_order = ["organisation", "enterprise", "type", "role", "province", "joined_on", "is_our_school"]

    def clean_role(self) -> MemberRole:
        return MemberRole(self.cleaned_data["role"])


class MemberEditForm(MemberForm):
    def __init__(self, data: Any = None, *, member: Membership) -> None:
        initial = {name: getattr(member, name) for name in ("organisation", "type", "joined_on", "is_our_school")}
        initial |= {"province": member.province_id, "enterprise": member.enterprise_id or NO_FILE}
        super().__init__(data, linked=member.enterprise, initial=initial)


class RoleForm(OnceForm):
    role = forms.ChoiceField(label=pgettext_lazy("member", "New role"), choices=MemberRole.choices)
    on = forms.DateField(label=_("From"), widget=DateInput)

    def clean_role(self) -> MemberRole:
        return MemberRole(self.cleaned_data["role"])


class LeaveForm(forms.Form):
    on = forms.DateField(
        label=_("No member from"), widget=DateInput, help_text=_("On this day the unit is no longer counted.")
    )
    why = forms.CharField(label=_("Why it left"), max_length=200, required=False)


class RepresentativeForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who speaks for a member: a contact on file, whose particulars fill what is left empty, or a name."""

    class Meta:
        model = Representative
        fields = ["contact", "name", "title", "phone", "email", "from_on", "to_on"]
        widgets = {"from_on": DateInput, "to_on": DateInput}

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["name"].required = False
        if member.enterprise is None:
            del fields["contact"]
        else:
            fields["contact"].queryset = member.enterprise.contacts.order_by("to_on", "name")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if contact := cleaned.get("contact"):
            for name in ("name", "title", "phone", "email"):
                cleaned[name] = cleaned.get(name) or getattr(contact, name)
        if not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", gettext("Choose a contact or write a name."))
        return cleaned


class RepresentativeNewForm(RepresentativeForm, OnceForm):
    """Enters a representative."""


class MemberFilter(Filter):
    """`on` is the day that is looked at; the page fills in today."""

    find = find_field(_("Organisation or representative"))
    on = forms.DateField(label=pgettext_lazy("members", "On the day"), widget=DateInput)
    role = forms.ChoiceField(label=ROLE, choices=[("", _("Any role")), *MemberRole.choices])
    kind = forms.ChoiceField(label=_("Kind of unit"), choices=[("", _("Any kind")), *MemberType.choices])
    province = forms.ChoiceField(label=_("Province"))
    shown = forms.ChoiceField(
        label=_("Who"),
        choices=[
            ("", pgettext_lazy("community", "Members")),
            ("former", _("Former members")),
            ("all", _("Members and former ones")),
        ],
    )
    undated = forms.BooleanField(label=_("Without a joining day"))

    def __init__(self, data: QueryDict, *, today: date) -> None:
        filled = data.copy()
        if not filled.get("on"):
            filled["on"] = today.isoformat()
        self.today = today
        super().__init__(filled)
        self.offer("province", _("Any province"), province_choices())

    @property
    def on_day(self) -> date:
        """The day asked for; today where it is nonsense."""
        on: date = self.chosen.get("on", self.today)
        return on


class MemberListForm(OnceForm):
    """A list of members; looked at before it is read."""

    file = forms.FileField(label=pgettext_lazy("to import", "List"), help_text=_("Excel (.xlsx, .xls) or CSV"))

    def __init__(self, *args: Any, was_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{kind}" for kind in KINDS)
        if was_too_large:
            words = {"limit": filesizeformat(settings.UPLOAD_LIMIT)}
            message = gettext("The file is larger than %(limit)s. Split the list.") % words
            self.fields["file"].error_messages["required"] = message

    def clean_file(self) -> UploadedFile[Any]:
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            inspect(upload, upload.name or "")
        except Unreadable as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return upload
