"""Addresses of communities."""

from django.urls import URLPattern, URLResolver, path

from communities.views import communities, lists, meetings, organs, shared, sharing

app_name = "communities"
urlpatterns: list[URLPattern | URLResolver] = [
    path("communities/", communities.community_list, name="community_list"),
    path("communities/<int:pk>/", communities.community, name="community"),
    path("communities/<int:pk>/organs/", organs.organs, name="organs"),
    path("communities/<int:pk>/organs/new/", organs.organ_new, name="organ_new"),
    path("organs/<int:pk>/edit/", organs.organ_edit, name="organ_edit"),
    path("organs/<int:pk>/end/", organs.organ_end, name="organ_end"),
    path("organs/<int:pk>/seats/new/", organs.seat_new, name="seat_new"),
    path("seats/<int:pk>/edit/", organs.seat_edit, name="seat_edit"),
    path("communities/<int:pk>/charters/new/", organs.charter_new, name="charter_new"),
    path("charters/<int:pk>/", organs.charter, name="charter"),
    path("communities/<int:pk>/meetings/", meetings.meetings, name="meetings"),
    path("communities/<int:pk>/meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("meetings/<int:pk>/edit/", meetings.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/minutes/", meetings.minutes, name="minutes"),
    path("meetings/<int:pk>/resolutions/new/", meetings.resolution_new, name="resolution_new"),
    path("resolutions/<int:pk>/edit/", meetings.resolution_edit, name="resolution_edit"),
    path("communities/<int:pk>/sharing/", sharing.sharing, name="sharing"),
    path("communities/<int:pk>/sharing/new/", sharing.resource_new, name="resource_new"),
    path("communities/<int:pk>/sharing/links/", sharing.links_send, name="links_send"),
    path("resources/<int:pk>/edit/", sharing.resource_edit, name="resource_edit"),
    path("resources/<int:pk>/ask/", sharing.request_new, name="request_new"),
    path("requests/<int:pk>/answer/", sharing.request_answer, name="request_answer"),
    path("member-links/<int:pk>/revoke/", sharing.link_revoke, name="link_revoke"),
    path("shared/<str:token>/", shared.shared, name="shared"),
    path("shared/<str:token>/<int:pk>/", shared.shared_ask, name="shared_ask"),
    path("shared/<str:token>/<int:pk>/withdraw/", shared.shared_withdraw, name="shared_withdraw"),
    path("communities/<int:pk>/lists/", lists.lists, name="lists"),
    path("communities/<int:pk>/lists/new/", lists.entry_new, name="entry_new"),
    path("list-entries/<int:pk>/edit/", lists.entry_edit, name="entry_edit"),
    path("list-entries/<int:pk>/close/", lists.entry_close, name="entry_close"),
]
