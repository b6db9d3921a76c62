"""Pages that people without an account open by a signed link, whatever it is for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.utils import translation

from core.outside import Opened, Page, opened_by
from partnerships.choices.links import LinkPurpose
from partnerships.models.links import SignedLink
from partnerships.selectors.links import link_by


def by_token(purpose: LinkPurpose) -> Callable[[Page[SignedLink]], Opened]:
    """Pages of a signed link of a purpose; see core.outside.opened_by."""
    return opened_by(partial(link_by, purpose=purpose), language=_own_language, kind="file-link")


def _own_language(link: SignedLink) -> str:
    """As the contact reads, else as the browser says."""
    return link.contact.language if link.contact else translation.get_language() or settings.LANGUAGE_CODE
