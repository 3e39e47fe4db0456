"""Ctrl+C while the program loads.

Python raises KeyboardInterrupt wherever it happens to be.  In the middle of an import that may be a callback of the
import system, a C library or a method that Qt calls, which print it and go on: the program would not stop.  So while it
loads, Ctrl+C raises nothing.
"""

from __future__ import annotations

import os
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

CODE = 130
"""The exit code of a program that Ctrl+C has ended, as shells know it."""


@contextmanager
def ends_at_once() -> Iterator[None]:
    """Within, Ctrl+C ends the process on the spot: only where nothing has been written yet."""

    def end(_number: int, _frame: FrameType | None) -> None:
        os.write(2, b"restorer: stopped.\n")
        os._exit(CODE)

    with _handled_by(end):
        yield


@contextmanager
def waits() -> Iterator[None]:
    """Within, Ctrl+C is kept in mind.

    Raises:
        KeyboardInterrupt: at the end, if it was pressed meanwhile.
    """
    pressed = threading.Event()
    with _handled_by(lambda _number, _frame: pressed.set()):
        yield
    if pressed.is_set():
        raise KeyboardInterrupt


@contextmanager
def _handled_by(handle: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Only where Ctrl+C would raise KeyboardInterrupt: who ignores it, or handles it otherwise, is left alone."""
    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is handle:  # within, another may have taken over for good
            signal.signal(signal.SIGINT, signal.default_int_handler)
