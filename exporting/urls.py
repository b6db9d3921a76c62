"""Addresses of the log of exports."""

from django.urls import path

from exporting import views

app_name = "exporting"
urlpatterns = [path("exports/", views.export_list, name="export_list")]
