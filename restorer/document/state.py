"""All of the work on a photograph at one moment, to be kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from restorer.document.repair import Image

if TYPE_CHECKING:
    from pathlib import Path

    from restorer.document.history import Step
    from restorer.document.repair import Repair
    from restorer.document.source import Source
    from restorer.imaging.files import Photograph
    from restorer.imaging.marks import Marks

    Shown = tuple[tuple[Repair, ...], int]


@dataclass(frozen=True, eq=False)
class State:
    """All of a document's work at one moment; nothing in it changes, any thread may read it."""

    photograph: Photograph
    source: Source
    mask: Marks
    repairs: tuple[Repair, ...]
    done: tuple[Step, ...]
    undone: tuple[Step, ...]
    embedded_in: Path | None = None
    """The project, if any, that holds the photograph's file too."""

    @property
    def image(self) -> Image:
        return Image.of(self.photograph, self.repairs)

    @property
    def shown(self) -> Shown:
        """As `Document.shown`."""
        return self.repairs, self.photograph.turned

    @property
    def last_number(self) -> int:
        """The highest that a repair has had, also in steps that were undone; 0 if there was none."""
        steps = (*self.done, *self.undone)
        repairs = (*self.repairs, *(repair for step in steps for repair in (*step.before, *step.after)))
        return max((repair.number for repair in repairs), default=0)
