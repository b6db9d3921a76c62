"""The repair pages of administrators, behind the portal's own sign-in."""

from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    default_site = "config.admin.RepairSite"
