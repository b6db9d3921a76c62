"""A report of more than 200 pages is built without taking much memory, and without a web worker.

Run by itself, in a process that has done nothing else, so that its peak is the peak of the build:
python -m pytest tests/benchmarks/report_of_200_pages.py -q -s
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from accounts.choices import Role
from core.embedded import ROOT
from partnerships.choices.agreements import AgreementState
from partnerships.models.agreements import Agreement, AgreementParty
from partnerships.models.enterprises import Enterprise
from reports.choices import BuildState
from reports.models.builds import ReportBuild
from tests.factories.accounts import person
from tests.factories.partnerships import AgreementFactory
from tests.reports.asking import ask_for

AGREEMENTS = 6000
MOST_MEGABYTES = 300
# VmHWM begins anew with the process; what getrusage says begins with the memory of the process that started it.
BUILD = """
import re, sys
import django
django.setup()
from django.utils import timezone
from reports.building import build_report
def peak():
    with open("/proc/self/status") as status:
        return int(re.search(r"VmHWM:\\s+(\\d+)", status.read())[1]) // 1024
before = peak()
assert build_report(int(sys.argv[1]), now=timezone.now())
print(before, peak())
"""


@pytest.mark.django_db(transaction=True)
def test_a_report_of_200_pages_keeps_memory_small(real_environment: dict[str, str]) -> None:
    _fill()
    officer = person(Role.OFFICER)
    build = ask_for("agreement-register", officer, at=timezone.now(), language="zh-hans")
    begun = timezone.now()

    run = subprocess.run(
        [sys.executable, "-c", BUILD, str(build.pk)],
        cwd=ROOT, env={**os.environ, **real_environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert run.returncode == 0, run.stderr
    before, peak = (int(number) for number in run.stdout.split()[-2:])
    build = ReportBuild.objects.get(pk=build.pk)
    with build.files.get(format="pdf").file.open("rb") as pdf:
        pages = len(PdfReader(pdf).pages)
    seconds = (timezone.now() - begun).total_seconds()
    print(f"\n{pages} pages in {seconds:.0f} s, {peak} MB at most, of them {before} MB before it began")  # noqa: T201
    assert build.state == BuildState.DONE
    assert pages >= 200
    assert peak < MOST_MEGABYTES


def _fill() -> None:
    """Agreements that are alike but for their names, written at once."""
    first = AgreementFactory(state=AgreementState.SIGNED)
    enterprises = Enterprise.objects.bulk_create(
        Enterprise(legal_name=f"成都第{number}数字文化传播有限责任公司") for number in range(AGREEMENTS)
    )
    agreements = Agreement.objects.bulk_create(
        Agreement(
            title=f"关于共建产业学院及实习就业基地的合作框架协议（第{number}号）",
            kind=first.kind, enterprise=enterprise,
            state=AgreementState.SIGNED, signed_on=date(2025, 1, 1) + timedelta(days=number % 600),
            starts_on=date(2025, 1, 1), ends_on=date(2029, 1, 1) + timedelta(days=number % 600),
        )
        for number, enterprise in enumerate(enterprises)
    )  # fmt: skip
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=agreement, enterprise=agreement.enterprise, place=2) for agreement in agreements
    )
