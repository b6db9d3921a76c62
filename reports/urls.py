"""Addresses of reports. The first page, `home`, is named without a namespace and stands in config/urls.py."""

from django.urls import URLPattern, URLResolver, path, re_path

from reports.views import dashboard, figures, installing, reports, standing, targets, weekly

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/<slug:slug>/", figures.figure, name="figure"),
    path("dashboard/<slug:slug>/keep/", standing.figure_keep, name="figure_keep"),
    path("dashboard/<slug:slug>/compare/", standing.figure_compare, name="figure_compare"),
    path("dashboard/<slug:slug>/target/", targets.target_new, name="target_new"),
    path("dashboard/<slug:slug>/target/<int:pk>/drop/", targets.target_drop, name="target_drop"),
    path("dashboard/<slug:slug>/owner/", targets.figure_owner, name="figure_owner"),
    path("reports/", reports.report_list, name="report_list"),
    path("reports/weekly/", weekly.weekly, name="weekly"),
    re_path(r"^reports/weekly\.(?P<kind>xlsx|pdf)$", weekly.weekly_file, name="weekly_file"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/again/", reports.report_again, name="report_again"),
    re_path(r"^reports/(?P<pk>\d+)/(?P<kind>workbook|pdf)/$", reports.report_file, name="report_file"),
]
