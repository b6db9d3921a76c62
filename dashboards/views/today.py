"""The first page: "My work today" by role; for a visitor, what the portal is."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.choices import Role
from dashboards.selectors import today as selectors
from dashboards.selectors.student_day import student_day


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What this person should see first; a person without any role is told whom to ask."""
    on = timezone.localdate()
    user = request.user
    if not user.is_authenticated:
        context = {"postings": selectors.open_postings(on=on), "numbers": selectors.school_in_numbers(on=on)}
        return render(request, "home.html", context)
    if selectors.is_leader_first(user):
        doors = selectors.four_figures(user, on=on)
        day = selectors.leader_day(user, on=on)
        return render(request, "dashboards/today_leader.html", {"day": day, "doors": doors, "on": on})
    if user.is_school_staff:
        return render(request, "dashboards/today_staff.html", {"day": selectors.staff_day(user, on=on), "on": on})
    if user.has_role(Role.STUDENT):
        return render(
            request, "dashboards/today_student.html", {"day": student_day(user, now=timezone.now()), "on": on}
        )
    if user.has_role(Role.CONTACT):
        return redirect("desk:home")
    return render(request, "dashboards/today_nobody.html")
