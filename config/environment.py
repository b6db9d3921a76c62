"""Settings come from the environment alone; what is missing or malformed stops the start."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The variable, or the content of the file named by NAME_FILE, or the default; else no start.

    Empty is as good as absent where there is no default.
    """
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    value = os.environ.get(name, default)
    if not value and default is None:
        raise ImproperlyConfigured(f"{name} is not set, and there is no default for it in production.")
    return value or ""


def boolean(name: str, *, default: bool) -> bool:
    """`true` or `false`; anything else stops the start."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value not in ("true", "false"):
        raise ImproperlyConfigured(f"{name} must be 'true' or 'false', not {value!r}.")
    return value == "true"


def number(name: str, default: int) -> int:
    value = os.environ.get(name)
    if value is None:
        return default
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def at_most(name: str, default: int, most: int) -> int:
    """A whole number from 0 on, such as a day of the week or an hour."""
    value = number(name, default)
    if value > most:
        raise ImproperlyConfigured(f"{name} must be a whole number from 0 to {most}, not {value}.")
    return value


def month(name: str, default: int) -> int:
    """1 to 12; 0 or empty is none."""
    value = os.environ.get(name, str(default)) or "0"
    if not value.isdigit() or int(value) > 12:
        raise ImproperlyConfigured(f"{name} must be a month from 1 to 12, or 0 for none, not {value!r}.")
    return int(value)


def pattern(name: str, default: str, *, needs: str, **fields: object) -> str:
    """A text with {fields}: the one it needs, and none that is not known; "default" stands for the default."""
    value = text(name, default)
    value = default if value == "default" else value
    known = ", ".join(f"{{{field}}}" for field in fields)
    try:
        filled = value.format(**fields)
    except (IndexError, KeyError, ValueError, AttributeError):
        raise ImproperlyConfigured(f"{name} may hold {known} and no other fields, not {value!r}.") from None
    if filled == value.format(**{**fields, needs: 2}) or len(filled) > 60:
        raise ImproperlyConfigured(f"{name} must hold {{{needs}}} and have at most 60 characters, not {value!r}.")
    return value


def link(name: str, default: str, *, needs: str) -> str:
    """An https address with the {field} that it needs."""
    value = text(name, default)
    if not value.startswith("https://") or f"{{{needs}}}" not in value:
        raise ImproperlyConfigured(f"{name} must begin with https:// and hold {{{needs}}}, not {value!r}.")
    return value


def words(name: str, default: str | None = None) -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def some_of(name: str, known: tuple[str, ...]) -> list[str]:
    """One or more of some known words; all of them where nothing is said."""
    found = words(name, ",".join(known))
    if unknown := sorted(set(found) - set(known)):
        raise ImproperlyConfigured(f"{name} may hold {', '.join(known)}, not {unknown[0]!r}.")
    if not found:
        raise ImproperlyConfigured(f"{name} must hold one or more of {', '.join(known)}.")
    return [word for word in known if word in found]


def database(url: str) -> dict[str, object]:
    """Django's database settings from a postgresql:// URL; `?host=/path` names a socket folder."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://.")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(query.pop("port", parts.port or "")),
        "OPTIONS": {"connect_timeout": "5", **query},
    }


def mail(url: str) -> dict[str, Any]:
    """Host, port, account and encryption from smtp://, smtp+tls:// or smtps://."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtp+tls", "smtps"):
        raise ImproperlyConfigured("EMAIL_URL must begin with smtp://, smtp+tls:// or smtps://.")
    return {
        "host": parts.hostname or "localhost",
        "port": parts.port or 25,
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtps",
    }
