"""Lists of postings from Excel."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from placements.models.postings import Posting


@tracked()
class PostingList(models.Model):
    """A workbook with postings that was brought; nothing of it is a posting before somebody says so."""

    name = models.CharField(_("file"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    columns = models.JSONField(default=list, help_text="Of each column its heading and the field that it means.")
    rows = models.JSONField(default=list, help_text="What each row says, and what is wrong with it.")
    written_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name


class ListedPosting(models.Model):
    """A posting that a list brought, and at which version it was left: what nobody touched since can be undone."""

    list = models.ForeignKey(PostingList, models.CASCADE, related_name="postings")
    posting = models.OneToOneField(Posting, models.CASCADE, related_name="listed")
    version = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.posting)
