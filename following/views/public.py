"""What other machines read of the open postings: feed readers and search engines."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views as sitemaps
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from following.feeds import OpenPostings
from following.sitemaps import SITEMAPS

ROBOTS = """User-agent: *
Disallow: /
Allow: /$
Allow: /postings/$
Allow: /postings/*/$
Disallow: /postings/*/*/
Allow: /static/
Allow: /sitemap

Sitemap: {sitemap}
"""


@require_safe
@login_not_required
def feed(request: HttpRequest) -> HttpResponse:
    """The newest open postings that the filters of the address find, as RSS 2.0."""
    answer: HttpResponse = OpenPostings()(request)
    return answer


@require_safe
@login_not_required
def sitemap_index(request: HttpRequest) -> HttpResponse:
    return sitemaps.index(
        request, SITEMAPS, template_name="following/sitemap_index.xml", sitemap_url_name="following:sitemap"
    )


@require_safe
@login_not_required
def sitemap(request: HttpRequest, section: str) -> HttpResponse:
    return sitemaps.sitemap(request, SITEMAPS, section=section, template_name="following/sitemap.xml")


@require_safe
@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    """Postings may be found by search engines, and nothing else of the portal."""
    address = f"{settings.SITE_URL}{reverse('following:sitemap_index')}"
    return HttpResponse(ROBOTS.format(sitemap=address), content_type="text/plain; charset=utf-8")
