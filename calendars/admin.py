"""Repair pages; the work is done on the portal's own pages."""

from django.contrib import admin

from calendars.models import Feed, InterviewInvitation, Invitation


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("visit", "user", "contact", "sequence", "sent_at", "cancelled_at")
    raw_id_fields = ("visit", "user", "contact", "asked_by")


@admin.register(InterviewInvitation)
class InterviewInvitationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("application", "slot", "sequence", "sent_at", "cancelled_at")
    raw_id_fields = ("application", "slot")


@admin.register(Feed)
class FeedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("user", "generation", "reset_at")
    raw_id_fields = ("user",)
