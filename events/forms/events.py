"""The form of an event."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, LinesField, OnceForm, TimeInput, VersionedForm
from events.choices import EventItemKind
from events.models import Event
from events.services.planning import Parts
from partnerships.choosing import offer_staff
from partnerships.models.enterprises import Enterprise
from partnerships.selectors.matching import find_matches

BETWEEN = re.compile(r"\s*[;；]\s*")
CLOCK = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)\s+(.+)")
COLUMNS = [
    "kind", "name", "name_en", "description", "description_en", "held_on", "starts_at_time", "ends_at_time", "place",
    "room", "online_url", "capacity", "takes_sign_ups", "sign_up_until", "college", "class_of", "organiser",
]  # fmt: skip


class OthersField(LinesField):
    """Enterprises by name or credit code, one per line; cleaned to (files that are meant, names without one)."""

    def clean(self, value: Any) -> Any:
        words = list(dict.fromkeys(super().clean(value)))
        written = Q(legal_name__in=words) | Q(credit_code__in=words)
        files = list(Enterprise.objects.current().filter(written)) if words else []
        meant = [(word, self._file(word, files)) for word in words]
        return [file for _word, file in meant if file], [word for word, file in meant if not file]

    def _file(self, word: str, files: list[Enterprise]) -> Enterprise | None:
        """Among `files`, those written just so; looked for one by one where there is none."""
        found = [file for file in files if word in (file.legal_name, file.credit_code)] or [
            match.enterprise for match in find_matches(name=word, credit_code=word) if not match.is_vague
        ]
        if len(found) > 1:
            many = gettext("Several enterprises are called “%(name)s”: choose the one above, or write its credit code.")
            raise forms.ValidationError(many % {"name": word})
        return found[0] if found else None


class ProgrammeField(LinesField):
    """Points of the programme, one per line, each with or without its hour in front."""

    def clean(self, value: Any) -> Any:
        points: list[tuple[time | None, str]] = []
        for line in super().clean(value):
            timed = CLOCK.fullmatch(line)
            points.append((time(int(timed[1]), int(timed[2])), timed[3]) if timed else (None, line))
        return points


class EventForm(forms.ModelForm):  # type: ignore[type-arg]
    programme = ProgrammeField(
        label=_("Programme"), required=False, widget=forms.Textarea({"rows": 4}),
        help_text=_("One point per line; write the hour in front where it is known: 14:30 Questions."),
    )  # fmt: skip
    audience = LinesField(
        label=_("Audience"), required=False, widget=forms.Textarea({"rows": 2}), help_text=_("In words, one per line.")
    )
    enterprises = forms.ModelMultipleChoiceField(
        Enterprise.objects.none(), label=_("Enterprises"), required=False, widget=forms.SelectMultiple
    )
    others = OthersField(
        label=_("Others, one per line"), required=False, max_lines=200, widget=forms.Textarea({"rows": 2}),
        help_text=_(
            "For a list from elsewhere, and for enterprises without a file. A name or credit code that is on file is "
            "recognised; any other stands on the page as it is written here."
        ),
    )  # fmt: skip
    speakers = LinesField(
        label=pgettext_lazy("at an event", "Speakers"), help_text=_("One per line: name; position; enterprise."),
        required=False, max_each=400, widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip

    class Meta:
        model = Event
        fields = [*COLUMNS, "majors"]
        widgets = {
            "held_on": DateInput,
            "starts_at_time": TimeInput,
            "ends_at_time": TimeInput,
            "sign_up_until": forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "description": forms.Textarea({"rows": 5}),
            "description_en": forms.Textarea({"rows": 5}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enterprises"].queryset = Enterprise.objects.current()  # type: ignore[attr-defined]
        offer_staff(self, "organiser")
        self.fields["majors"].widget.attrs["size"] = 8

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        files, guests = cleaned.get("others") or ([], [])
        enterprises = [*dict.fromkeys([*(cleaned.get("enterprises") or []), *files])]
        cleaned |= {"enterprises": enterprises, "guests": guests}
        if "others" in cleaned:
            cleaned["speakers"] = self._speakers(cleaned.get("speakers") or [], enterprises)
        return cleaned

    @property
    def chosen(self) -> list[Enterprise]:
        """The enterprises that are ticked when the form is shown."""
        value = self["enterprises"].value() or []
        keys = [int(key) for key in map(str, value) if key.isdecimal() and len(key) < 19]
        return list(Enterprise.objects.current().filter(pk__in=keys).order_by("name_sort", "pk"))

    def _speakers(self, lines: list[str], enterprises: list[Enterprise]) -> list[tuple[str, str, Enterprise | None]]:
        speakers = []
        for line in lines:
            name, title, of, *more = [*BETWEEN.split(line), "", ""]
            known = [e for e in enterprises if of and of in (e.legal_name, e.short_name, e.name_en)]
            if not name or any(more) or len(name) > 80 or len(title) > 120:
                words = gettext("Write name; position; enterprise: “%(line)s”.")
                self.add_error("speakers", words % {"line": line})
            elif of and not known:
                self.add_error("speakers", gettext("“%(name)s” is no enterprise of this event.") % {"name": of})
            else:
                speakers.append((name, title, known[0] if known else None))
        return speakers

    @property
    def said(self) -> dict[str, Any]:
        """What was entered, as the services take it."""
        data = self.cleaned_data
        parts = Parts(
            enterprises=data["enterprises"], guests=data["guests"], speakers=data["speakers"],
            programme=data["programme"], audience=data["audience"], majors=data["majors"],
        )  # fmt: skip
        return {"fields": {name: data[name] for name in COLUMNS}, "parts": parts}


class EventNewForm(EventForm, OnceForm):
    """Plans an event."""


class EventEditForm(EventForm, VersionedForm):
    """Changes an event."""

    def __init__(self, *args: Any, instance: Event, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, initial=_lines_of(instance), **kwargs)


def _lines_of(event: Event) -> dict[str, Any]:
    items = list(event.items.order_by("pk"))
    speakers = [(s.name, s.title, s.enterprise.legal_name if s.enterprise else "") for s in
                event.speakers.select_related("enterprise")]  # fmt: skip
    points = [item for item in items if item.kind == EventItemKind.CONTENT]
    return {
        "version": event.version,
        "enterprises": list(event.enterprises.values_list("pk", flat=True)),
        "others": "\n".join(item.name for item in items if item.kind == EventItemKind.GUEST),
        "speakers": "\n".join("; ".join(parts).rstrip("; ") for parts in speakers),
        "programme": "\n".join(f"{p.starts_at_time:%H:%M} {p.name}" if p.starts_at_time else p.name for p in points),
        "audience": "\n".join(item.name for item in items if item.kind == EventItemKind.AUDIENCE),
    }
