"""A ledger of past visits on its way into the portal: the upload, and its rows."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from imports.choices import ImportState, RowOutcome, RowState
from imports.models import ImportLine, ImportRun
from partnerships.models.enterprises import Enterprise
from visits.models.visits import Visit


class LedgerImportQuerySet(models.QuerySet["LedgerImport"]):
    def visible_to(self, user: User) -> LedgerImportQuerySet:
        """Importing is the office's work; everyone there sees every import."""
        return self if user.is_office else self.none()


@tracked(exclude=("done_rows", "claimed_at", "claim"))
class LedgerImport(ImportRun):
    """A ledger that somebody kept in Excel; nothing of it is a visit before somebody confirms it."""

    by = models.ForeignKey(User, models.PROTECT, related_name="ledger_imports")

    objects = LedgerImportQuerySet.as_manager()

    class Meta(ImportRun.Meta):
        abstract = False
        verbose_name = _("import of a ledger")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="ledger_import_state_known")
        ]


class LedgerImportRow(ImportLine):
    """A row about a visit, or about one more major of the visit of an earlier row, which `lead` names."""

    run = models.ForeignKey(LedgerImport, models.CASCADE, related_name="rows")
    lead = models.PositiveIntegerField(
        help_text="Number of the row that the visit begins with; its own where that is it."
    )
    enterprise = models.ForeignKey(Enterprise, models.SET_NULL, null=True, blank=True, related_name="+")
    visit = models.ForeignKey(Visit, models.SET_NULL, null=True, blank=True, related_name="ledger_rows")

    class Meta(ImportLine.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="ledger_row_once"),
            models.CheckConstraint(condition=Q(outcome__in=RowOutcome.values), name="ledger_row_outcome_known"),
            models.CheckConstraint(condition=Q(state__in=RowState.values), name="ledger_row_state_known"),
        ]
        indexes = [models.Index(fields=["run", "outcome", "number"], name="ledger_row_by_outcome")]
