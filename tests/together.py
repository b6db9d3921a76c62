"""Several at the same moment, each on a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection
from django.utils import translation

from core.errors import RuleBroken


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Begin all of them at once; what each returned, or the refusal it met, in their order.

    Texts are English. Only in tests with real transactions (`transaction=True`).
    """
    start, outcomes = Barrier(len(acts)), [None] * len(acts)
    failures: list[BaseException] = []

    def press(place: int, act: Callable[[], Any]) -> None:
        try:
            start.wait()
            with translation.override("en"):
                outcomes[place] = act()
        except RuleBroken as refusal:
            outcomes[place] = refusal
        except BaseException as failure:  # noqa: BLE001  a thread's failure is the test's
            failures.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=press, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return outcomes
