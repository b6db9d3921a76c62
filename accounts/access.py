"""Who may open a page at all; whoever may not finds nothing there (404).

Every view states its access with one of these or with Django's login_not_required;
tests/test_architecture.py walks the addresses and fails on a view that states nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import Http404, HttpResponseBase

from accounts.choices import Role
from accounts.http import PortalRequest
from accounts.models.people import User

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def _only(access: str, may_open: Callable[[User], bool]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may_open(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.access = access  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


signed_in = _only("signed_in", lambda user: True)
staff_only = _only("staff", lambda user: user.is_school_staff)
office_only = _only("office", lambda user: user.is_office)
students_only = _only("students", lambda user: user.has_role(Role.STUDENT))
contacts_only = _only("contacts", lambda user: user.has_role(Role.CONTACT))
# Neither contacts of enterprises, who see their own desk and what every visitor sees, nor accounts without a role.
school_only = _only("school", lambda user: user.is_school_staff or user.has_role(Role.STUDENT))
