"""Addresses of placements."""

from django.urls import URLPattern, URLResolver, path

from placements.views import applications, drafting, employers, fitting, posting_lists, postings

app_name = "placements"
urlpatterns: list[URLPattern | URLResolver] = [
    path("postings/", posting_lists.posting_list, name="posting_list"),
    path("postings/export.xlsx", posting_lists.posting_export, name="posting_export"),
    path("postings/for-you/", fitting.for_you, name="for_you"),
    path("postings/<int:pk>/students/", fitting.fitting_students, name="fitting_students"),
    path("postings/<int:pk>/students/invite/", fitting.invite, name="invite"),
    path("postings/<int:pk>/", postings.posting, name="posting"),
    path("postings/<int:pk>/edit/", drafting.posting_edit, name="posting_edit"),
    path("postings/<int:pk>/move/", postings.posting_move, name="posting_move"),
    path("postings/<int:pk>/apply/", applications.apply, name="apply"),
    path("enterprises/<int:pk>/postings/", posting_lists.enterprise_postings, name="enterprise_postings"),
    path("enterprises/<int:pk>/postings/new/", drafting.posting_new, name="posting_new"),
    path("applications/", applications.application_list, name="application_list"),
    path("applications/<int:pk>/", applications.application, name="application"),
    path("applications/<int:pk>/move/", applications.application_move, name="application_move"),
    path("applications/<int:pk>/withdraw/", applications.application_withdraw, name="application_withdraw"),
    path("employers/", employers.employer_list, name="employer_list"),
    path("employers/<int:pk>/", employers.employer, name="employer"),
]
