"""Addresses of notifications."""

from django.urls import URLPattern, URLResolver, path

from notifications.views import inbox, log, outbox, preferences, rules

app_name = "notifications"
urlpatterns: list[URLPattern | URLResolver] = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.read_all, name="read_all"),
    path("inbox/<int:pk>/", inbox.open, name="open"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:pk>/again/", outbox.again, name="again"),
    path("outbox/<int:pk>/mend/", outbox.mend, name="mend"),
    path("messages/", log.log, name="log"),
    path("messages/<int:pk>/", log.message, name="message"),
    path("messages/stop/<str:token>/", preferences.stop, name="stop"),
    path("reminders/", rules.reminders, name="reminders"),
    path("reminders/ahead/", rules.ahead, name="ahead"),
    path("reminders/settings/", rules.reminder_hours, name="reminder_hours"),
    path("reminders/<str:slug>/", rules.rule, name="rule"),
    path("profile/messages/", preferences.preferences, name="preferences"),
]
