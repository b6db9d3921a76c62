"""Is every string translated, with the placeholders of its original? Or collects new strings.

    python -m tools.check_translations [--collect]

Collecting keeps translations, adds new strings without one and takes out those nobody uses.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import django
import polib
from django.conf import settings

from tools.messages import ROOT, Message, collect, placeholders

CATALOGUE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
HEADER = {
    "Project-Id-Version": "portal",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
Key = tuple[str, str | None]


def problems(messages: dict[Message, list[str]], catalogue: polib.POFile) -> list[str]:
    """One line for everything that keeps the translation from being complete."""
    entries: dict[Key, polib.POEntry] = {
        (entry.msgid, entry.msgctxt): entry for entry in catalogue if not entry.obsolete
    }
    found = []
    for message, places in messages.items():
        entry = entries.get((message.text, message.context))
        if entry is None:
            found.append(f"{places[0]}: not in the catalogue: {message.text!r}")
        elif message.plural and message.plural != entry.msgid_plural:
            found.append(f"{places[0]}: the catalogue lacks the plural of {message.text!r}")
    for entry in entries.values():
        if entry.fuzzy:
            found.append(f"still fuzzy: {entry.msgid!r}")
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        wanted = placeholders(entry.msgid_plural or entry.msgid)
        for text in texts or [""]:
            if not text.strip():
                found.append(f"no translation: {entry.msgid!r}")
            elif placeholders(text) != wanted:
                found.append(f"other placeholders than {sorted(wanted)}: {text!r}")
    return found


def update(messages: dict[Message, list[str]], catalogue: polib.POFile) -> tuple[int, int]:
    """Bring the catalogue up to the messages; returns how many were added and taken out."""
    kept: dict[Key, polib.POEntry] = {(entry.msgid, entry.msgctxt): entry for entry in catalogue}
    wanted: dict[Key, polib.POEntry] = {}
    for message, places in messages.items():
        key = (message.text, message.context)
        entry = wanted.get(key) or polib.POEntry(msgid=message.text, msgctxt=message.context)
        if message.plural:
            entry.msgid_plural = message.plural
        entry.occurrences = [*entry.occurrences, *[(place.split(":")[0], "") for place in places]]
        if any("%(" in text or "%s" in text for text in (message.text, message.plural or "")):
            entry.flags = ["python-format"]
        wanted[key] = entry
    for key, entry in wanted.items():
        entry.occurrences = sorted(set(entry.occurrences))
        before = kept.get(key)
        said = ""
        if before is not None:
            said = before.msgstr or before.msgstr_plural.get(0, "")
            entry.tcomment, entry.flags = before.tcomment, sorted({*entry.flags, *before.flags})
        if entry.msgid_plural:
            entry.msgstr_plural = {0: said}
        else:
            entry.msgstr = said
    catalogue[:] = wanted.values()
    return len(wanted.keys() - kept.keys()), len(kept.keys() - wanted.keys())


def read(path: Path = CATALOGUE) -> polib.POFile:
    if path.exists():
        return polib.pofile(str(path), wrapwidth=110)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = dict(HEADER)
    return fresh


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks that both languages are complete.")
    parser.add_argument("--collect", action="store_true", help="bring locale/zh_Hans up to the source")
    options = parser.parse_args()
    settings.configure(INSTALLED_APPS=[])
    django.setup()
    messages, catalogue = collect(), read()
    if options.collect:
        added, removed = update(messages, catalogue)
        catalogue.save(str(CATALOGUE))
        print(f"{len(catalogue)} strings, {added} new, {removed} no longer used.")
        return 0
    found = problems(messages, catalogue)
    print("\n".join([*found, f"{len(messages)} strings, {len(found)} problems."]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
