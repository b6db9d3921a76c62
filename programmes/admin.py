"""Repair pages of what programmes and investments consist of; daily work never needs them."""

from __future__ import annotations

from django.contrib import admin

from partnerships.models.commitments import InvestmentReceipt
from partnerships.models.programmes import ProgrammeCohort, ProgrammeCourse, Textbook
from programmes.models import PlaqueCondition


@admin.register(ProgrammeCohort)
class ProgrammeCohortAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["__str__", "programme", "year", "graduates_in"]
    list_select_related = ["programme"]
    raw_id_fields = ["programme"]


@admin.register(ProgrammeCourse)
class ProgrammeCourseAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "programme", "term"]
    list_select_related = ["programme"]
    raw_id_fields = ["programme"]


@admin.register(Textbook)
class TextbookAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["title", "programme", "isbn"]
    list_select_related = ["programme"]
    raw_id_fields = ["programme"]


@admin.register(InvestmentReceipt)
class InvestmentReceiptAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["investment", "amount", "received_on"]
    list_select_related = ["investment"]
    raw_id_fields = ["investment", "by"]


@admin.register(PlaqueCondition)
class PlaqueConditionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["kind", "needs_agreement", "years", "interns", "intern_years"]
