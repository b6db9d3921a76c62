"""Addresses of placements."""

from django.urls import URLPattern, URLResolver, path

from placements.views import applications, applying, drafting, employers, posting_lists, postings, resumes

app_name = "placements"
urlpatterns: list[URLPattern | URLResolver] = [
    path("postings/", posting_lists.posting_list, name="posting_list"),
    path("postings/export.xlsx", posting_lists.posting_export, name="posting_export"),
    path("postings/<int:pk>/", postings.posting, name="posting"),
    path("postings/<int:pk>/edit/", drafting.posting_edit, name="posting_edit"),
    path("postings/<int:pk>/move/", postings.posting_move, name="posting_move"),
    path("postings/<int:pk>/apply/", applying.apply, name="apply"),
    path("enterprises/<int:pk>/postings/", posting_lists.enterprise_postings, name="enterprise_postings"),
    path("enterprises/<int:pk>/postings/new/", drafting.posting_new, name="posting_new"),
    path("applications/", applications.application_list, name="application_list"),
    path("applications/<int:pk>/", applications.application, name="application"),
    path("applications/<int:pk>/files/<int:file>/", applying.document, name="document"),
    path("applications/<int:pk>/move/", applications.application_move, name="application_move"),
    path("applications/<int:pk>/withdraw/", applications.application_withdraw, name="application_withdraw"),
    path("profile/resumes/", resumes.resume_list, name="resume_list"),
    path("profile/resumes/<int:pk>/", resumes.resume, name="resume"),
    path("profile/resumes/<int:pk>/delete/", resumes.resume_delete, name="resume_delete"),
    path("profile/resumes/written/<str:language>.pdf", resumes.resume_written, name="resume_written"),
    path("profile/resumes/entries/new/", resumes.entry_new, name="entry_new"),
    path("profile/resumes/entries/<int:pk>/", resumes.entry_edit, name="entry_edit"),
    path("profile/resumes/entries/<int:pk>/delete/", resumes.entry_delete, name="entry_delete"),
    path("employers/", employers.employer_list, name="employer_list"),
    path("employers/<int:pk>/", employers.employer, name="employer"),
]
