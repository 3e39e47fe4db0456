"""Progress of long work, on stderr, so that stdout stays for results."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def percent(title: str) -> Iterator[Callable[[float], None]]:
    """A bar for work that tells the share done, 0..1; nothing is drawn where stderr is not a terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=1.0)
        yield lambda share: bar.update(task, completed=share)


def notice(sentence: str) -> None:
    """Something a person should know, such as that the CPU had to take over."""
    print(f"restorer: {sentence}", file=sys.stderr)
