"""What 100,000 enterprises cost as a file: python -m pytest tests/benchmarks/exports_of_100000.py -s

Not part of the suite. Each kind of file is asked of the portal in a process of its own, through the whole of Django,
with every column that a file has when none is chosen. Seconds are printed as ratios to the floor: the same columns of
the same rows, read by a bare cursor and written by Python's own csv module in the same run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from core.embedded import ROOT
from exporting.writing.workbooks import MOST_ROWS
from partnerships.services.codes import load_codes
from tests.benchmarks.fill import fill

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 100_000
MOST_MEGABYTES = 150  # above what the process has at rest
MOST_SECONDS_TO_FIRST_BYTES = 1
TAKE = """
import json, sys, time, django
django.setup()
from django.test import Client
from django.urls import reverse
from accounts.models.people import User

def memory(name):
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))

client, address = Client(), reverse("partnerships:enterprise_list")
client.force_login(User.objects.get(number="T0000"))
for kind in ("csv", "xlsx", "parquet"):
    client.get(address, {"find": "zzzz", "format": kind}).getvalue()  # everything is loaded once
rest, begun, first, size, lines = memory("VmRSS"), time.perf_counter(), [], 0, 0
for part in client.get(address, {"format": sys.argv[1]}).streaming_content:
    first.append(time.perf_counter() - begun) if len(first) < 2 else None
    size, lines = size + len(part), lines + part.count(b"\\r\\n")
print(json.dumps({"rest": rest, "most": memory("VmHWM"), "first": first, "seconds": time.perf_counter() - begun,
                  "size": size, "lines": lines}))
"""
FLOOR = """
import csv, io, time, django
django.setup()
from partnerships.models.enterprises import Enterprise
columns = ("legal_name", "name_en", "credit_code", "credit_code_state", "nature__name_en", "industry__name_en",
           "staff_count", "province__name_en", "region__name_en", "level", "owner__name", "confirmed_at")
begun, file = time.perf_counter(), io.StringIO()
csv.writer(file).writerows(Enterprise.objects.order_by().values_list(*columns).iterator(chunk_size=1000))
print(time.perf_counter() - begun)
"""


def run(script: str, *words: str) -> str:
    place = connection.settings_dict
    url = f"postgresql://{place['USER']}:{place['PASSWORD']}@/{place['NAME']}?host={place['HOST']}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "DATABASE_URL": f"{url}&port={place['PORT'] or 5432}",
    }
    done = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout.splitlines()[-1]


def test_100000_enterprises_as_each_kind_of_file_in_bounded_memory():
    load_codes()
    fill(ROWS)
    floor = float(run(FLOOR))
    print(f"the floor: {floor:.1f} s for {ROWS} rows")

    for kind, rows in (("csv", ROWS), ("parquet", ROWS), ("xlsx", MOST_ROWS)):
        found = json.loads(run(TAKE, kind))
        more, first = found["most"] - found["rest"], found["first"]
        least = floor * rows / ROWS
        print(
            f"{kind}: {found['seconds'] / least:.1f} times the floor ({found['seconds']:.1f} s), first bytes after"
            f" {first[0]:.2f} s, first rows after {first[1]:.2f} s, {more:.0f} MB more than at rest"
            f" ({found['rest']:.0f} MB), {found['size'] / 1_000_000:.1f} MB"
        )
        assert more < MOST_MEGABYTES
        if kind == "csv":
            assert found["lines"] == ROWS + 1
            assert first[0] < MOST_SECONDS_TO_FIRST_BYTES
            assert first[1] < found["seconds"] / 10
