"""For repair by administrators; daily work never needs it."""

from django.contrib import admin

from events.models import Booth, Event, EventFeedback, EventItem, EventQuestion, EventSpeaker, Registration


class EventSpeakerInline(admin.TabularInline):  # type: ignore[type-arg]
    model = EventSpeaker
    extra = 0
    raw_id_fields = ["enterprise"]


class EventItemInline(admin.TabularInline):  # type: ignore[type-arg]
    model = EventItem
    extra = 0


class BoothInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Booth
    extra = 0
    raw_id_fields = ["enterprise"]


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "kind", "state", "held_on", "place"]
    list_filter = ["state", "kind"]
    search_fields = ["name"]
    raw_id_fields = ["enterprises", "organiser"]
    readonly_fields = ["state", "version"]
    inlines = [EventSpeakerInline, EventItemInline, BoothInline]


@admin.register(Registration)
class RegistrationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["event", "student", "state", "checked_in_at"]
    list_select_related = ["event", "student"]
    list_filter = ["state"]
    raw_id_fields = ["event", "student", "checked_in_by"]


@admin.register(EventQuestion)
class EventQuestionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["text", "event", "is_hidden"]
    list_select_related = ["event"]
    raw_id_fields = ["event", "student", "answered_by"]


@admin.register(EventFeedback)
class EventFeedbackAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["stars", "text", "at"]
    raw_id_fields = ["registration"]
