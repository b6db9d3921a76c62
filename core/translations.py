"""Translations as Django reads them: .mo files out of .po files, without GNU gettext."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_catalogues(folder: Path = LOCALE) -> list[Path]:
    """Write the .mo beside every .po that is newer; returns those written. Safe to run twice at once."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        handle, draft = tempfile.mkstemp(dir=target.parent, suffix=".mo.draft")
        os.close(handle)
        polib.pofile(str(source)).save_as_mofile(draft)
        Path(draft).chmod(0o644)
        Path(draft).replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    compile_catalogues()
