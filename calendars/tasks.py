"""Celery's way in."""

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from calendars.services.interviews import send_interview_invitations as send_interviews
from calendars.services.invitations import send_invitations as send


@shared_task(name="calendars.send_invitations", autoretry_for=(OperationalError,), retry_backoff=30, max_retries=3)
def send_invitations() -> None:
    send(now=timezone.now())
    send_interviews(now=timezone.now())
