"""Addresses of the API, of its reference, and of the pages around it."""

from django.urls import URLPattern, URLResolver, include, path

from api.portal import addresses

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include([*addresses()])),
]
