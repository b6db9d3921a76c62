"""Addresses of notifications."""

from django.urls import URLPattern, URLResolver, path

from notifications import views

app_name = "notifications"
urlpatterns: list[URLPattern | URLResolver] = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.read_all, name="read_all"),
    path("inbox/<int:pk>/", views.open, name="open"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:pk>/again/", views.again, name="again"),
    path("outbox/<int:pk>/mend/", views.mend, name="mend"),
    path("profile/messages/", views.preferences, name="preferences"),
]
