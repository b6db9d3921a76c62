"""For repair by administrators; daily work never needs it. What advisers note is not here: they alone read it."""

from django.contrib import admin

from guidance.models import AdviceSlot, Adviser, Appointment


@admin.register(Adviser)
class AdviserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["user", "place", "is_active"]
    list_select_related = ["user"]
    raw_id_fields = ["user"]


@admin.register(AdviceSlot)
class AdviceSlotAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["starts_at", "adviser", "place", "withdrawn_at"]
    list_select_related = ["adviser__user"]


@admin.register(Appointment)
class AppointmentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["slot", "student", "topic", "state"]
    list_select_related = ["slot", "student"]
    list_filter = ["state", "topic"]
    raw_id_fields = ["slot", "student", "cancelled_by"]
    exclude = ["question"]
