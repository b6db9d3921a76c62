"""How fast a list of 100,000 enterprises and a search of 200,000 postings answer.

Pages of the list as a ratio to the least that a page can cost, searches in milliseconds of the database.

python -m tests.benchmarks [--rows 100000] [--postings 200000] [--folder KEPT] [--explain WORDS]

Fills a throw-away cluster and asks Django in this process through its test client, settings as in production. A
folder that is named is kept and used again. Nothing here runs in `make test`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command

from core.servers.shared import Servers
from core.translations import compile_catalogues

SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SECRET_KEY": "benchmark-only-" + "x" * 40,
    "ALLOWED_HOSTS": "testserver",
    "SITE_URL": "http://testserver",
    "SECURE": "false",
    "DEMO": "false",
    "EMAIL_URL": "smtp://127.0.0.1:1",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--postings", type=int, default=200_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--explain", help="the plans of one page, by what stands behind its question mark")
    asked = parser.parse_args()
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="portal-bench-"))
    servers = Servers(folder, throw_away=True)
    try:
        servers.join()
        os.environ.update(SETTINGS, DATABASE_URL=servers.postgresql.url, REDIS_URL=servers.valkey.url)
        os.environ["VAR_DIR"] = str(folder)
        compile_catalogues()
        django.setup()
        late = run(asked.rows, asked.postings, asked.explain)
    finally:
        servers.leave()
        if not asked.folder:
            shutil.rmtree(folder, ignore_errors=True)
    if late:
        sys.exit("\n".join(["Too slow:", *late]))


def run(rows: int, postings: int, explain: str | None) -> list[str]:
    """Prints what was measured; what took longer than it may."""
    # with main's settings
    fill, fill_postings, fill_work, measure, measure_boards, measure_postings = (
        import_module(f"tests.benchmarks.{name}")
        for name in ("fill", "fill_postings", "fill_work", "measure", "measure_boards", "measure_postings")
    )

    if not fill.is_filled():
        print("Migrating and filling…", flush=True)
        call_command("migrate", verbosity=0)
        call_command("load_codes", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        fill.fill(rows)
        fill_postings.fill(postings)
        fill_work.fill(rows, postings)
    if explain is not None:
        measure.explain(explain)
        return []
    late: list[str] = measure_postings.report()
    measure.report()
    late += measure_boards.report()
    return late


if __name__ == "__main__":
    main()
