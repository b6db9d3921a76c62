"""Repair of people and of the school's own names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models.people import Assistant, RoleGrant, StudentProfile, User
from accounts.models.school import College, Facility, Major, Office, School, SpecialDay


class _LowerCaseEmail(forms.ModelForm):  # type: ignore[type-arg]
    def clean_email(self) -> str:
        """Addresses are kept in lower case, as the services keep them."""
        return str(self.cleaned_data["email"]).lower()


class AddPersonForm(_LowerCaseEmail, AdminUserCreationForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ("email", "number", "name")


class ChangePersonForm(_LowerCaseEmail, UserChangeForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = "__all__"  # noqa: DJ007  the fieldsets below say which


class RoleGrantInline(admin.TabularInline):  # type: ignore[type-arg]
    model = RoleGrant
    extra = 0


class AssistantInline(admin.TabularInline):  # type: ignore[type-arg]
    """On the page of the leader."""

    model = Assistant
    fk_name = "leader"
    extra = 0
    autocomplete_fields = ("user",)


@admin.register(Assistant)
class AssistantAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Who writes for whom; people are administered here, the portal has no page of its own for them."""

    list_display = ("leader", "user", "starts_on", "ends_on")
    list_select_related = ("leader", "user")
    search_fields = ("leader__number", "leader__name", "user__number", "user__name")
    autocomplete_fields = ("leader", "user")


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]
    form = ChangePersonForm
    add_form = AddPersonForm
    inlines = (RoleGrantInline, AssistantInline)
    list_display = ("number", "name", "email", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff", "is_demo", "role_grants__role")
    search_fields = ("number", "name", "name_en", "email")
    ordering = ("number",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "joined_at")
    fieldsets = (
        (None, {"fields": ("number", "email", "password")}),
        (_("Person"), {"fields": ("name", "name_en", "title", "title_en", "language", "theme")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "is_demo", "last_login", "joined_at")}),
    )
    add_fieldsets = ((None, {"fields": ("number", "email", "name", "usable_password", "password1", "password2")}),)

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.inlines if obj else ()


@admin.register(StudentProfile)
class StudentProfileAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("user", "major", "class_of", "class_name", "level")
    list_filter = ("class_of", "level", "major__college")
    list_select_related = ("user", "major")
    search_fields = ("user__number", "user__name", "user__name_en")
    autocomplete_fields = ("user", "major")


@admin.register(School)
class SchoolAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name_zh", "name_en", "city")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not School.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: School, form: Any, change: bool) -> None:  # noqa: FBT001
        obj.pk = 1
        super().save_model(request, obj, form, change)


@admin.register(College)
class CollegeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("code", "name_zh", "name_en")
    search_fields = ("code", "name_zh", "name_en")


@admin.register(Office)
class OfficeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name_zh", "name_en", "kind", "college")
    list_filter = ("kind",)
    list_select_related = ("college",)
    search_fields = ("name_zh", "name_en")


@admin.register(Facility)
class FacilityAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name_zh", "name_en")
    search_fields = ("name_zh", "name_en")


@admin.register(Major)
class MajorAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("code", "name_zh", "name_en", "college", "level")
    list_filter = ("college", "level")
    list_select_related = ("college",)
    search_fields = ("code", "name_zh", "name_en")


@admin.register(SpecialDay)
class SpecialDayAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A day that is taken out comes back with the next load of the code lists: change what it is instead."""

    list_display = ("day", "name_zh", "name_en", "is_workday")
    list_filter = ("is_workday",)
    date_hierarchy = "day"
    search_fields = ("name_zh", "name_en")
