"""What staff type about a posting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import OnceForm, VersionedForm
from partnerships.models.enterprises import Enterprise
from placements.fields.postings import PostingFields


class _StaffFields(PostingFields):
    """Staff also say who of the enterprise students may turn to."""

    class Meta(PostingFields.Meta):
        fields = [*PostingFields.Meta.fields, "contact"]

    def __init__(self, *args: Any, enterprise: Enterprise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contacts: Any = self.fields["contact"]
        current = enterprise.contacts.current(timezone.localdate())
        kept = enterprise.contacts.filter(pk=self.instance.contact_id)
        contacts.queryset = enterprise.contacts.filter(Q(pk__in=current.values("pk")) | Q(pk__in=kept.values("pk")))

    def troubles(self, entered: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        yield from super().troubles(entered)
        if entered.get("contact_shown") and not entered.get("contact"):
            yield "contact", _("Choose whom students see.")


class NewPostingForm(OnceForm, _StaffFields):
    """A draft; the token makes sending it twice harmless."""


class PostingForm(VersionedForm, _StaffFields):
    """A change; the version is compared when it is saved."""


class CopyForm(OnceForm):
    """Nothing but the token: the copy is filled in afterwards."""
