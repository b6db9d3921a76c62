"""What the numbers can be narrowed to."""

from __future__ import annotations

from accounts.models.people import StudentProfile, User
from accounts.models.school import College


def classes() -> list[tuple[int, str]]:
    """Every class that a student is in, the latest first."""
    found = StudentProfile.objects.order_by("-class_of").values_list("class_of", flat=True).distinct()
    return [(year, str(year)) for year in found]


def colleges(user: User) -> list[tuple[int, str]]:
    """All for the office and leadership; college staff their own."""
    rows = College.objects.all()
    if not user.is_office and user.college_ids:
        rows = rows.filter(pk__in=user.college_ids)
    return [(college.pk, str(college)) for college in rows]
