"""Addresses of following."""

from django.urls import URLPattern, URLResolver, path

from following.views import follows, public, searches, stopping

app_name = "following"
urlpatterns: list[URLPattern | URLResolver] = [
    path("following/", searches.following, name="following"),
    path("following/searches/new/", searches.search_new, name="search_new"),
    path("following/searches/<int:pk>/", searches.search_edit, name="search_edit"),
    path("following/searches/<int:pk>/delete/", searches.search_delete, name="search_delete"),
    path("following/stop/<str:token>/", stopping.stop, name="stop"),
    path("postings/<int:pk>/follow/", follows.follow_posting, name="follow_posting"),
    path("employers/<int:pk>/follow/", follows.follow_enterprise, name="follow_enterprise"),
    path("postings/feed.xml", public.feed, name="feed"),
    path("sitemap.xml", public.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", public.sitemap, name="sitemap"),
    path("robots.txt", public.robots, name="robots"),
]
