"""What colleagues write beside an enterprise, and the papers they keep with it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from core.uploads import name_with_ending
from partnerships.choices.enterprises import NoteVisibility
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, user: User) -> NoteQuerySet:
        """One's own always; the office's for the office, those for all staff for all staff."""
        if not user.is_school_staff:
            return self.none()
        open_to = [NoteVisibility.STAFF, *([NoteVisibility.OFFICE] if user.is_office else [])]
        return self.filter(Q(author=user) | Q(visibility__in=open_to))


@tracked()
class Note(models.Model):
    """A remark about an enterprise or one of its contacts, for oneself, the office or all staff."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="notes")
    contact = models.ForeignKey(
        Contact, models.CASCADE, null=True, blank=True, related_name="notes", verbose_name=_("about")
    )
    text = models.TextField(_("note"), max_length=4000)
    visibility = models.CharField(
        _("who reads it"), max_length=8, choices=NoteVisibility, default=NoteVisibility.OFFICE
    )
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(visibility__in=NoteVisibility.values), name="note_visibility_known")
        ]

    def __str__(self) -> str:
        return self.text[:60]


@tracked()
class EnterpriseFile(models.Model):
    """A paper kept with an enterprise: a licence, a brochure, a letter."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="files")
    name = models.CharField(_("name"), max_length=120)
    file = models.FileField(_("file"), upload_to="enterprises/%Y/")
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def file_name(self) -> str:
        """What the file is called when it leaves: its name on file, with the ending of its kind."""
        return name_with_ending(self.name, self.file)
