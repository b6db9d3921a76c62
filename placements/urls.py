"""Addresses of placements."""

from django.urls import URLPattern, URLResolver, path

from placements.views import applications, drafting, employers, fitting, posting_lists, postings, reviewing

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
    path("postings/<int:pk>/copy/", drafting.posting_copy, name="posting_copy"),
    path("postings/holds/<int:pk>/", reviewing.hold_lift, name="hold_lift"),
    path("postings/held-words/", reviewing.held_words, name="held_words"),
    path("postings/held-words/new/", reviewing.held_word_edit, name="held_word_new"),
    path("postings/held-words/<int:pk>/", reviewing.held_word_edit, name="held_word_edit"),
    path("postings/minimum-wages/", reviewing.minimum_wages, name="minimum_wages"),
    path("postings/minimum-wages/new/", reviewing.minimum_wage_edit, name="minimum_wage_new"),
    path("postings/minimum-wages/<int:pk>/", reviewing.minimum_wage_edit, name="minimum_wage_edit"),
    path("postings/trusted/", reviewing.trusted_list, name="trusted_list"),
    path("postings/trusted/<int:pk>/end/", reviewing.trust_end, name="trust_end"),
    path("postings/<int:pk>/apply/", applications.apply, name="apply"),
    path("enterprises/<int:pk>/postings/", posting_lists.enterprise_postings, name="enterprise_postings"),
    path("enterprises/<int:pk>/postings/new/", drafting.posting_new, name="posting_new"),
    path("enterprises/<int:pk>/postings/trust/", reviewing.trust_edit, name="trust_edit"),
    path("applications/", applications.application_list, name="application_list"),
    path("applications/<int:pk>/", applications.application, name="application"),
    path("applications/<int:pk>/move/", applications.application_move, name="application_move"),
    path("applications/<int:pk>/withdraw/", applications.application_withdraw, name="application_withdraw"),
    path("employers/", employers.employer_list, name="employer_list"),
    path("employers/<int:pk>/", employers.employer, name="employer"),
]
