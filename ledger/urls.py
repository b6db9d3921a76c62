"""Addresses of ledger."""

from django.urls import URLPattern, URLResolver, path

from ledger.views import bringing, codes, imports, ledger, platform

app_name = "ledger"
urlpatterns: list[URLPattern | URLResolver] = [
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/platform/", platform.platform, name="platform"),
    path("ledger/platform/make/", platform.platform_make, name="platform_make"),
    path("ledger/platform/files/", platform.platform_files, name="platform_files"),
    path("ledger/platform/files/<int:pk>/", platform.platform_file, name="platform_file"),
    path("ledger/platform/files/<int:pk>/download/", platform.platform_fetch, name="platform_fetch"),
    path("ledger/platform/codes/", codes.codes, name="codes"),
    path("ledger/platform/visits/<int:pk>/", codes.visit_upload, name="visit_upload"),
    path("ledger/imports/", imports.import_list, name="import_list"),
    path("ledger/imports/new/", bringing.import_new, name="import_new"),
    path("ledger/imports/template/", bringing.template, name="template"),
    path("ledger/imports/<int:pk>/", imports.import_page, name="import"),
    path("ledger/imports/<int:pk>/columns/", bringing.columns, name="columns"),
    path("ledger/imports/<int:pk>/columns/again/", bringing.columns_again, name="columns_again"),
    path("ledger/imports/<int:pk>/errors/", imports.problems, name="problems"),
    path("ledger/imports/<int:pk>/write/", imports.write, name="write"),
    path("ledger/imports/<int:pk>/undo/", imports.undo, name="undo"),
    path("ledger/imports/<int:pk>/again/", imports.again, name="again"),
]
