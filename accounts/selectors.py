"""What pages need of people and the school."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.choices import Theme
from accounts.models.people import Assistant, RoleGrant, StudentProfile, User
from accounts.models.school import School


def school() -> School:
    """The school that runs this portal; one query, an unsaved row before it is named."""
    return School.objects.first() or School(name_zh="校企合作门户", name_en="Partnership portal")


def theme(request: HttpRequest) -> str:
    """light, dark or auto: the person's own choice, or the visitor's cookie."""
    if getattr(request, "user", None) and request.user.is_authenticated:
        return str(request.user.theme)
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in Theme.values else Theme.AUTO.value


def student_profile(user: User) -> StudentProfile | None:
    """What a student says of themselves, with their major; None for everyone else."""
    return StudentProfile.objects.select_related("user", "major__college").filter(user=user).first()


class WishCodes(Protocol):
    """What students choose from, as (code, name)."""

    provinces: list[tuple[str, str]]
    industries: list[tuple[str, str]]


def wish_codes() -> WishCodes:
    """Provinces and industries; the code lists are an app's above, which settings name."""
    codes: WishCodes = import_string(settings.WISH_CODES)()
    return codes


def roles(user: User) -> list[RoleGrant]:
    """The roles that a person holds today, with their colleges."""
    return list(user.role_grants.in_force(timezone.localdate()).select_related("college").order_by("pk"))


def assistances(user: User) -> list[Assistant]:
    """Who writes for this person today, and for whom this person writes; one query."""
    today = Assistant.objects.in_force(timezone.localdate()).filter(Q(leader=user) | Q(user=user))
    return list(today.select_related("leader", "user"))
