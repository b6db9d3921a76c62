"""Addresses of reports. The first page, `home`, is named without a namespace and stands in config/urls.py."""

from django.urls import URLPattern, URLResolver, path, re_path

from reports.views import dashboard, figures, installing, reports, weekly

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/<slug:slug>/", figures.figure, name="figure"),
    path("dashboard/<slug:slug>/export.xlsx", figures.figure_export, name="figure_export"),
    path("reports/", reports.report_list, name="report_list"),
    path("reports/weekly/", weekly.weekly, name="weekly"),
    re_path(r"^reports/weekly\.(?P<kind>xlsx|pdf)$", weekly.weekly_file, name="weekly_file"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/again/", reports.report_again, name="report_again"),
    re_path(r"^reports/(?P<pk>\d+)/(?P<kind>workbook|pdf)/$", reports.report_file, name="report_file"),
]
