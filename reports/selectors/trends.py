"""A figure over time, drawn from its snapshots alone."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format

from reports.charts import LineChart, line_chart
from reports.figures.figure import Figure
from reports.figures.scope import Scope
from reports.models.snapshots import Snapshot
from reports.selectors.doors import asked


def trend_line(figure: Figure, scope: Scope, days: list[Snapshot]) -> LineChart | None:
    """A dot for each snapshot, oldest first, which leads to what came and went since."""
    page = reverse("reports:figure_compare", args=[figure.slug])
    return line_chart(
        [
            (
                snapshot.taken_on,
                snapshot.numerator,
                date_format(snapshot.taken_on, "DATE_FORMAT"),
                f"{page}?{urlencode([*asked(scope), ('before', snapshot.pk)])}",
            )
            for snapshot in days
        ]
    )
