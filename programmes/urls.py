"""Addresses of programmes."""

from django.urls import URLPattern, URLResolver, path

from programmes.views import programmes

app_name = "programmes"
urlpatterns: list[URLPattern | URLResolver] = [
    path("programmes/", programmes.programme_list, name="programme_list"),
    path("programmes/<int:pk>/", programmes.programme, name="programme"),
    path("mentors/", programmes.mentor_list, name="mentor_list"),
]
