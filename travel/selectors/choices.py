"""What forms and filters of travel offer."""

from __future__ import annotations

from accounts.models.school import Major
from partnerships.selectors.codes import Choices


def major_choices() -> Choices:
    """All majors of the school; one query."""
    return [(str(major.pk), str(major)) for major in Major.objects.all()]
