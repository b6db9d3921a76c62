"""The request that views of the portal receive."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models.people import User


class PortalRequest(HttpRequest):
    """A signed-in person's request; `htmx` is truthy when a partial is asked for."""

    user: User
    htmx: HtmxDetails
