"""What the page of a visit, which knows nothing of surveys, shows of them."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from surveys.selectors.surveys import surveys_of_visit
from visits.models.visits import Visit

register = template.Library()


@register.inclusion_tag("surveys/_of_visit.html", takes_context=True)
def surveys_of(context: Context, visit: Visit) -> dict[str, Any]:
    """Surveys that run or were sent after this visit, and the buttons that send them; one query."""
    request = context["request"]
    return {
        "visit": visit,
        "surveys": surveys_of_visit(visit, on=timezone.localdate()),
        "may_keep": request.user.is_office,
        "csrf_token": context.get("csrf_token"),
    }
