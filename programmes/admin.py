"""For repair by administrators; daily work never needs it."""

from django.contrib import admin

from programmes.models import PlaqueCondition


@admin.register(PlaqueCondition)
class PlaqueConditionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["kind", "needs_agreement", "years", "interns", "intern_years"]
