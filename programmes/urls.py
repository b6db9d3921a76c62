"""Addresses of programmes."""

from django.urls import URLPattern, URLResolver, path

from programmes.views import mentors, programmes

app_name = "programmes"
urlpatterns: list[URLPattern | URLResolver] = [
    path("programmes/", programmes.programme_list, name="programme_list"),
    path("programmes/<int:pk>/", programmes.programme, name="programme"),
    path("mentors/", mentors.mentor_list, name="mentor_list"),
]
