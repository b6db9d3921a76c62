"""Surveys, who was asked, and what they answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.utils import timezone

from accounts.models.people import User
from accounts.models.school import Major
from notifications.models.messages import OutgoingMessage
from partnerships.models.contacts import Contact
from surveys.choices import AnswerKind, Part, SurveyKind
from surveys.models.answers import Answer
from surveys.models.asking import Invitation, SurveyLink
from surveys.models.surveys import SetItem, Survey, SurveyItem
from surveys.services.answering import Said, answer
from surveys.services.asking import ask_contacts, ask_graduates
from tests.factories.accounts import student
from tests.factories.partnerships import ContactFactory
from visits.models.visits import Visit

FIRST_PART = {
    SurveyKind.EMPLOYER: Part.SERVICE,
    SurveyKind.DEMAND: Part.DEMAND,
    SurveyKind.GRADUATE: Part.SCHOOL,
}


def survey_of(kind: SurveyKind = SurveyKind.EMPLOYER, *answers: AnswerKind, **fields: object) -> Survey:
    """A survey that runs today, with one question for each way of answering given; else two on the scale."""
    today = timezone.localdate()
    given = {
        "name_zh": "用人单位满意度调查", "name_en": "How content are you?", "kind": kind,
        "opens_on": today - timedelta(days=30), "closes_on": today + timedelta(days=30), **fields,
    }  # fmt: skip
    survey = Survey.objects.create(**given)
    for place, how in enumerate(answers or (AnswerKind.SCALE, AnswerKind.SCALE), start=1):
        SurveyItem.objects.create(
            survey=survey, part=FIRST_PART[kind], answer=how, place=place, name_zh=f"问题{place}",
            name_en=f"Question {place}",
        )  # fmt: skip
    return survey


def contact(**fields: object) -> Contact:
    return ContactFactory(**{"name": "李娜", "email": "li@film.example", "language": "en", **fields})


def asked(
    survey: Survey, to: Contact | None = None, *, by: User, at: datetime | None = None, visit: Visit | None = None
) -> Invitation:  # fmt: skip
    """A contact who was asked, now unless another moment is given."""
    to = to or contact()
    ask_contacts(survey, [(to, visit)], by=by, at=at or timezone.now())
    return Invitation.objects.get(survey=survey, contact=to, withdrawn_at=None)


def asked_graduate(survey: Survey, *, by: User, major: Major | None = None) -> Invitation:
    user = student(major=major, class_of=2026)
    ask_graduates(survey, [user.student_profile], by=by, at=timezone.now())
    return Invitation.objects.get(survey=survey, student=user)


def link_of(invitation: Invitation) -> SurveyLink:
    """The last link of somebody asked."""
    return SurveyLink.objects.select_related("invitation__survey", "invitation__enterprise").filter(
        invitation=invitation
    )[0]  # fmt: skip


def address_of(link: SurveyLink) -> str:
    """The link as it stands in the letter; there alone is the token."""
    return urlsplit(OutgoingMessage.objects.get(key=f"survey:{link.pk}").link).path


def said(survey: Survey, *values: str, **more: object) -> Said:
    """Something to every question, in their order; without values everybody is satisfied."""
    items = list(survey.items.all())
    values = values or ("satisfied",) * len(items)
    return Said(ratings={item.pk: value for item, value in zip(items, values, strict=True)}, **more)


def answered(invitation: Invitation, *values: str, **more: object) -> Answer:
    return answer(link_of(invitation), said(invitation.survey, *values, **more), at=timezone.now())


def graduates_answer(survey: Survey, major: Major, number: int, *values: str, by: User) -> None:
    """So many graduates of a major say the same."""
    for _number in range(number):
        answered(asked_graduate(survey, by=by, major=major), *values)


def survey_records(by: User) -> dict[str, object]:
    """Of each page of surveys the key that opens it, for the walk over all addresses."""
    survey = survey_of()
    given = answered(asked(survey, by=by))
    waiting = asked(survey, contact(email="wang@film.example"), by=by)
    set_item = SetItem.objects.create(kind=survey.kind, part=Part.SERVICE, name_zh="就业派遣")
    return {
        "survey": survey.pk,
        "survey_answer": given.pk,
        "set_item": set_item.pk,
        "survey_kind": survey.kind,
        "survey_token": address_of(link_of(waiting)).split("/")[2],
    }
