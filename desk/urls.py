"""Addresses of desk."""

from django.urls import URLPattern, URLResolver, path, re_path

from desk.views import home, lists, outside, shown, staff

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", home.home, name="home"),
    path("desk/postings/new/", home.posting_new, name="posting_new"),
    path("desk/postings/<int:pk>/", home.posting, name="posting"),
    path("desk/postings/<int:pk>/edit/", home.posting_edit, name="posting_edit"),
    path("desk/postings/<int:pk>/interviews/", home.interviews, name="interviews"),
    path("desk/interviews/<int:pk>/cancel/", home.interview_cancel, name="interview_cancel"),
    path("desk/applications/<int:pk>/", home.application, name="application"),
    path("desk/applications/<int:pk>/answer/", home.application_move, name="application_move"),
    path("desk/applications/<int:pk>/papers/<int:document>/", home.document, name="document"),
    path("enterprises/<int:pk>/desk/", staff.enterprise, name="enterprise"),
    path("enterprises/<int:pk>/desk/ask/", staff.ask, name="ask"),
    path("postings/<int:pk>/show-applicants/", staff.show, name="show"),
    re_path(r"^desk/requests/(?P<pk>\d{1,18})/(?P<what>withdraw|again)/$", staff.request_change, name="request_change"),
    path("contacts/<int:pk>/account/", staff.invite, name="invite"),
    path("desk/accounts/<int:pk>/end/", staff.account_end, name="account_end"),
    path("postings/lists/", lists.list_new, name="list_new"),
    path("postings/lists/template/", lists.template, name="list_template"),
    path("postings/lists/<int:pk>/", lists.posting_list, name="list"),
    path("postings/lists/<int:pk>/errors/", lists.errors, name="list_errors"),
    path("postings/lists/<int:pk>/undo/", lists.undo, name="list_undo"),
    path("offer/<str:token>/", outside.offer, name="offer"),
    path("offer/<str:token>/done/", outside.offer_done, name="offer_done"),
    path("offer/<str:token>/<int:pk>/", outside.offer_edit, name="offer_edit"),
    path("offer/<str:token>/pass-on/", outside.offer_forward, name="offer_forward"),
    path("offer/<str:token>/again/", outside.offer_again, name="offer_again"),
    path("applicants/<str:token>/", shown.applicants, name="link_applicants"),
    path("applicants/<str:token>/pass-on/", outside.link_forward, name="link_forward"),
    path("applicants/<str:token>/again/", outside.link_again, name="link_again"),
    path("applicants/<str:token>/interviews/", shown.interviews, name="link_interviews"),
    path("applicants/<str:token>/interviews/<int:pk>/cancel/", shown.interview_cancel, name="link_interview_cancel"),
    path("applicants/<str:token>/<int:pk>/", shown.application, name="link_application"),
    path("applicants/<str:token>/<int:pk>/answer/", shown.application_move, name="link_application_move"),
    path("applicants/<str:token>/<int:pk>/papers/<int:document>/", shown.document, name="link_document"),
]
