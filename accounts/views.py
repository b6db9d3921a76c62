"""One's own profile, and how the portal looks and speaks."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from accounts import rules, selectors, services
from accounts.access import office_only, signed_in
from accounts.choices import Role, Theme
from accounts.forms import (
    AddressForm,
    LanguageFormSet,
    PersonForm,
    StudentForm,
    languages_initial,
    person_initial,
    student_initial,
)
from accounts.http import PortalRequest
from accounts.models.people import User

YEAR_SECONDS = 365 * 24 * 60 * 60


@require_http_methods(["GET", "POST"])
@signed_in
def profile(request: PortalRequest) -> HttpResponse:
    """Name and number are the school's to change; language and appearance one's own."""
    user = request.user
    form = PersonForm(request.POST or None, initial=person_initial(user))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        services.change_person(
            user, language=chosen["language"], theme=Theme(chosen["theme"]), time_zone=chosen["time_zone"]
        )
        response = redirect("accounts:profile")
        _speak(response, user.language)
        messages.success(request, _("Saved."))
        return response
    return render(
        request,
        "accounts/profile.html",
        {
            "form": form,
            "grants": selectors.roles(user),
            "assistances": selectors.assistances(user),
            "is_student": user.has_role(Role.STUDENT),
        },
    )


@require_http_methods(["GET", "POST"])
@signed_in
def student(request: PortalRequest) -> HttpResponse:
    """A student's wishes; nobody else has such a page."""
    own = selectors.student_profile(request.user)
    if own is None:
        raise Http404
    form = StudentForm(request.POST or None, initial=student_initial(own), codes=selectors.wish_codes())
    languages = LanguageFormSet(request.POST or None, initial=languages_initial(own), prefix="languages")
    if request.method == "POST" and all([form.is_valid(), languages.is_valid()]):
        services.save_profile(own, by=request.user, languages=languages.spoken, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:student")
    return render(request, "accounts/student.html", {"form": form, "spoken": languages, "student": own})


@require_http_methods(["GET", "POST"])
@office_only
def address(request: PortalRequest, pk: int) -> HttpResponse:
    """Mending an address that mail does not reach."""
    person = get_object_or_404(User, pk=pk)
    rules.can_change_address(request.user, person).or_raise()
    form = AddressForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        services.change_address(person, email=form.cleaned_data["email"], by=request.user)
        messages.success(request, _("Saved. Failed messages can be sent again now."))
        return redirect("notifications:outbox")
    return render(request, "accounts/address.html", {"form": form, "person": person})


@require_POST
@login_not_required
def appearance(request: HttpRequest) -> HttpResponse:
    """Light, dark or as the device: kept with the person, for visitors in a cookie."""
    theme = request.POST.get("theme", "")
    response = _back(request)
    if theme in Theme.values:
        if isinstance(request.user, User):
            services.change_person(request.user, language=request.user.language, theme=Theme(theme))
        response.set_cookie("theme", theme, max_age=YEAR_SECONDS, httponly=True, secure=settings.SECURE, samesite="Lax")
    return response


@require_POST
@login_not_required
def language(request: HttpRequest) -> HttpResponse:
    """The switch in the header: Django's own, which also saves a signed-in person's choice."""
    chosen = request.POST.get("language", "")
    if isinstance(request.user, User) and chosen in dict(settings.LANGUAGES):
        services.change_person(request.user, language=chosen, theme=Theme(request.user.theme))
    return set_language(request)


def _speak(response: HttpResponse, code: str) -> None:
    """From the next words on in this language, for the visitor after signing out too."""
    translation.activate(code)
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, secure=settings.SECURE, samesite="Lax")


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page that the form stood on, if it is one of ours."""
    target = request.POST.get("next") or request.META.get("HTTP_REFERER", "")
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if is_ours else "/")
