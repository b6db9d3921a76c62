"""Celery's way into reports."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from reports import building
from reports.services import snapshots


@shared_task(name="reports.build", acks_late=True, ignore_result=True)
def build(build_id: int) -> None:
    building.build_report(build_id, now=timezone.now())


@shared_task(name="reports.sweep_builds", ignore_result=True, expires=60)
def sweep_builds() -> None:
    """Ring again for what a stopped broker or a killed worker left behind."""
    for build_id in building.sweep(now=timezone.now()):
        build.delay(build_id)


@shared_task(name="reports.take_snapshots", ignore_result=True)
def take_snapshots() -> None:
    snapshots.take_snapshots(now=timezone.now())
