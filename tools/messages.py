"""The strings of the portal that a person reads, collected from Python and templates without GNU gettext."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

from tools.check import APPS

ROOT = Path(__file__).resolve().parent.parent
# Which arguments of a call are the context, the text and its plural.
SINGLE, PLURAL, WITH_CONTEXT, BOTH = (None, 0, None), (None, 0, 1), (0, 1, None), (0, 1, 2)
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "_": SINGLE,
    "gettext": SINGLE,
    "gettext_lazy": SINGLE,
    "gettext_noop": SINGLE,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": WITH_CONTEXT,
    "pgettext_lazy": WITH_CONTEXT,
    "npgettext": BOTH,
    "npgettext_lazy": BOTH,
}
STRING = r"""u?(?:"(?:\\\\.|[^"\\\\])*"|'(?:\\\\.|[^'\\\\])*')"""
TEMPLATE_CALL = re.compile(rf"\b(?:_|gettext|pgettext|ngettext|npgettext)\({STRING}(?:, ?{STRING}|, ?count)*\)")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdfr]|%[sdf]|\{(\w*)\}")


@dataclass(frozen=True)
class Message:
    text: str
    context: str | None = None
    plural: str | None = None


def collect(root: Path = ROOT) -> dict[Message, list[str]]:
    """Every message with the places that use it, in the order of the files."""
    found: dict[Message, list[str]] = {}
    for path, source in _sources(root):
        for message, line in messages_in(source, str(path)):
            found.setdefault(message, []).append(f"{path.relative_to(root)}:{line}")
    return found


def _sources(root: Path) -> Iterator[tuple[Path, str]]:
    for folder in APPS:
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text()
    for ending in ("html", "txt"):
        for path in sorted((root / "templates").rglob(f"*.{ending}")):
            yield path, template_as_python(templatize(path.read_text(), origin=str(path)))


def template_as_python(calls: str) -> str:
    """A template as Django hands it to gettext, of which only the calls are left, each on its line."""
    lines = calls.split("\n")
    return "\n".join("; ".join(match.group(0) for match in TEMPLATE_CALL.finditer(line)) for line in lines)


def messages_in(source: str, name: str) -> Iterator[tuple[Message, int]]:
    """The messages of one module; raises SyntaxError with the file's name for what is no Python."""
    for node in ast.walk(ast.parse(source, name)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called not in CALLS:
            continue
        context, text, plural = (_text(node, place) for place in CALLS[called])
        if text is not None:
            yield Message(text, context, plural), node.lineno


def _text(call: ast.Call, place: int | None) -> str | None:
    if place is None or place >= len(call.args):
        return None
    argument = call.args[place]
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def placeholders(text: str) -> frozenset[str]:
    return frozenset(match.group(0) for match in PLACEHOLDER.finditer(text))
