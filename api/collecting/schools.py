"""The list of schools that a province collects from: addresses in a file, tokens elsewhere."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from api.resources.catalogue import RESOURCES
from api.token_text import is_token

CODE = re.compile(r"[0-9A-Za-z]{1,10}")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class BadList(Exception):
    """The file is not a list of schools; the text says where and why."""


@dataclass(frozen=True)
class Listed:
    """A school of the list; `resources` are the lists that are taken beside its figures."""

    code: str
    address: str
    token: str = field(repr=False)
    resources: tuple[str, ...] = ()


def read_list(path: Path) -> list[Listed]:
    """TOML with a [[school]] for each; raises BadList. A token is the value of `token_env` or in `token_file`."""
    try:
        found = tomllib.loads(path.read_text()).get("school", [])
    except (OSError, ValueError) as error:
        raise BadList(f"{path.name}: {error}") from error
    schools = [_listed(entry, place, path.parent) for place, entry in enumerate(found, start=1)]
    codes = [school.code for school in schools]
    if not schools or len(codes) != len(set(codes)):
        raise BadList(_("The list must name schools, each once."))
    return schools


def _listed(entry: dict[str, object], place: int, folder: Path) -> Listed:
    code, address = str(entry.get("code", "")), str(entry.get("address", "")).rstrip("/")
    parts = urlsplit(address)
    resources = entry.get("resources", [])
    problem = ""
    if not CODE.fullmatch(code):
        problem = _("code is missing.")
    elif parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        problem = _("address must begin with https://.")
    elif not isinstance(resources, list) or set(resources) - set(RESOURCES):
        problem = _("resources names a list that there is not.")
    elif not is_token(token := _token(entry, folder)):
        problem = _("token_env or token_file leads to no token.")
    else:
        return Listed(code, address, token, tuple(resources))
    raise BadList(_("School %(place)s: %(problem)s") % {"place": place, "problem": problem})


def _token(entry: dict[str, object], folder: Path) -> str:
    if name := entry.get("token_env"):
        return os.environ.get(str(name), "").strip()
    if name := entry.get("token_file"):
        file = folder / str(name)
        return file.read_text().strip() if file.is_file() else ""
    return ""
