"""Addresses of accounts."""

from django.urls import URLPattern, URLResolver, path

from accounts import views

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("profile/", views.profile, name="profile"),
    path("profile/student/", views.student, name="student"),
    path("profile/appearance/", views.appearance, name="appearance"),
    path("people/<int:pk>/address/", views.address, name="address"),
]
