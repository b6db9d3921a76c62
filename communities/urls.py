"""Addresses of communities."""

from django.urls import URLPattern, URLResolver, path

from communities.views import communities

app_name = "communities"
urlpatterns: list[URLPattern | URLResolver] = [
    path("communities/", communities.community_list, name="community_list"),
    path("communities/<int:pk>/", communities.community, name="community"),
]
