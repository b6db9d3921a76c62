"""Addresses of core."""

from django.urls import URLPattern, URLResolver, path

from core import views
from core.service_worker import service_worker

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("sw.js", service_worker, name="service_worker"),
]
