"""Every list of the staff is taken along in the same way, or says here why it is not."""

from __future__ import annotations

import ast
import inspect
import io
import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pyarrow import parquet

from exporting.models import Export
from exporting.tables import Kind
from tests.test_architecture import APPS, FOREIGN_NAMESPACES, ROOT, module_of

STAFF = {"staff", "office", "school", "signed_in"}
PAGED = re.compile(r"components/pager\.html|table-portal")
ONE_RECORD = "a part of the page of one record; a list of all exports it"
ENTERED = "settings of the office: they are entered and read on their page"
BROUGHT = "rows of one file on its way in; what is wrong with them comes back as a workbook"
ACTED_ON = "shows what a form is about to do, and to whom"
OWN = "one's own messages and choices"
# The lists of the staff that nobody takes along, each with its reason.
WITHOUT = {
    "notifications:inbox": OWN,
    "notifications:preferences": OWN,
    "notifications:outbox": "the log of messages exports the same, narrowed to what failed",
    "notifications:reminders": ENTERED,
    "partnerships:mailing_list": "a mailing is its letters, which the log of messages exports",
    "partnerships:mailing": "its letters are in the log of messages",
    "partnerships:duplicates": "pairs that are looked at one by one",
    "partnerships:enterprise_needs": ONE_RECORD,
    "partnerships:timeline": "the story of one enterprise, with words for each reader; the brief prints it",
    "partnerships:notes": "notes are their author's and the office's, and leave in no file",
    "partnerships:papers": "files themselves",
    "imports:import": BROUGHT,
    "imports:columns": BROUGHT,
    "ledger:import": BROUGHT,
    "ledger:columns": BROUGHT,
    "ledger:platform_file": "it is downloaded in the shape of the platform",
    "agreements:enterprise_agreements": ONE_RECORD,
    "agreements:parties": ONE_RECORD,
    "drafting:review_steps": ENTERED,
    "drafting:template_list": ENTERED,
    "communities:shared": "for members outside, by signed link",
    "placements:held_words": ENTERED,
    "placements:minimum_wages": ENTERED,
    "placements:reason_list": ENTERED,
    "placements:enterprise_postings": ONE_RECORD,
    "placements:board": "the list of applications exports the same, narrowed to the posting",
    "placements:interviews": ONE_RECORD,
    "placements:employer_list": "what visitors see; the list of enterprises exports them",
    "desk:enterprise": ONE_RECORD,
    "desk:list_new": BROUGHT,
    "desk:list": BROUGHT,
    "visits:handover_person": ACTED_ON,
    "visits:enterprise_visits": ONE_RECORD,
    "surveys:set_list": ENTERED,
    "surveys:answers": "the export of the survey holds the very answers, a column for each question",
    "surveys:answer": ONE_RECORD,
    "reports:report_list": "reports are files themselves",
    "reports:schedule": ENTERED,
    "reports:schedule_list": ENTERED,
    "dashboards:partner_list": "the figure of its rung exports the same rows",
    "api:every_token": ENTERED,
    "api:reference": "what the API offers, no rows of the school",
    "api:collected": "what schools sent stands figure by figure, and leaves by the API",
    "api:collected_figure": "a row per school, which the API tells as well",
}


def named_patterns(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            if module_of(pattern.callback).split(".")[0] in APPS:
                yield f"{space}{pattern.name}", pattern
        elif pattern.app_name not in FOREIGN_NAMESPACES:
            yield from named_patterns(pattern, f"{pattern.app_name}:" if pattern.app_name else space)


def templates_of(source: str) -> list[str]:
    return [each.partition("#")[0] for each in re.findall(r'"([\w/]+\.html)(?:#\w+)?"', source)]


def source_of(pattern: URLPattern) -> str:
    """The view with whatever its module's own functions do for it."""
    view = inspect.unwrap(getattr(pattern.callback, "view_class", pattern.callback))
    module = inspect.getmodule(view)
    functions = {name: each for name, each in vars(module).items() if inspect.isfunction(each)}
    wanted, found = [view], {}
    while wanted:
        function = inspect.unwrap(wanted.pop())
        text = inspect.getsource(function)
        found[function.__name__] = text
        calls = (node.func for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
        called = {each.id for each in calls if isinstance(each, ast.Name)}
        wanted += [
            each
            for name, each in functions.items()
            if name in called and name not in found and inspect.unwrap(each).__module__ == module.__name__
        ]
    return "\n".join(found.values())


def shows_rows(source: str) -> bool:
    pages = [ROOT / "templates" / name for name in templates_of(source)]
    return "page_of" in source or any(page.exists() and PAGED.search(page.read_text()) for page in pages)


def staff_lists() -> dict[str, bool]:
    """The addresses under which staff find rows, and whether they can be taken along."""
    found = {}
    for name, pattern in named_patterns():
        access = getattr(pattern.callback, "access", "")
        if access in STAFF or not access:
            source = source_of(pattern)
            if shows_rows(source):
                found[name] = "exported(" in source
    return found


def test_every_list_of_the_staff_is_taken_along_or_says_why_not():
    lists = staff_lists()

    assert {name for name, is_exported in lists.items() if not is_exported} == set(WITHOUT)
    assert sum(lists.values()) >= 35


EXPORTED = sorted(
    (name, pattern) for name, pattern in named_patterns() if "exported(" in source_of(pattern) and name not in WITHOUT
)
PLAIN = [name for name, pattern in EXPORTED if not pattern.pattern.regex.groups]


@pytest.mark.django_db
@pytest.mark.parametrize("name", PLAIN)
def test_the_page_of_a_list_leads_to_the_file_and_the_file_is_in_the_log(client, officer, name):
    client.force_login(officer)
    address = reverse(name)

    page = client.get(address).content.decode()
    asked = client.get(address, {"format": "choose"})
    heads = client.get(address, {"format": "csv"}).getvalue().decode("utf-8-sig").splitlines()
    file = parquet.read_table(io.BytesIO(client.get(address, {"format": "parquet"}).getvalue()))

    assert "format=choose" in page or name in ("ledger:ledger", "partnerships:national_table")
    table = asked.context["table"]
    assert (table.key, asked.context["address"]) == (name, address)
    assert file.column_names == [column.key for column in table.chosen(())]
    assert heads[0].count(",") >= len(file.column_names) - 1
    assert set(Export.objects.values_list("table", "is_personal")) == {(name, False)}


@pytest.mark.django_db
@pytest.mark.parametrize("name", PLAIN)
def test_the_columns_of_a_list_have_names_that_last(client, officer, name):
    client.force_login(officer)

    table = client.get(reverse(name), {"format": "choose"}).context["table"]

    keys = [column.key for group in table.groups for column in group.columns]
    assert len(keys) == len(set(keys))
    assert [key for key in keys if not re.fullmatch(r"[a-z][a-z0-9_]*", key)] == []
    assert len(table.chosen(["all"])) == sum(not column.is_personal for column in table.columns.values())
    assert [column.key for column in table.columns.values() if column.kind is Kind.MOMENT and column.is_personal] == []
    assert re.fullmatch(r"[A-Za-z_-]+", table.file)
