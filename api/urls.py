"""Addresses of the API, of its reference, and of the pages around it."""

from django.urls import URLPattern, URLResolver, include, path

from api.portal import addresses
from api.views import collected, reference, tokens

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/openapi.json", reference.openapi, name="openapi"),
    path("api/v1/docs", reference.reference, name="reference"),
    path("api/v1/docs/<slug:name>", reference.section, name="section"),
    path("api/v1/", include([*addresses()])),
    path("profile/tokens/", tokens.token_list, name="tokens"),
    path("profile/tokens/new/", tokens.new_token, name="new_token"),
    path("profile/tokens/<int:pk>/revoke/", tokens.revoke_token, name="revoke_token"),
    path("collected/", collected.collected, name="collected"),
    path("collected/<slug:slug>/", collected.collected_figure, name="collected_figure"),
    path("tokens/", tokens.all_tokens, name="every_token"),
]
