"""Tiles computed side by side, with an answer that does not depend on how many threads there are."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

import torch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_ONE_AT_A_TIME = Lock()

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Crew:
    """So many threads, each of which computes whole tiles alone.

    How torch splits one convolution among threads decides the order in which its products are summed, and so the last
    bit of the result.  Splitting the work between tiles instead keeps pixels equal for the window, which leaves a core
    free, and the command line, which does not; small tiles also keep the cores busier that way.
    """

    def __init__(self, threads: int | None = None) -> None:
        self.threads = threads or torch.get_num_threads()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """While it lasts torch computes each call on one thread, here and in the crew; then as before.

        The setting is the process's: a second fill waits, or the two would undo each other's.
        """
        with _ONE_AT_A_TIME:
            before = torch.get_num_threads()
            torch.set_num_threads(1)
            try:
                with torch.inference_mode():
                    yield
            finally:
                torch.set_num_threads(before)

    def each(self, work: Callable[[Item], Answer], items: Sequence[Item]) -> Iterator[Answer]:
        """The answers in the items' order, as they come; at most two a thread are waiting to be taken.

        What `work` raises is raised here, and what was not begun by then is not begun any more.
        """
        if self.threads == 1 or len(items) < 2:
            yield from map(work, items)
            return

        def quietly(item: Item) -> Answer:
            with torch.inference_mode():  # holds for a thread, not for a process
                return work(item)

        pool = ThreadPoolExecutor(self.threads, thread_name_prefix="tiles")
        try:
            waiting = deque(pool.submit(quietly, item) for item in items[: 2 * self.threads])
            for item in items[2 * self.threads :]:
                yield waiting.popleft().result()
                waiting.append(pool.submit(quietly, item))
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)
