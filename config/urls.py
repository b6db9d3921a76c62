"""All addresses; each app states its own."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from accounts.views import language
from dashboards.views.today import home

handler400 = "core.pages.bad_request"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("", include("core.urls")),
    path("", include("accounts.urls")),
    path("", include("exporting.urls")),
    path("", include("notifications.urls")),
    path("", include("partnerships.urls")),
    path("", include("imports.urls")),
    path("", include("agreements.urls")),
    path("", include("drafting.urls")),
    path("", include("signing.urls")),
    path("", include("programmes.urls")),
    path("", include("communities.urls")),
    path("", include("placements.urls")),
    path("", include("events.urls")),
    path("", include("desk.urls")),
    path("", include("following.urls")),
    path("", include("guidance.urls")),
    path("", include("visits.urls")),
    path("", include("travel.urls")),
    path("", include("calendars.urls")),
    path("", include("ledger.urls")),
    path("", include("surveys.urls")),
    path("", include("reports.urls")),
    path("", include("dashboards.urls")),
    path("", include("api.urls")),
    path("language/", language, name="set_language"),
    path("accounts/", include("accounts.entrance_urls")),
    path("admin/", admin.site.urls),
]

if settings.DEBUG:
    urlpatterns.append(path("__debug__/", include("debug_toolbar.urls")))
