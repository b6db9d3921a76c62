"""Addresses of placements."""

from django.urls import URLPattern, URLResolver, path

from placements.views import (
    applications,
    board,
    drafting,
    employers,
    interviews,
    numbers,
    posting_lists,
    postings,
    reasons,
)

app_name = "placements"
urlpatterns: list[URLPattern | URLResolver] = [
    path("postings/", posting_lists.posting_list, name="posting_list"),
    path("postings/export.xlsx", posting_lists.posting_export, name="posting_export"),
    path("postings/<int:pk>/", postings.posting, name="posting"),
    path("postings/<int:pk>/edit/", drafting.posting_edit, name="posting_edit"),
    path("postings/<int:pk>/move/", postings.posting_move, name="posting_move"),
    path("postings/<int:pk>/apply/", applications.apply, name="apply"),
    path("enterprises/<int:pk>/postings/", posting_lists.enterprise_postings, name="enterprise_postings"),
    path("enterprises/<int:pk>/postings/new/", drafting.posting_new, name="posting_new"),
    path("postings/numbers/", numbers.numbers, name="numbers"),
    path("postings/numbers/<slug:slug>/", numbers.rows, name="numbers_rows"),
    path("postings/reasons/", reasons.reason_list, name="reason_list"),
    path("postings/reasons/new/", reasons.reason_new, name="reason_new"),
    path("postings/reasons/<int:pk>/", reasons.reason_edit, name="reason_edit"),
    path("postings/<int:pk>/applications/", board.board, name="board"),
    path("postings/<int:pk>/interviews/", interviews.interviews, name="interviews"),
    path("interviews/<int:pk>/edit/", interviews.interview_edit, name="interview_edit"),
    path("interviews/<int:pk>/cancel/", interviews.interview_cancel, name="interview_cancel"),
    path("applications/<int:pk>/interview/", interviews.interview_book, name="interview_book"),
    path("applications/<int:pk>/interview/give-back/", interviews.interview_give_back, name="interview_give_back"),
    path("applications/<int:pk>/notes/", applications.application_note, name="application_note"),
    path("applications/", applications.application_list, name="application_list"),
    path("applications/<int:pk>/", applications.application, name="application"),
    path("applications/<int:pk>/move/", applications.application_move, name="application_move"),
    path("applications/<int:pk>/withdraw/", applications.application_withdraw, name="application_withdraw"),
    path("employers/", employers.employer_list, name="employer_list"),
    path("employers/<int:pk>/", employers.employer, name="employer"),
]
