"""Every resource by its name, in the order of the reference."""

from __future__ import annotations

from api.resource import Resource
from api.resources import agreements, codes, enterprises, postings, visits

RESOURCES: dict[str, Resource] = {
    resource.name: resource
    for subject in (enterprises, agreements, visits, postings, codes)
    for resource in subject.RESOURCES
}
