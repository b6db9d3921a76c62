"""Kinds of reports in templates, by the slug that a build or schedule keeps."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from reports.kinds.catalogue import KINDS
from reports.models.builds import ReportBuild

register = template.Library()


@register.filter
def kind_name(slug: str) -> str:
    """What readers call it; one that is no longer built says so."""
    return str(KINDS[slug].name) if slug in KINDS else _("A kind that is no longer built")


@register.filter
def step_words(build: ReportBuild) -> str:
    """What is being done now, such as "Writing file 34 of 120"."""
    kind = KINDS.get(build.kind)
    return kind.step_words(build.step, min(build.step_done + 1, build.step_total), build.step_total) if kind else ""
