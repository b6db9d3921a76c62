"""Addresses of figures and reports."""

from django.urls import URLPattern, URLResolver, path, re_path

from reports.views import asking, figures, installing, reports, schedules, standing, targets, weekly

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("dashboard/<slug:slug>/", figures.figure, name="figure"),
    path("dashboard/<slug:slug>/keep/", standing.figure_keep, name="figure_keep"),
    path("dashboard/<slug:slug>/compare/", standing.figure_compare, name="figure_compare"),
    path("dashboard/<slug:slug>/target/", targets.target_new, name="target_new"),
    path("dashboard/<slug:slug>/target/<int:pk>/drop/", targets.target_drop, name="target_drop"),
    path("dashboard/<slug:slug>/owner/", targets.figure_owner, name="figure_owner"),
    path("reports/", reports.report_list, name="report_list"),
    path("reports/weekly/", weekly.weekly, name="weekly"),
    re_path(r"^reports/weekly\.(?P<kind>xlsx|pdf)$", weekly.weekly_file, name="weekly_file"),
    path("reports/new/<slug:slug>/", asking.new, name="new"),
    path("reports/schedules/", schedules.schedule_list_page, name="schedule_list"),
    path("reports/schedules/new/<slug:slug>/", schedules.schedule_new, name="schedule_new"),
    path("reports/schedules/<int:pk>/", schedules.schedule, name="schedule"),
    path("reports/schedules/<int:pk>/edit/", schedules.schedule_edit, name="schedule_edit"),
    path("reports/schedules/<int:pk>/active/", schedules.schedule_active, name="schedule_active"),
    path("reports/files/<int:pk>/", reports.file, name="file"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/again/", reports.report_again, name="report_again"),
    path("reports/<int:pk>/cancel/", reports.report_cancel, name="report_cancel"),
    path("reports/<int:pk>/delete/", reports.report_delete, name="report_delete"),
    re_path(r"^reports/(?P<pk>\d+)/(?P<kind>workbook|pdf)/$", reports.report_file, name="report_file"),
]
