"""Forms of meetings and resolutions."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.filters import Filter, find_field
from core.forms import Choice, DateInput, LinesField, OnceForm
from core.uploads import CheckedFileField
from partnerships.choices.programmes import MeetingKind, MeetingRole
from partnerships.models.communities import CommunityMeeting, MeetingPerson, Resolution

BETWEEN = re.compile(r"\s*[;；]\s*")
LONGEST = (80, 120, 200)  # name, position, organisation


class MeetingFilter(Filter):
    find = find_field(_("Name or place"))
    kind = Choice(label=_("Kind"), choices=[("", _("All kinds")), *MeetingKind.choices])


class PeopleField(LinesField):
    """People, one per line: name; position; organisation."""

    def clean(self, value: Any) -> Any:
        people = []
        for line in super().clean(value):
            parts = BETWEEN.split(line)
            wrong = len(parts) > len(LONGEST) or not parts[0]
            if wrong or any(len(part) > most for part, most in zip(parts, LONGEST, strict=False)):
                raise forms.ValidationError(gettext("Write name; position; organisation: “%(line)s”.") % {"line": line})
            people.append((*parts, *("",) * (len(LONGEST) - len(parts))))
        return people


def _in_lines(people: list[MeetingPerson], role: MeetingRole) -> str:
    return "\n".join("; ".join([p.name, p.title, p.organisation]).rstrip("; ") for p in people if p.role == role)


class MeetingForm(forms.ModelForm):  # type: ignore[type-arg]
    chairs = PeopleField(
        label=_("Chaired by"), required=False, max_each=420, widget=forms.Textarea({"rows": 2}),
        help_text=_("One per line: name; position; organisation."),
    )  # fmt: skip
    speakers = PeopleField(
        label=_("Speakers"), required=False, max_each=420, widget=forms.Textarea({"rows": 4}),
        help_text=_("One per line: name; position; organisation."),
    )  # fmt: skip
    is_year_assumed = forms.BooleanField(label=_("The account gives no year; the year is assumed"), required=False)
    minutes = CheckedFileField(label=_("Minutes"), required=False, widget=forms.FileInput)

    class Meta:
        model = CommunityMeeting
        fields = [
            "communities", "kind", "name", "held_on", "is_year_assumed", "place", "organisations_present",
            "provinces_present", "chairs", "speakers", "minutes",
        ]  # fmt: skip
        widgets = {"held_on": DateInput, "communities": forms.CheckboxSelectMultiple}
        help_texts = {
            "organisations_present": _("As reported; members on file may be fewer."),
            "provinces_present": _("How many provinces they came from, as reported."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["communities"].label = _("Communities")

    def said(self) -> dict[str, Any]:
        """What was entered, as the services take it."""
        fields = {name: value for name, value in self.cleaned_data.items() if name in MeetingForm.Meta.fields}
        people = [(MeetingRole.CHAIR, *who) for who in fields.pop("chairs")]
        people += [(MeetingRole.SPEAKER, *who) for who in fields.pop("speakers")]
        upload = fields.pop("minutes")
        return {
            "communities": fields.pop("communities"), "people": people, "fields": fields,
            "minutes": upload if upload and "minutes" in self.changed_data else None,
        }  # fmt: skip


class MeetingNewForm(MeetingForm, OnceForm):
    resolutions = LinesField(
        label=_("Resolutions"), required=False, help_text=_("Adopted ones, one per line; votes are entered later."),
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    field_order = [*MeetingForm.Meta.fields[:-1], "resolutions", "minutes"]


class MeetingEditForm(MeetingForm):
    def __init__(self, *args: Any, instance: CommunityMeeting, **kwargs: Any) -> None:
        people = list(instance.people.all())
        initial = {
            "chairs": _in_lines(people, MeetingRole.CHAIR),
            "speakers": _in_lines(people, MeetingRole.SPEAKER),
        }
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        if instance.minutes:
            words = gettext("“%(name)s” is on file; a new file takes its place.")
            self.fields["minutes"].help_text = words % {"name": instance.minutes_name}


class ResolutionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Resolution
        fields = ["subject", "is_adopted", "votes_for", "votes_against", "votes_abstained"]


class ResolutionNewForm(ResolutionForm, OnceForm):
    """Enters what a meeting voted on."""
