"""The Celery application; the schedule stands in config/settings.py."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("portal")
app.set_default()  # for threads too: Celery alone leaves them the first application that any library made
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
