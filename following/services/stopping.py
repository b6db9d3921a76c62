"""What the link in a message does."""

from __future__ import annotations

from django.db import transaction

from following.models import SavedSearch
from following.selectors.stopping import Named
from following.services.searches import silence_search


@transaction.atomic
def stop(named: Named) -> None:
    """No more messages of it: a search falls silent, an enterprise or a posting is followed no more."""
    if isinstance(named.record, SavedSearch):
        silence_search(named.record)
    elif named.record is not None:
        named.record.delete()
