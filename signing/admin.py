"""For repair by administrators; daily work never needs it."""

from django.contrib import admin

from signing.models import SigningRequest, Verification


@admin.register(SigningRequest)
class SigningRequestAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["agreement", "party", "name", "way", "sent_at", "signed_at", "declined_at", "withdrawn_at"]
    list_filter = ["way"]
    search_fields = ["name", "email", "agreement__title"]
    raw_id_fields = ["agreement", "party", "contact", "user", "link", "requested_by", "signature"]


@admin.register(Verification)
class VerificationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["serial", "agreement", "issued_at"]
    search_fields = ["serial", "code"]
    raw_id_fields = ["agreement", "file"]
    readonly_fields = ["serial", "code", "sha256", "issued_at"]
