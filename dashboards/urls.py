"""Addresses of dashboards. The first page, `home`, is named without a namespace and stands in config/urls.py."""

from django.urls import URLPattern, URLResolver, path

from dashboards.views import boards, partners

app_name = "dashboards"
urlpatterns: list[URLPattern | URLResolver] = [
    path("dashboard/", boards.campaign, name="campaign"),
    path("dashboards/", boards.board_list, name="board_list"),
    path("dashboards/partners/enterprises/", partners.partner_list, name="partner_list"),
    path("dashboards/<slug:slug>/", boards.board, name="board"),
    path("dashboards/<slug:slug>/again/", boards.board_again, name="board_again"),
]
