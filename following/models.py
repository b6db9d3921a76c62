"""What a student follows: searches, enterprises, and single postings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from core.models import Versioned
from following.choices import Frequency
from partnerships.models.enterprises import Enterprise
from placements.models.postings import Posting


@tracked(exclude=("told_until",))
class SavedSearch(Versioned):
    """A search of postings that somebody keeps, and how often they hear of what is new in it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=1000, blank=True, help_text="As it stands in the address.")
    frequency = models.CharField(_("tell me"), max_length=8, choices=Frequency, default=Frequency.DAILY)
    at = models.DateTimeField()
    told_until = models.DateTimeField(help_text="What was published after this is new.")

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved search")
        constraints = [
            models.UniqueConstraint(fields=["user", "query"], name="saved_search_once"),
            models.CheckConstraint(condition=Q(frequency__in=Frequency.values), name="saved_search_frequency_known"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class FollowedEnterprise(models.Model):
    """Somebody who wants to hear of an enterprise's new postings."""

    user = models.ForeignKey(User, models.CASCADE, related_name="followed_enterprises")
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="followers")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "enterprise"], name="followed_enterprise_once")]

    def __str__(self) -> str:
        return str(self.enterprise)


@tracked()
class FollowedPosting(models.Model):
    """Somebody who keeps a posting in mind: told when it opens, and that it closes soon."""

    user = models.ForeignKey(User, models.CASCADE, related_name="followed_postings")
    posting = models.ForeignKey(Posting, models.CASCADE, related_name="followers")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "posting"], name="followed_posting_once")]

    def __str__(self) -> str:
        return str(self.posting)


class ToldPosting(models.Model):
    """A posting of which somebody was told that it is open: by a search, an enterprise or itself, but once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="told_postings")
    posting = models.ForeignKey(Posting, models.CASCADE, related_name="told_to")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "posting"], name="told_posting_once")]

    def __str__(self) -> str:
        return str(self.posting)
