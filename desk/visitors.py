"""Who of an enterprise stands at the desk: by the link of one posting, or by account for all of its own."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils import timezone, translation

from accounts.http import PortalRequest
from desk.models.accounts import ContactAccount
from desk.models.requests import DeskRequest
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from placements.choices import ApplicationState, PostingState
from placements.models.applications import Application, ApplicationQuerySet
from placements.models.postings import Posting, PostingQuerySet


@dataclass(frozen=True)
class Visitor:
    """A person of an enterprise; `token` when they came by a link, and then `posting` is all that it opens."""

    enterprise: Enterprise
    contact: Contact
    account: ContactAccount | None = None
    posting: Posting | None = None
    token: str = ""

    @property
    def name(self) -> str:
        return self.contact.name

    @property
    def base(self) -> str:
        """The frame of the pages that both kinds of visitors see."""
        return "outside/base.html" if self.token else "base.html"

    def postings(self) -> PostingQuerySet:
        """Those of the enterprise; of drafts only what it wrote itself and got back."""
        rows = Posting.objects.filter(~Q(state=PostingState.DRAFT) | Q(offer__isnull=False), enterprise=self.enterprise)
        return rows if self.posting is None else rows.filter(pk=self.posting.pk)

    def applications(self) -> ApplicationQuerySet:
        """What students sent to these postings; what they took back is theirs again."""
        whose = {"posting__enterprise": self.enterprise} if self.posting is None else {"posting": self.posting}
        return Application.objects.filter(**whose).exclude(state=ApplicationState.WITHDRAWN)

    def address(self, page: str, *args: int) -> str:
        """An address of one of their pages: the same words, with the token where they came by a link."""
        if not self.token:
            return reverse(f"desk:{page}", args=args)
        language = translation.get_language()
        return f"{reverse(f'desk:link_{page}', args=[self.token, *args])}?language={language}"

    def list_address(self, posting: Posting) -> str:
        return self.address("applicants") if self.token else self.address("posting", posting.pk)

    def hours_address(self, posting: Posting) -> str:
        return self.address("interviews") if self.token else self.address("interviews", posting.pk)


def by_link(contact: Contact, request: DeskRequest, token: str) -> Visitor:
    return Visitor(request.enterprise, contact, posting=request.posting, token=token)


def by_account(request: PortalRequest) -> Visitor:
    """The enterprise of who is signed in; 404 for an account that opens nothing any more."""
    accounts = ContactAccount.objects.in_force(timezone.localdate()).select_related("contact__enterprise", "invited_by")
    account = accounts.filter(user=request.user).first()
    if account is None:
        raise Http404
    return Visitor(account.contact.enterprise, account.contact, account=account)
