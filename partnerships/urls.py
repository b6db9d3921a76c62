"""Addresses of partnerships."""

from django.urls import URLPattern, URLResolver, path

from partnerships.views import agreements, contacts, enterprises, notes, papers, programmes, timeline

app_name = "partnerships"
urlpatterns: list[URLPattern | URLResolver] = [
    path("enterprises/", enterprises.enterprise_list, name="enterprise_list"),
    path("enterprises/new/", enterprises.enterprise_new, name="enterprise_new"),
    path("enterprises/<int:pk>/", enterprises.enterprise, name="enterprise"),
    path("enterprises/<int:pk>/edit/", enterprises.enterprise_edit, name="enterprise_edit"),
    path("enterprises/<int:pk>/confirm/", enterprises.enterprise_confirm, name="enterprise_confirm"),
    path("enterprises/<int:pk>/timeline/", timeline.timeline, name="timeline"),
    path("timeline/<int:pk>/letter/", timeline.letter, name="letter"),
    path("enterprises/<int:pk>/notes/", notes.notes, name="notes"),
    path("notes/<int:pk>/edit/", notes.note_edit, name="note_edit"),
    path("notes/<int:pk>/delete/", notes.note_delete, name="note_delete"),
    path("enterprises/<int:pk>/files/", notes.papers, name="papers"),
    path("enterprises/<int:pk>/files/new/", notes.paper_new, name="paper_new"),
    path("enterprises/files/<int:pk>/", notes.paper, name="paper"),
    path("enterprises/files/<int:pk>/remove/", notes.paper_remove, name="paper_remove"),
    path("enterprises/<int:pk>/agreements/", enterprises.enterprise_agreements, name="enterprise_agreements"),
    path("enterprises/<int:pk>/needs/", enterprises.enterprise_needs, name="enterprise_needs"),
    path("enterprises/<int:pk>/brief.pdf", timeline.brief, name="brief"),
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
