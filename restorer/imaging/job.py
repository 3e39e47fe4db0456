"""What the engine is asked to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING

from restorer.imaging.errors import Cancelled

if TYPE_CHECKING:
    from restorer.imaging.marks import Damage
    from restorer.imaging.patch import Pixels, Stroke


@dataclass(frozen=True, eq=False)
class Job:
    """A snapshot of image and mask to restore, with its own cancel flag.

    Nothing in it changes while it waits or runs: the image is an immutable view, the masks are copies.  What is costly
    of a large mask (growing it) is worked out on the thread that first reads it.
    """

    image: Pixels
    wanted: Stroke
    """The pixels to restore."""
    damage: Damage
    """bool H×W, an array or anything that is read place by place: all pixels known to be damaged, the wanted ones among
    them; none of them is taken as a source."""
    seed: int = 0
    cancelled: Event = field(default_factory=Event)

    def cancel(self) -> None:
        """Ask for the end of the job; also while it still waits."""
        self.cancelled.set()

    def check(self) -> None:
        """Called by the engine between tiles.

        Raises:
            Cancelled: `cancel` was called.
        """
        if self.cancelled.is_set():
            raise Cancelled
