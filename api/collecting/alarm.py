"""An end to waiting: a server that sends a byte now and then keeps every timeout of a socket and is never done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from django.utils.translation import gettext as _

from api.collecting.portal import Unreadable


@contextmanager
def over_within(seconds: float) -> Iterator[None]:
    """Raises Unreadable when the block lasts longer. Outside the main thread only the limits of the portal hold."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise Unreadable(_("It takes too long."))

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
