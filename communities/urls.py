"""Addresses of communities."""

from django.urls import URLPattern, URLResolver, path

from communities.views import communities, member_lists, members

app_name = "communities"
urlpatterns: list[URLPattern | URLResolver] = [
    path("communities/", communities.community_list, name="community_list"),
    path("communities/new/", communities.community_new, name="community_new"),
    path("communities/<int:pk>/", communities.community, name="community"),
    path("communities/<int:pk>/edit/", communities.community_edit, name="community_edit"),
    path("communities/<int:pk>/members/", members.members, name="members"),
    path("communities/<int:pk>/members/new/", members.member_new, name="member_new"),
    path("communities/<int:pk>/members/import/", member_lists.member_list_new, name="member_list_new"),
    path("communities/member-lists/<int:pk>/", member_lists.member_list, name="member_list"),
    path("communities/member-lists/<int:pk>/errors/", member_lists.member_list_errors, name="member_list_errors"),
    path("communities/members/<int:pk>/", members.member, name="member"),
    path("communities/members/<int:pk>/edit/", members.member_edit, name="member_edit"),
    path("communities/members/<int:pk>/role/", members.member_role, name="member_role"),
    path("communities/members/<int:pk>/left/", members.member_left, name="member_left"),
    path("communities/members/<int:pk>/representatives/new/", members.representative_new, name="representative_new"),
    path("communities/representatives/<int:pk>/edit/", members.representative_edit, name="representative_edit"),
]
