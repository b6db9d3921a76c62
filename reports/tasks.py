"""Celery's way into reports."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from reports import building, due
from reports.services import clearing, snapshots


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


@shared_task(name="reports.clear_old_files", ignore_result=True)
def clear_old_files() -> None:
    clearing.clear_old_files(now=timezone.now())


@shared_task(name="reports.store_due", ignore_result=True, expires=600)
def store_due() -> None:
    """What the schedules make due by now; twice rung, once stored."""
    for build_id in due.store_due(now=timezone.now()):
        build.delay(build_id)
