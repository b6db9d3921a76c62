"""Administrators repair records here; daily work never needs it."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class RepairSite(admin.AdminSite):
    site_header = _("Repair pages")
    site_title = _("Repair pages")
    login_template = None

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_staff)
