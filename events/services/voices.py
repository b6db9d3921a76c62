"""What students ask before and during an event, and what they say afterwards."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock
from events import rules
from events.choices import EventState
from events.models import Event, EventFeedback, EventQuestion
from events.services import telling

MOST_QUESTIONS = 5


@transaction.atomic
def ask(event: Event, *, text: str, student: User, at: datetime) -> EventQuestion:
    """Others read it without the name."""
    if not student.has_role(Role.STUDENT):
        raise PermissionDenied(_("Questions come from students."))
    event = lock(event)
    if event.state != EventState.PUBLISHED:
        raise RuleBroken(_("Questions are asked before and during the event."))
    if event.questions.filter(student=student).count() >= MOST_QUESTIONS:
        raise RuleBroken(_("You have asked %(count)s questions; leave some to others.") % {"count": MOST_QUESTIONS})
    question = EventQuestion(event=event, student=student, text=text, at=at)
    question.full_clean()
    question.save()
    return question


@transaction.atomic
def answer(question: EventQuestion, *, text: str, by: User, at: datetime) -> EventQuestion:
    question = EventQuestion.objects.select_for_update().get(pk=question.pk)
    rules.can_keep(by, question.event).or_raise()
    if question.answer == text:
        return question
    question.answer, question.answered_by, question.answered_at = text, by, at
    question.save()
    telling.answered(question, at=at)
    return question


@transaction.atomic
def show(question: EventQuestion, *, is_hidden: bool, by: User) -> EventQuestion:
    """Hide a question that does not belong here, or show it again."""
    question = EventQuestion.objects.select_for_update().get(pk=question.pk)
    rules.can_keep(by, question.event).or_raise()
    question.is_hidden = is_hidden
    question.save(update_fields=["is_hidden"])
    return question


@transaction.atomic
def give_feedback(event: Event, *, stars: int, text: str, student: User, at: datetime) -> EventFeedback:
    """Once, by somebody who was there; what they say later takes the place of it."""
    registration = event.registrations.select_for_update().filter(student=student).first()
    if registration is None or registration.checked_in_at is None:
        raise PermissionDenied(_("Only those who were there say how it was."))
    said, _is_new = EventFeedback.objects.update_or_create(
        registration=registration, defaults={"stars": stars, "text": text, "at": at}
    )
    return said
