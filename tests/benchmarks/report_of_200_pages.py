"""A report of more than 200 pages is built by a worker that has done other work before, without taking much memory.

python -m pytest tests/benchmarks/report_of_200_pages.py -q -s
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import psutil
import pytest
from django.utils import timezone
from pypdf import PdfReader

from accounts.choices import Role
from partnerships.choices.agreements import AgreementState
from partnerships.models.agreements import Agreement, AgreementParty
from partnerships.models.enterprises import Enterprise
from placements.choices import PostingState
from placements.models.postings import Posting
from placements.tasks import close_postings
from reports.choices import BuildState
from reports.models.builds import ReportBuild
from tests.factories.accounts import person
from tests.factories.partnerships import AgreementFactory
from tests.factories.placements import PostingFactory
from tests.reports.asking import ask_for
from tests.servers import RealWorker, wait_until

AGREEMENTS = 6000
MOST_MEGABYTES = 300
LONGEST = 600  # seconds


class WorkerWithChildren(RealWorker):
    """As `make run` and the container start it: what works is a child, which is replaced when it has grown."""

    arguments = ["worker", "--concurrency=1", "--without-gossip", "--without-mingle", f"--hostname=b{os.getpid()}@%h"]

    def peaks(self) -> Iterator[tuple[int, int]]:
        """The number of each child and the most memory that it ever had, in MB."""
        assert self.process is not None
        for child in psutil.Process(self.process.pid).children(recursive=True):
            try:
                status = Path(f"/proc/{child.pid}/status").read_text()
            except OSError:
                continue
            if found := re.search(r"VmHWM:\s+(\d+)", status):
                yield child.pid, int(found[1]) // 1024


@pytest.fixture
def worker(real_environment: dict[str, str], tmp_path: Path) -> Iterator[WorkerWithChildren]:
    """It has read names before, whose dictionaries take 50 MB."""
    worker = WorkerWithChildren(real_environment, tmp_path / "worker.log")
    PostingFactory(closes_on=timezone.localdate() - timedelta(days=1))
    try:
        worker.start()
        close_postings.delay()
        wait_until(lambda: Posting.objects.get().state == PostingState.CLOSED)
        yield worker
    finally:
        worker.stop()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_report_of_200_pages_keeps_memory_small(worker: WorkerWithChildren, language: str) -> None:
    _fill()
    before = dict(worker.peaks())
    begun = timezone.now()

    build = ask_for("agreement-register", person(Role.OFFICER), at=begun, language=language)

    peaks: dict[int, int] = {}
    while (state := ReportBuild.objects.get(pk=build.pk).state) in (BuildState.QUEUED, BuildState.RUNNING):
        assert (timezone.now() - begun).total_seconds() < LONGEST
        peaks.update(worker.peaks())
        time.sleep(0.1)
    seconds = (timezone.now() - begun).total_seconds()
    with ReportBuild.objects.get(pk=build.pk).files.get(format="pdf").file.open("rb") as pdf:
        pages = len(PdfReader(pdf).pages)
    print(f"\n{language}: {pages} pages in {seconds:.0f} s; MB of children before {before}, at most {peaks}")  # noqa: T201
    assert state == BuildState.DONE
    assert pages >= 200
    assert max(peaks.values()) < MOST_MEGABYTES


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
