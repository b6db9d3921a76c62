"""What is looked at before a posting is published: holds, whom the school trusts, and the lists that the rules read."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from partnerships.models.codes import Province
from partnerships.models.enterprises import Enterprise
from placements.choices import HoldRule
from placements.models.postings import Posting


@tracked()
class PostingHold(models.Model):
    """One reason for which a posting waits for a person, and who let it pass in spite of it."""

    posting = models.ForeignKey(Posting, models.CASCADE, related_name="holds")
    rule = models.CharField(max_length=10, choices=HoldRule)
    found = models.CharField(max_length=300, blank=True, help_text="The words or the number that the rule met.")
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("why it may pass"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "rule"], condition=Q(lifted_at__isnull=True), name="posting_hold_once"
            ),
            models.CheckConstraint(condition=Q(rule__in=HoldRule.values), name="posting_hold_known"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | ~Q(reason=""), name="posting_hold_lifted_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rule_display()} {self.found}".strip()


class TrustedEnterpriseQuerySet(models.QuerySet["TrustedEnterprise"]):
    def in_force(self, on: date) -> TrustedEnterpriseQuerySet:
        return self.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)


@tracked()
class TrustedEnterprise(models.Model):
    """An enterprise whose postings are published without a review, unless a rule holds them."""

    enterprise = models.OneToOneField(Enterprise, models.CASCADE, related_name="trust")
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(_("why"), max_length=300)

    objects = TrustedEnterpriseQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]

    def __str__(self) -> str:
        return str(self.enterprise)


@tracked()
class MinimumWage(models.Model):
    """The minimum wage (最低工资标准) of a province or of one of its cities, as the office entered it."""

    province = models.ForeignKey(Province, models.PROTECT, related_name="minimum_wages", verbose_name=_("province"))
    city = models.CharField(_("city"), max_length=60, blank=True, help_text=_("Empty: the rest of the province."))
    monthly = models.PositiveIntegerField(_("yuan a month"))
    hourly = models.DecimalField(_("yuan an hour"), max_digits=6, decimal_places=2)
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        ordering = ["province", "city", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["province", "city", "valid_from"], name="minimum_wage_once"),
        ]

    def __str__(self) -> str:
        return f"{self.province.with_city(self.city)} {self.monthly}"


@tracked()
class HeldWord(models.Model):
    """A word at which a posting is held; the office keeps the list."""

    word = models.CharField(_("word"), max_length=60, unique=True)
    rule = models.CharField(_("rule"), max_length=10, choices=HoldRule)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["rule", "word"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rule__in=[HoldRule.FEE, HoldRule.AGENCY, HoldRule.SEX, HoldRule.AGE, HoldRule.ORIGIN]),
                name="held_word_of_a_rule",
            ),
        ]

    def __str__(self) -> str:
        return self.word
