"""Which strings are found, what counts as translated, and the catalogue that Django reads."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
from django.utils.translation.template import templatize

from core.embedded import ROOT
from core.translations import compile_catalogues
from tools.check_translations import problems, update
from tools.messages import Message, messages_in, template_as_python

PYTHON = """
_("Plain"); gettext_lazy("Later")
pgettext("of a need", "Open")
ngettext("%(n)s day", "%(n)s days", n)
_("two " "pieces"); _(variable); other("not this")
"""
TEMPLATE = """{% load i18n %}<p title="{% translate "Title" %}">{% translate "Open" context "button" %}
{% blocktranslate trimmed count n=3 %}
  one row
{% plural %}
  {{ n }} rows
{% endblocktranslate %}
{% include "x.html" with label=_("Save") %}{# {% translate "commented" %} #}
"""


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    file = polib.POFile()
    file.extend(entries)
    return file


def test_strings_of_python_are_found_with_context_and_plural():
    assert [message for message, _ in messages_in(PYTHON, "x.py")] == [
        Message("Plain"),
        Message("Later"),
        Message("Open", "of a need"),
        Message("%(n)s day", None, "%(n)s days"),
        Message("two pieces"),
    ]


def test_strings_of_templates_are_found_with_context_and_plural():
    found = messages_in(template_as_python(templatize(TEMPLATE)), "x.html")

    assert {message for message, _ in found} == {
        Message("Title"),
        Message("Open", "button"),
        Message("one row", None, "%(n)s rows"),
        Message("Save"),
    }


def test_a_missing_empty_or_fuzzy_translation_and_other_placeholders_are_problems():
    messages = {Message("Missing"): ["a.py:1"], Message("Hello %(name)s"): ["a.py:2"]}
    file = catalogue(
        polib.POEntry(msgid="Empty", msgstr=""),
        polib.POEntry(msgid="Unsure", msgstr="也许", flags=["fuzzy"]),
        polib.POEntry(msgid="Hello %(name)s", msgstr="你好"),
        polib.POEntry(msgid="Fine %(n)s", msgstr="%(n)s 好"),
    )

    assert problems(messages, file) == [
        "a.py:1: not in the catalogue: 'Missing'",
        "no translation: 'Empty'",
        "still fuzzy: 'Unsure'",
        "other placeholders than ['%(name)s']: '你好'",
    ]


def test_collecting_keeps_translations_adds_new_strings_and_drops_unused_ones():
    file = catalogue(polib.POEntry(msgid="Kept", msgstr="留"), polib.POEntry(msgid="Unused", msgstr="去"))

    changed = update({Message("Kept"): ["a.py:1"], Message("%(n)s new", None, "%(n)s news"): ["b.py:7"]}, file)

    assert changed == (1, 1)
    assert [(entry.msgid, entry.msgstr, entry.msgid_plural) for entry in file] == [
        ("Kept", "留", ""),
        ("%(n)s new", "", "%(n)s news"),
    ]


def test_a_catalogue_is_compiled_only_when_its_source_is_newer(tmp_path: Path):
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue(polib.POEntry(msgid="Visit", msgstr="走访")).save(str(folder / "django.po"))

    assert compile_catalogues(tmp_path) == [folder / "django.mo"]
    assert [entry.msgstr for entry in polib.mofile(str(folder / "django.mo"))] == ["走访"]
    assert compile_catalogues(tmp_path) == []
    later = (folder / "django.mo").stat().st_mtime + 5
    os.utime(folder / "django.po", (later, later))
    assert compile_catalogues(tmp_path) == [folder / "django.mo"]


def test_the_first_command_of_a_fresh_clone_reads_chinese(tmp_path):
    clone = tmp_path / "clone"
    shutil.copytree(ROOT, clone, ignore=shutil.ignore_patterns(".*", "var", "*.mo", "tests", "__pycache__"))
    asked = "from django.utils.translation import *\nwith override('zh-hans'): print(gettext('Enterprises'))"

    answer = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", asked],
        cwd=clone,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings_test"},
        capture_output=True,
        text=True,
    )

    assert (answer.stdout, answer.stderr) == ("用人单位\n", "")
