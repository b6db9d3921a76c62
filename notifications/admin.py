"""A look at stored messages; sending again is done in the outbox."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from notifications.models.messages import OutgoingMessage
from notifications.models.preferences import Preference, StoppedLetter


class _ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(OutgoingMessage)
class OutgoingMessageAdmin(_ReadOnly):
    list_display = ("subject", "to_name", "channel", "matter", "state", "queued_at")
    list_filter = ("state", "channel", "matter")
    list_select_related = ("recipient",)
    search_fields = ("key", "recipient__number", "recipient__name", "addressee", "address")
    exclude = ("link",)  # a letter's link opens something without signing in


@admin.register(Preference)
class PreferenceAdmin(_ReadOnly):
    list_display = ("user", "matter", "channel", "pace")
    list_filter = ("matter", "channel")
    list_select_related = ("user",)


@admin.register(StoppedLetter)
class StoppedLetterAdmin(_ReadOnly):
    """An address that wants letters again is taken off here."""

    list_display = ("address", "matter", "at")
    list_filter = ("matter",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super(_ReadOnly, self).has_delete_permission(request, obj)
