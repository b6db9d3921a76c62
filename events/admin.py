"""For repair by administrators; daily work never needs it."""

from django.contrib import admin

from events.models import Event, EventItem, EventSpeaker


class EventSpeakerInline(admin.TabularInline):  # type: ignore[type-arg]
    model = EventSpeaker
    extra = 0
    raw_id_fields = ["enterprise"]


class EventItemInline(admin.TabularInline):  # type: ignore[type-arg]
    model = EventItem
    extra = 0


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "kind", "held_on", "place"]
    list_filter = ["kind"]
    search_fields = ["name"]
    raw_id_fields = ["enterprises"]
    inlines = [EventSpeakerInline, EventItemInline]
