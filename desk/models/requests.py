"""What the school asks of an enterprise's contact, or shows them, by signed link."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from partnerships.choices.links import LinkPurpose
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.links import SignedLink
from placements.choices import PostingState
from placements.models.postings import Posting


@tracked()
class DeskRequest(models.Model):
    """A contact who was asked to offer postings, or is shown the applicants of one posting; its links hold in turn."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="desk_requests")
    purpose = models.CharField(max_length=16, choices=LinkPurpose)
    posting = models.ForeignKey(Posting, models.CASCADE, null=True, blank=True, related_name="desk_requests")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    words = models.TextField(_("a few words to them"), max_length=600, blank=True)
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Nobody where an answer day did."
    )
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose=LinkPurpose.OFFER_POSTS, posting__isnull=True)
                | Q(purpose=LinkPurpose.SEE_APPLICANTS, posting__isnull=False),
                name="desk_request_applicants_of_a_posting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_purpose_display()})"


class DeskLink(models.Model):
    """A signed link of a request: the newest may hold, those before it were replaced."""

    link = models.OneToOneField(SignedLink, models.CASCADE, related_name="desk_link")
    request = models.ForeignKey(DeskRequest, models.CASCADE, related_name="links")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.request)


class PostingOffer(models.Model):
    """A posting that an enterprise wrote itself: by which request (by account where none), and under whose name."""

    posting = models.OneToOneField(Posting, models.CASCADE, related_name="offer")
    request = models.ForeignKey(DeskRequest, models.SET_NULL, null=True, blank=True, related_name="offers")
    name = models.CharField(_("name"), max_length=80, help_text="As it was then.")
    at = models.DateTimeField()
    told = models.CharField(
        max_length=10, choices=PostingState, default=PostingState.IN_REVIEW,
        help_text="The state of the posting that the enterprise knows.",
    )  # fmt: skip

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.posting} ({self.name})"
