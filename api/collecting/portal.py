"""A school's portal as a province asks it: slowly, with limits on everything, and believing nothing unchecked."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlencode, urljoin

import urllib3
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from api.answers import VERSION
from api.collecting.schools import Listed

CONNECT, READ = 5.0, 30.0  # seconds
MOST_BYTES = 20 * 1024 * 1024
MOST_PAGES = 10_000
MOST_WAITS, LONGEST_WAIT = 5, 65
CHUNK = 65_536
M = TypeVar("M", bound=BaseModel)


class Unreadable(Exception):
    """What a portal said cannot be used, or it said nothing; the text is for the administrator."""


class Page(BaseModel):
    """A page of a list, whatever its records are."""

    items: list[Any]
    next: str | None
    as_of: str


class Portal:
    """Asks one school. `deadline` is when the whole visit must be over, so that a slow school holds up nobody."""

    def __init__(self, school: Listed, *, lasts: float, pool: urllib3.PoolManager | None = None) -> None:
        self.school = school
        self.base = f"{school.address}/api/v1/"
        self.deadline = time.monotonic() + lasts
        self.pool = pool or urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(CONNECT, READ))

    def get(self, path: str, **asked: str) -> dict[str, Any]:
        """An object from an address of the API; raises Unreadable."""
        address = urljoin(self.base, path) + (f"?{urlencode(asked)}" if asked else "")
        for _wait in range(MOST_WAITS):
            response = self._ask(address)
            try:
                if response.status == 429:
                    self._wait(response.headers.get("Retry-After", ""))
                    continue
                return self._object(response)
            finally:
                response.close()
        raise Unreadable(_("It asks to wait again and again."))

    def read(self, shape: type[M], path: str, **asked: str) -> M:
        """The same, checked against what the API says that it is."""
        return checked(shape, self.get(path, **asked))

    def pages(self, path: str, **asked: str) -> Iterator[Page]:
        """Every page of a list; raises Unreadable for a cursor that loops or leads elsewhere."""
        seen: set[str] = set()
        page = self.read(Page, path, **asked)
        while True:
            yield page
            if page.next is None:
                return
            if page.next in seen or len(seen) > MOST_PAGES:
                raise Unreadable(_("Its pages go round in circles."))
            if not page.next.startswith(f"{urljoin(self.base, path)}?"):
                raise Unreadable(_("Its next page lies elsewhere."))
            seen.add(page.next)
            page = self.read(Page, page.next)

    def _ask(self, address: str) -> urllib3.BaseHTTPResponse:
        headers = {"Authorization": f"Bearer {self.school.token}", "Accept-Language": "zh-hans"}
        if time.monotonic() > self.deadline:
            raise Unreadable(_("It takes too long."))
        try:
            return self.pool.request("GET", address, headers=headers, preload_content=False, redirect=False)
        except urllib3.exceptions.HTTPError as error:
            raise Unreadable(_("It cannot be reached: %(why)s") % {"why": type(error).__name__}) from error

    def _object(self, response: urllib3.BaseHTTPResponse) -> dict[str, Any]:
        text = self._body(response)
        if response.status != 200:
            raise Unreadable(_("It refuses: %(why)s") % {"why": f"{response.status} {_title(text)}".strip()})
        if response.headers.get("API-Version", "").partition(".")[0] != VERSION.partition(".")[0]:
            raise Unreadable(_("It speaks another version of the API."))
        if not response.headers.get("Content-Type", "").startswith("application/json"):
            raise Unreadable(_("It answers with something that is not JSON."))
        return _json(text)

    def _body(self, response: urllib3.BaseHTTPResponse) -> bytes:
        parts, size = [], 0
        try:
            while part := response.read1(CHUNK, decode_content=True):
                size += len(part)
                if size > MOST_BYTES:
                    raise Unreadable(_("It answers with more than is read at once."))
                if time.monotonic() > self.deadline:
                    raise Unreadable(_("It takes too long."))
                parts.append(part)
        except urllib3.exceptions.HTTPError as error:
            raise Unreadable(_("It stopped in the middle: %(why)s") % {"why": type(error).__name__}) from error
        return b"".join(parts)

    def _wait(self, said: str) -> None:
        seconds = min(int(said), LONGEST_WAIT) if said.isdecimal() and len(said) < 6 else LONGEST_WAIT
        if time.monotonic() + seconds > self.deadline:
            raise Unreadable(_("It takes too long."))
        time.sleep(seconds)


def checked(shape: type[M], found: Any) -> M:
    """Raises Unreadable where it is not what the API says, and says which field."""
    try:
        return shape.model_validate(found)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors(include_url=False)[0]["loc"])
        raise Unreadable(_("It says something else than the API: %(where)s") % {"where": where[:100]}) from error


def moment_of(text: str) -> datetime:
    """An instant that a portal gives; raises Unreadable."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Unreadable(_("It gives no instant where one is due."))
    return moment


def small(number: Any) -> int:
    """A whole number that the database takes; raises Unreadable."""
    if type(number) is not int or abs(number) >= 2**63:
        raise Unreadable(_("It gives a number that is none."))
    return number


def _json(text: bytes) -> dict[str, Any]:
    """An object that the database can keep: no NaN, no NUL, no half of a letter; raises Unreadable."""
    try:
        found = json.loads(text, parse_constant=_no_constant)
        whole = json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("It answers with something that is not JSON.")) from error
    if not isinstance(found, dict) or b"\\u0000" in whole:
        raise Unreadable(_("It answers with something that is not JSON."))
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _title(text: bytes) -> str:
    """What a problem is called, as far as it can be read."""
    try:
        return str(json.loads(text).get("title", ""))[:100]
    except (ValueError, AttributeError, RecursionError):
        return ""
