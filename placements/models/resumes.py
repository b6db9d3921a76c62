"""Résumés: files that students brought, and what the portal writes one from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from core.models import Versioned
from core.names import in_language
from placements.choices import ResumeSection


@tracked()
class Resume(models.Model):
    """A résumé as a file; one that was sent with an application is kept there, not here."""

    student = models.ForeignKey(User, models.CASCADE, related_name="resumes")
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(_("file"), upload_to="resumes/%Y/")
    size = models.PositiveIntegerField(help_text="Bytes.")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name


@tracked()
class ResumeEntry(Versioned):
    """One line of the résumé that the portal writes: a school, an internship, a prize."""

    student = models.ForeignKey(User, models.CASCADE, related_name="resume_entries")
    section = models.CharField(_("part"), max_length=12, choices=ResumeSection)
    title = models.CharField(_("what"), max_length=120)
    title_en = models.CharField(_("what, in English"), max_length=160, blank=True)
    place = models.CharField(_("where"), max_length=120, blank=True)
    place_en = models.CharField(_("where, in English"), max_length=160, blank=True)
    from_on = models.DateField(_("from"), null=True, blank=True)
    to_on = models.DateField(_("to"), null=True, blank=True)
    text = models.TextField(_("more"), max_length=600, blank=True)
    text_en = models.TextField(_("more, in English"), max_length=900, blank=True)

    class Meta:
        ordering = ["section", models.F("from_on").desc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(section__in=ResumeSection.values), name="resume_section_known"),
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(to_on__isnull=True) | Q(to_on__gte=models.F("from_on")),
                name="resume_entry_ends_after_start",
                violation_error_message=_("The end is before the start."),
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.title, self.title_en)

    @property
    def shown_place(self) -> str:
        """Where, in the reader's language."""
        return in_language(self.place, self.place_en)

    @property
    def period(self) -> str:
        """Its months; without an end it goes on."""
        first, last = (date_format(day, "YEAR_MONTH_FORMAT") if day else "" for day in (self.from_on, self.to_on))
        if first and not last:
            return gettext("since %(month)s") % {"month": first}
        return " – ".join(dict.fromkeys(month for month in (first, last) if month))
