"""Addresses of agreements."""

from django.urls import URLPattern, URLResolver, path

from agreements.views import agreements, papers, parties, promises, register

app_name = "agreements"
urlpatterns: list[URLPattern | URLResolver] = [
    path("enterprises/<int:pk>/agreements/", agreements.enterprise_agreements, name="enterprise_agreements"),
    path("agreements/", register.agreement_list, name="agreement_list"),
    path("agreements/calendar/", register.agreement_calendar, name="agreement_calendar"),
    path("agreements/sleeping/", register.sleeping_agreements, name="sleeping_agreements"),
    path("agreements/<int:pk>/parties/", parties.parties, name="parties"),
    path("agreements/<int:pk>/parties/change/", parties.party_change, name="party_change"),
    path("agreements/<int:pk>/number/", parties.agreement_number, name="agreement_number"),
    path("agreements/<int:pk>/", agreements.agreement, name="agreement"),
    path("enterprises/<int:pk>/agreements/new/", agreements.agreement_new, name="agreement_new"),
    path("agreements/<int:pk>/edit/", agreements.agreement_edit, name="agreement_edit"),
    path("agreements/<int:pk>/move/", agreements.agreement_move, name="agreement_move"),
    path("agreements/<int:pk>/files/new/", papers.agreement_file_new, name="agreement_file_new"),
    path("agreements/files/<int:pk>/", papers.agreement_file, name="agreement_file"),
    path("promises/", promises.promise_list, name="promise_list"),
    path("agreements/<int:pk>/promises/", promises.promises, name="promises"),
    path("agreements/<int:pk>/promises/new/", promises.commitment_new, name="commitment_new"),
    path("enterprises/<int:pk>/promises/", promises.enterprise_promises, name="enterprise_promises"),
    path("enterprises/<int:pk>/promises/new/", promises.promise_new, name="promise_new"),
    path("promises/<int:pk>/", promises.promise, name="promise"),
    path("promises/<int:pk>/edit/", promises.promise_edit, name="promise_edit"),
    path("promises/<int:pk>/close/", promises.commitment_close, name="commitment_close"),
    path("promises/<int:pk>/reopen/", promises.promise_reopen, name="promise_reopen"),
    path("promises/evidence/<int:pk>/remove/", promises.evidence_remove, name="evidence_remove"),
]
