"""The log of what was taken along."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from exporting.choices import ExportFormat, ExportState

TYPED = "…"  # stands for words that somebody typed: they may name a person


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, user: User) -> ExportQuerySet:
        """The office sees who took what; everybody else what they took themselves."""
        return self if user.is_office else self.filter(by=user)


class Export(models.Model):
    """One list that somebody took along; written before its first byte leaves, changed by its end alone."""

    by = models.ForeignKey(User, models.PROTECT, related_name="exports", verbose_name=_("person"))
    at = models.DateTimeField(_("when"))
    table = models.CharField(_("list"), max_length=80, help_text="The name of the address of the list.")
    names = models.JSONField(help_text="What the list was called then, by language.")
    address = models.CharField(max_length=200)
    filters = models.TextField(_("filters"), blank=True, help_text="As in the address; typed words are left out.")
    format = models.CharField(_("kind of file"), max_length=8, choices=ExportFormat)
    columns = models.JSONField(_("columns"), help_text="Their keys, in the order of the file.")
    is_personal = models.BooleanField(_("with personal data"))
    rows = models.PositiveIntegerField(_("rows"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=ExportState, default=ExportState.RUNNING)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        constraints = [
            models.CheckConstraint(condition=Q(format__in=ExportFormat.values), name="export_format_known"),
            models.CheckConstraint(condition=Q(state__in=ExportState.values), name="export_state_known"),
            models.CheckConstraint(
                condition=Q(state=ExportState.RUNNING, ended_at=None) | Q(ended_at__isnull=False) & ~Q(state="running"),
                name="export_ended_or_running",
            ),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="export_newest"),
            models.Index(fields=["by", "-at"], name="export_of_person"),
            models.Index(fields=["table", "-at"], name="export_of_list"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"

    @property
    def name(self) -> str:
        """What the list was called, in the reader's language."""
        return str(self.names.get(get_language() or "", self.table))

    @property
    def narrowed(self) -> list[tuple[str, str]]:
        """What narrowed the list, by the names of the address."""
        return parse_qsl(self.filters)

    @property
    def filter_words(self) -> str:
        return ", ".join(f"{name}: {value}" for name, value in self.narrowed)

    @property
    def where(self) -> str:
        """Where the list is, with the same filters but for the words that the log does not keep."""
        kept = urlencode([(name, value) for name, value in self.narrowed if value != TYPED])
        return f"{self.address}?{kept}" if kept else self.address
