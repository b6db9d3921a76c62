"""For repair only; daily work happens in the portal's own pages."""

from django.contrib import admin

from desk.models.accounts import ContactAccount
from desk.models.lists import PostingList
from desk.models.requests import DeskRequest, PostingOffer


@admin.register(ContactAccount)
class ContactAccountAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("contact", "user", "invited_at", "ended_at")
    raw_id_fields = ("user", "contact", "invited_by")


@admin.register(DeskRequest)
class DeskRequestAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("enterprise", "purpose", "name", "asked_at")
    list_filter = ("purpose",)
    raw_id_fields = ("enterprise", "posting", "contact", "asked_by")


@admin.register(PostingOffer)
class PostingOfferAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("posting", "name", "at")
    raw_id_fields = ("posting", "request")


@admin.register(PostingList)
class PostingListAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "by", "at", "written_at", "undone_at")
    raw_id_fields = ("by", "written_by", "undone_by")
