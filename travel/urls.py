"""Addresses of travel: whom to visit, trips and their stops."""

from django.urls import URLPattern, URLResolver, path

from travel.views import candidates, stops, trips

app_name = "travel"
urlpatterns: list[URLPattern | URLResolver] = [
    path("trips/", trips.trip_list, name="trip_list"),
    path("trips/candidates/", candidates.candidate_list, name="candidate_list"),
    path("trips/new/", trips.trip_new, name="trip_new"),
    path("trips/<int:pk>/", trips.trip, name="trip"),
    path("trips/<int:pk>/edit/", trips.trip_edit, name="trip_edit"),
    path("trips/<int:pk>/call-off/", trips.trip_call_off, name="trip_call_off"),
    path("trips/<int:pk>/sheet/", trips.sheet, name="sheet"),
    path("trips/<int:pk>/stops/new/", stops.stop_new, name="stop_new"),
    path("trips/stops/<int:pk>/edit/", stops.stop_edit, name="stop_edit"),
    path("trips/stops/<int:pk>/move/", stops.stop_move, name="stop_move"),
    path("trips/stops/<int:pk>/take-off/", stops.stop_take_off, name="stop_take_off"),
]
