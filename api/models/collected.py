"""What a province has collected from the portals of its schools, as they said it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import tracked


@tracked(exclude=("tried_at", "reached_at", "problem", "marks"))
class CollectedSchool(models.Model):
    """A school whose portal is read; `problem` is why the last try failed, empty when it went well.

    `marks` says for each resource from which moment on the next try asks for changes.
    """

    code = models.CharField(_("school code"), max_length=10, unique=True)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    address = models.URLField(_("address"))
    tried_at = models.DateTimeField(null=True, blank=True)
    reached_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    marks = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class CollectedFigure(models.Model):
    """A figure of a school as it last stood: of the whole school, of a month, or of a college."""

    school = models.ForeignKey(CollectedSchool, models.CASCADE, related_name="figures")
    slug = models.CharField(max_length=60)
    part = models.CharField(max_length=40, blank=True, help_text="Empty, month:2026-11 or college:C01.")
    number = models.BigIntegerField()
    denominator = models.BigIntegerField(null=True)
    definition_hash = models.CharField(max_length=64)
    payload = models.JSONField()
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["school", "slug", "part"]
        constraints = [models.UniqueConstraint(fields=["school", "slug", "part"], name="collected_figure_once")]

    def __str__(self) -> str:
        return f"{self.slug} {self.part} {self.number}".replace("  ", " ")


class CollectedRow(models.Model):
    """A record of a school, as its portal gave it."""

    school = models.ForeignKey(CollectedSchool, models.CASCADE, related_name="rows")
    resource = models.CharField(max_length=40)
    key = models.BigIntegerField()
    payload = models.JSONField()
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["school", "resource", "key"]
        constraints = [models.UniqueConstraint(fields=["school", "resource", "key"], name="collected_row_once")]

    def __str__(self) -> str:
        return f"{self.resource} {self.key}"
