"""Addresses of calendars."""

from django.urls import URLPattern, URLResolver, path

from calendars.views import feeds, invitations

app_name = "calendars"
urlpatterns: list[URLPattern | URLResolver] = [
    path("profile/calendar/", feeds.calendar, name="calendar"),
    path("calendar/<slug:token>.ics", feeds.feed, name="feed"),
    path("visits/<int:pk>/invitations/", invitations.invitations, name="invitations"),
]
