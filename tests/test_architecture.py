"""The rules of the house that no linter knows: who may import whom, how long a thing may be, what every view states."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver
from pghistory.models import Event

from tools.check import APPS as CHECKED

ROOT = Path(__file__).resolve().parent.parent
APPS = tuple(app for app in CHECKED if app != "config")
PYTHON = sorted(path for app in (*APPS, "config", "tools") for path in (ROOT / app).rglob("*.py"))
OWN = [path for path in PYTHON if "migrations" not in path.parts]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# Each with its reason; keep this short.
LONG_MODULES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
LONG_TEMPLATES: dict[str, str] = {}
STYLED = "a style attribute"
MAILS = {ROOT / "templates/emails/message.html"}  # mail programs know no style sheets
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "common.py", "managers.py", "mixins.py"}

# An app's own reading order: a module imports only from lower ones of its app. A service may ring a task.
ORDER = {
    "choices": 0,
    "models": 1,
    "selectors": 2,
    "reminders": 2,
    "rules": 2,
    "figures": 2,
    "services": 3,
    "forms": 4,
    "tasks": 4,
    "admin": 5,
    "views": 5,
    "urls": 6,
}
PRIVATE = {"views", "forms", "tasks", "urls", "admin"}
# Pages of others, behind their own guards: the repair pages (has_permission), allauth's sign-in, the debug toolbar.
FOREIGN_NAMESPACES = {"admin", "djdt"}
FOREIGN_VIEWS = ("allauth.",)
# What the portal does, not what the school has: their rows are their own record.
WITHOUT_HISTORY = {
    "exporting.Export",  # a log of its own
    "notifications.ChannelMinute",
    "dashboards.CountedBoard",  # counted again at any time
    "reports.RowSet",  # what is kept is never changed
    "reports.Snapshot",
    "notifications.RuleRun",
    "agreements.NumberSeries",
    "api.TokenMinute",
    "api.ApiRead",  # a log of its own
    "api.CollectedFigure",  # as other schools said it; theirs is the history
    "api.CollectedRow",
    "core.SentForm",
    "imports.ImportRow",
    "ledger.LedgerImportRow",
    "ledger.PlatformFileRow",  # as it went out; it never changes
    "visits.ReportDraft",  # what is typed before it is sent; the report has a history
    "visits.DraftPhoto",
    "notifications.OutgoingMessage",
    "desk.DeskLink",  # what a link is for; the link has its events
    "desk.ListedPosting",  # a row of a workbook as it came
    "desk.PostingOffer",  # which link brought a posting, and of what its enterprise was told; the letters are kept
    "following.ToldPosting",  # a record of its own
    "partnerships.LinkEvent",
    "partnerships.MergeMove",
    "reports.ReportedFigure",  # what a report said; it never changes
    "placements.ApplicationView",  # a log of its own
    "placements.KnownWord",  # derived from postings
    "surveys.Answer",  # it never changes, and the moment of a graduate's answer would say whose it is
    "surveys.Rating",
}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), name_of(path))


def imports_of(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, with its line; those for type checkers alone are left out."""
    tree = tree_of(path)
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            node.body.clear()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def functions_of(path: Path) -> Iterator[tuple[ast.FunctionDef, int]]:
    """Every function with its length from `def` to its last line."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef):
            yield node, (node.end_lineno or node.lineno) - node.lineno + 1


def test_what_an_app_keeps_to_itself_is_not_imported_by_another():
    broken = []
    for path in OWN:
        app = path.relative_to(ROOT).parts[0]
        for imported, line in imports_of(path):
            owner, _, rest = imported.partition(".")
            if owner in APPS and owner not in ("core", app) and app != "config" and rest.split(".")[0] in PRIVATE:
                broken.append(f"{name_of(path)}:{line} imports {imported}")
    assert broken == []


def test_modules_of_an_app_import_only_what_stands_below_them():
    broken = []
    for path in OWN:
        app, layer = path.relative_to(ROOT).parts[0], path.relative_to(ROOT).parts[1].removesuffix(".py")
        for imported, line in imports_of(path):
            owner, _, rest = imported.partition(".")
            below = ORDER.get(rest.split(".")[0])
            rings = layer == "services" and rest.startswith("tasks.")
            if owner == app and layer in ORDER and below is not None and below > ORDER[layer] and not rings:
                broken.append(f"{name_of(path)}:{line} imports {imported}")
    assert broken == []


def test_no_function_imports():
    broken = [
        f"{name_of(path)}:{inner.lineno}"
        for path in [*OWN, *TESTS]
        for function, _ in functions_of(path)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert broken == []


def test_no_module_is_named_after_nothing():
    assert [name_of(path) for path in [*PYTHON, *TESTS] if path.name in FORBIDDEN_NAMES] == []


def test_init_modules_export_nothing():
    exporting = [
        name_of(path)
        for path in OWN
        # Django finds models, and Celery its application, through these.
        if path.name == "__init__.py" and path.parent.name not in ("models", "config") and list(imports_of(path))
    ]
    assert exporting == []


@pytest.mark.parametrize(
    ("files", "limit", "excepted"),
    [(OWN, 300, LONG_MODULES), (TESTS, 400, {}), (TEMPLATES, 130, LONG_TEMPLATES)],
    ids=["modules", "test files", "templates"],
)
def test_no_file_is_longer_than_the_house_allows(files, limit, excepted):
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in files}
    assert {name: lines for name, lines in lengths.items() if lines > limit and name not in excepted} == {}


def test_no_function_is_longer_than_the_house_allows():
    """40 lines; a view 25, a task 10."""
    limits = {"views": 25, "tasks": 10}
    long = []
    for path in OWN:
        layer = path.relative_to(ROOT).parts[1].removesuffix(".py")
        for function, lines in functions_of(path):
            name = f"{name_of(path)}:{function.name}"
            if lines > limits.get(layer, 40) and name not in LONG_FUNCTIONS:
                long.append(f"{name} has {lines} lines")
    assert long == []


def test_boolean_arguments_are_named_by_the_caller():
    """But for what Django calls itself: methods of the admin, filters and tags."""
    called_by_us = [path for path in OWN if path.name != "admin.py" and "templatetags" not in path.parts]
    broken = [
        f"{name_of(path)}:{function.name}({argument.arg})"
        for path in called_by_us
        for function, _ in functions_of(path)
        for argument in function.args.args
        if argument.annotation is not None and ast.unparse(argument.annotation) == "bool"
    ]
    assert broken == []


def test_nothing_is_left_to_do_later():
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    here = Path(__file__)
    texts = [*PYTHON, *TESTS, *TEMPLATES, *(ROOT / "static/js").rglob("*.js"), *(ROOT / "static/css").rglob("*.css")]
    assert [name_of(path) for path in texts if path != here and later.search(path.read_text())] == []


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a script in the page", r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>"),
        ("a style sheet in the page", r"<style\b"),
        (STYLED, r"<[^>]*\sstyle\s*="),
        ("an event attribute", r"<[^>]*\son[a-z]+\s*="),
        ("an address that is code", r"(?:href|action)\s*=\s*[\"']\s*javascript:"),
    ],
)
def test_templates_hold_nothing_that_the_content_policy_forbids(what, pattern):
    found = re.compile(pattern, re.IGNORECASE)
    pages = [path for path in TEMPLATES if not (what == STYLED and path in MAILS)]
    assert [name_of(path) for path in pages if found.search(path.read_text())] == [], what


def views_of(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if pattern.app_name not in FOREIGN_NAMESPACES:
                yield from views_of(pattern, address)
        else:
            yield address, pattern


def module_of(view: object) -> str:
    """Where a view was written, inside whatever decorators."""
    inner = getattr(view, "view_class", view)
    while hasattr(inner, "__wrapped__"):
        inner = inner.__wrapped__
    return str(getattr(inner, "__module__", ""))


def test_every_view_states_who_may_open_it():
    silent = []
    stated = 0
    for address, pattern in views_of(get_resolver()):
        view = pattern.callback
        if hasattr(view, "access") or getattr(view, "login_required", True) is False:
            stated += 1
        elif not module_of(view).startswith(FOREIGN_VIEWS):
            silent.append(address)
    assert silent == []
    assert stated > 2


def test_the_database_keeps_the_history_of_every_record_of_the_school():
    events = [model for model in apps.get_models() if issubclass(model, Event)]
    tracked = {model.pgh_tracked_model._meta.label for model in events if model.pgh_tracked_model}
    own = [model for model in apps.get_models() if model._meta.app_label in APPS and not model._meta.proxy]
    untracked = {model._meta.label for model in own if model not in events} - tracked
    assert untracked == WITHOUT_HISTORY


def test_vendored_files_are_the_published_ones():
    listed = re.findall(
        r"^\|[^|]+\|[^|]+\|[^|]+\| *(\S+)[^|]*\| *([0-9a-f]{64}) *\|$",
        (ROOT / "static/vendor/VERSIONS.md").read_text(),
        re.MULTILINE,
    )
    sums = {name: hashlib.sha256((ROOT / "static" / name).read_bytes()).hexdigest() for name, _ in listed}
    assert sums == dict(listed)
    present = {f"vendor/{path.relative_to(ROOT / 'static/vendor')}" for path in (ROOT / "static/vendor").rglob("*.*")}
    assert present - {"vendor/VERSIONS.md"} == {name for name, _ in listed if name.startswith("vendor/")}
