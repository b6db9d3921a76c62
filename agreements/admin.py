"""For repair by administrators; daily work never needs it."""

from django.contrib import admin

from agreements.models import NumberSeries


@admin.register(NumberSeries)
class NumberSeriesAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["series", "last"]
    readonly_fields = ["series"]
