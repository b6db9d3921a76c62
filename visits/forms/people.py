"""Fields that name people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models.people import User
from visits.selectors.choices import with_title


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several people, told apart by their positions."""

    def label_from_instance(self, obj: Any) -> str:
        title = getattr(obj, "display_title", obj.title)
        return f"{obj} · {title}" if title else str(obj)


def offer_people(field: Any, people: Sequence[User]) -> None:
    """Offer exactly these people, whose rows are read already."""
    field.queryset = User.objects.filter(pk__in=[person.pk for person in people])
    named = [(person.pk, with_title(person)) for person in people]
    field.choices = named if isinstance(field, forms.ModelMultipleChoiceField) else [("", "---------"), *named]
