"""What the list of students who fit a posting is narrowed to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.filters import Filter
from core.forms import Choice
from placements.selectors.fitting_students import MajorNumbers


class FittingFilter(Filter):
    """Colleges and majors are those that have students who fit."""

    college = Choice(label=_("College"))
    major = Choice(label=_("Major"))
    invited = forms.ChoiceField(
        label=_("Invited"), choices=[("", _("All of them")), ("no", _("not invited yet"))], required=False
    )

    def __init__(self, data: Any, *, numbers: Iterable[MajorNumbers]) -> None:
        super().__init__(data)
        rows = list(numbers)
        self.offer("college", _("All colleges"), {str(row.college): row.college_name for row in rows}.items())
        self.offer("major", _("All majors"), {str(row.major): row.major_name for row in rows}.items())
