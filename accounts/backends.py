"""Who may sign in, and who stays signed in."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

from accounts.choices import Role
from accounts.models.people import User


def _is_refused(user: Any) -> bool:
    """Sample accounts live in demo mode only."""
    return bool(getattr(user, "is_demo", False)) and not settings.DEMO


def _repairs(user: Any) -> bool:
    return isinstance(user, User) and user.is_active and user.is_staff and user.has_role(Role.ADMIN)


class PortalBackend(AuthenticationBackend):  # type: ignore[misc]
    """Sign-in by e-mail or staff/student number; Django's permissions, and the administrators' role."""

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        """Asked at sign-in, and for the person of every later request (ModelBackend.get_user)."""
        return not _is_refused(user) and super().user_can_authenticate(user)

    def _check_password(self, user: AbstractBaseUser | None, password: str) -> AbstractBaseUser | None:
        """Allauth would sign in whoever has the right password and is active; a refused account has none."""
        return None if _is_refused(user) else super()._check_password(user, password)

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Administrators repair everything; nobody else has Django permissions unless granted."""
        return _repairs(user_obj) or super().has_perm(user_obj, perm, obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return _repairs(user_obj) or super().has_module_perms(user_obj, app_label)
