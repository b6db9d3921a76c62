"""Addresses of partnerships."""

from django.urls import URLPattern, URLResolver, path

from partnerships.views import agreements, contacts, enterprises, links, papers, programmes, proposals

app_name = "partnerships"
urlpatterns: list[URLPattern | URLResolver] = [
    path("enterprises/", enterprises.enterprise_list, name="enterprise_list"),
    path("enterprises/new/", enterprises.enterprise_new, name="enterprise_new"),
    path("enterprises/<int:pk>/", enterprises.enterprise, name="enterprise"),
    path("enterprises/<int:pk>/edit/", enterprises.enterprise_edit, name="enterprise_edit"),
    path("enterprises/<int:pk>/confirm/", enterprises.enterprise_confirm, name="enterprise_confirm"),
    path("enterprises/<int:pk>/timeline/", enterprises.timeline, name="timeline"),
    path("enterprises/<int:pk>/agreements/", enterprises.enterprise_agreements, name="enterprise_agreements"),
    path("enterprises/<int:pk>/needs/", enterprises.enterprise_needs, name="enterprise_needs"),
    path("enterprises/<int:pk>/brief.pdf", enterprises.brief, name="brief"),
    path("do/<str:token>/", links.file_link, name="file_link"),
    path("do/<str:token>/forward/", links.file_forward, name="file_forward"),
    path("do/<str:token>/again/", links.file_again, name="file_again"),
    path("enterprises/proposals/", proposals.proposal_list, name="proposal_list"),
    path("enterprises/answers/", proposals.answer_list, name="answer_list"),
    path("enterprises/<int:pk>/ask/", proposals.ask, name="file_ask"),
    path("enterprises/<int:pk>/ask/withdraw/", proposals.withdraw, name="file_withdraw"),
    path("enterprises/<int:pk>/proposals/take-over/", proposals.take_over, name="proposal_take_over"),
    path("proposals/<int:pk>/refuse/", proposals.refuse, name="proposal_refuse"),
    path("enterprises/<int:pk>/contacts/new/", contacts.contact_new, name="contact_new"),
    path("contacts/<int:pk>/edit/", contacts.contact_edit, name="contact_edit"),
    path("contacts/<int:pk>/left/", contacts.contact_left, name="contact_left"),
    path("enterprises/<int:pk>/needs/new/", contacts.need_new, name="need_new"),
    path("needs/", contacts.need_list, name="need_list"),
    path("needs/<int:pk>/close/", contacts.need_close, name="need_close"),
    path("agreements/", agreements.agreement_list, name="agreement_list"),
    path("agreements/<int:pk>/", agreements.agreement, name="agreement"),
    path("enterprises/<int:pk>/agreements/new/", agreements.agreement_new, name="agreement_new"),
    path("agreements/<int:pk>/edit/", agreements.agreement_edit, name="agreement_edit"),
    path("agreements/<int:pk>/move/", agreements.agreement_move, name="agreement_move"),
    path("agreements/<int:pk>/signatures/new/", papers.signature_new, name="signature_new"),
    path("agreements/<int:pk>/files/new/", papers.agreement_file_new, name="agreement_file_new"),
    path("agreements/files/<int:pk>/", papers.agreement_file, name="agreement_file"),
    path("agreements/<int:pk>/promises/new/", papers.commitment_new, name="commitment_new"),
    path("promises/<int:pk>/close/", papers.commitment_close, name="commitment_close"),
    path("programmes/", programmes.programme_list, name="programme_list"),
    path("programmes/<int:pk>/", programmes.programme, name="programme"),
    path("mentors/", programmes.mentor_list, name="mentor_list"),
    path("communities/", programmes.community_list, name="community_list"),
    path("communities/<int:pk>/", programmes.community, name="community"),
]
