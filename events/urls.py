"""Addresses of events."""

from django.urls import URLPattern, URLResolver, path

from events.views import events

app_name = "events"
urlpatterns: list[URLPattern | URLResolver] = [
    path("events/", events.event_list, name="event_list"),
    path("events/<int:pk>/", events.event, name="event"),
]
