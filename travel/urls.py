"""Addresses of travel."""

from django.urls import URLPattern, URLResolver

app_name = "travel"
urlpatterns: list[URLPattern | URLResolver] = []
