"""For repair by administrators; daily work never needs it."""

from django.contrib import admin

from drafting.models.texts import AgreementTemplate, Letterhead, Revision, RevisionClause, TemplateClause


class TemplateClauseInline(admin.StackedInline):  # type: ignore[type-arg]
    model = TemplateClause
    extra = 0


@admin.register(AgreementTemplate)
class AgreementTemplateAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name_zh", "kind", "is_active"]
    list_filter = ["is_active", "kind"]
    list_select_related = ["kind"]
    inlines = [TemplateClauseInline]


class RevisionClauseInline(admin.StackedInline):  # type: ignore[type-arg]
    model = RevisionClause
    extra = 0
    raw_id_fields = ["origin"]


@admin.register(Revision)
class RevisionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["agreement", "number", "note", "by", "at"]
    list_select_related = ["agreement", "by"]
    raw_id_fields = ["agreement", "template", "by"]
    search_fields = ["agreement__title", "agreement__number"]
    inlines = [RevisionClauseInline]


admin.site.register(Letterhead)
