"""Somebody without an account answers by signed link. Opening a page changes nothing; only its buttons do."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from core.acting import refuse
from core.errors import RuleBroken
from core.outside import opened_by
from surveys.choices import LinkEnd
from surveys.forms.answering import AnswerForm, ForwardForm
from surveys.models.asking import SurveyLink
from surveys.selectors.links import end_of, is_over, link_by
from surveys.services import answering, asking
from surveys.services.letters import last_day
from surveys.services.opening import note_opened


def _own_language(link: SurveyLink) -> str:
    return link.invitation.language


_by_token = opened_by(link_by, language=_own_language, kind="survey-link")


def _address(name: str, token: str) -> str:
    return f"{reverse(f'surveys:{name}', args=[token])}?language={translation.get_language()}"


def _closed(request: HttpRequest, link: SurveyLink, end: LinkEnd, form: AnswerForm | None = None) -> HttpResponse:
    """Why nothing is answered here, in words, with what was typed in vain."""
    context = {"link": link, "end": end, "survey": link.invitation.survey, "typed": form.typed() if form else []}
    return render(request, "surveys/outside/closed.html", context, status=200 if end == LinkEnd.ANSWERED else 410)


@_by_token
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request: HttpRequest, link: SurveyLink, token: str) -> HttpResponse:
    now, sends = timezone.now(), request.method == "POST"
    if not sends:
        note_opened(link, at=now)
    end = end_of(link, now=now)
    if end is not None and not sends:
        return _closed(request, link, end)
    form = AnswerForm(request.POST if sends else None, survey=link.invitation.survey)
    if end is not None and is_over(end):
        return _closed(request, link, end, form)
    if sends and form.is_valid():
        try:
            answering.answer(link, form.said(), at=now)
        except asking.NothingToAnswer as nothing:
            end = nothing.end
            if is_over(end):
                return _closed(request, link, end, form)
        except RuleBroken as error:
            refuse(form, error)
        else:
            return redirect(_address("respond", token))
    return _sheet(request, link, form, token, end)


def _sheet(
    request: HttpRequest, link: SurveyLink, form: AnswerForm, token: str, end: LinkEnd | None
) -> HttpResponse:  # fmt: skip
    """The questionnaire; of a survey that was closed meanwhile with what was typed."""
    invitation = link.invitation
    context = {
        "link": link, "invitation": invitation, "survey": invitation.survey, "form": form, "end": end,
        "until": last_day(link, invitation.survey), "here": _address("respond", token),
        "forward": _address("pass_on", token) if invitation.enterprise else "",
    }  # fmt: skip
    status = 409 if end is not None else (422 if form.errors else 200)
    return render(request, "surveys/outside/respond.html", context, status=status)


@_by_token
@require_http_methods(["GET", "HEAD", "POST"])
def pass_on(request: HttpRequest, link: SurveyLink, token: str) -> HttpResponse:
    """A colleague is the right person."""
    end = end_of(link, now=timezone.now())
    if end is not None:
        return _closed(request, link, end)
    form = ForwardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        language = translation.get_language() or settings.LANGUAGE_CODE
        try:
            asking.forward(link, **form.cleaned_data, language=language, at=timezone.now())
        except asking.NothingToAnswer as nothing:
            return _closed(request, link, nothing.end)
        except RuleBroken as error:
            refuse(form, error)
        else:
            return redirect(_address("respond", token))
    context = {"form": form, "link": link, "survey": link.invitation.survey, "back": _address("respond", token)}
    return render(request, "surveys/outside/pass_on.html", context)
