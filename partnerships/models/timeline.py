"""The readable side of history: one stream per enterprise."""

from __future__ import annotations

from django.db import models

from accounts.models.people import User
from core.history import tracked
from partnerships.choices import TimelineKind
from partnerships.models.enterprises import Enterprise


@tracked()
class TimelineEntry(models.Model):
    """Something that happened around an enterprise, written with the change itself.

    `text` is what the person typed or the name of the record concerned; the words around it come
    from the kind, so that each reader reads them in their own language. `detail` is a code of a
    state or a number, put into words by `partnerships.timeline`.
    """

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="timeline")
    kind = models.CharField(max_length=24, choices=TimelineKind)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=400, blank=True)
    detail = models.CharField(max_length=60, blank=True)
    link = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["enterprise", "-at"], name="timeline_by_enterprise")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.text}"
