"""Damage as a photograph's infrared scan shows it, for the window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from restorer.imaging import infrared
from restorer.imaging.files import infrared_scan

if TYPE_CHECKING:
    from collections.abc import Callable

    from restorer.document.document import Document
    from restorer.imaging.files import Photograph
    from restorer.imaging.files.infrared_scan import Where
    from restorer.imaging.findings import Findings, FoundTile
    from restorer.imaging.marks import Marks

_READING = 0.3
"""The share of reading, in a search."""


class InfraredSearch:
    """One search in a document as it is now; run it on any thread.

    What has been restored is left out: it is damaged on the film still, but no longer in the picture.
    """

    def __init__(self, document: Document, where: Where) -> None:
        self._photograph: Photograph = document.photograph
        self._restored: tuple[Marks, ...] = tuple(repair.wanted for repair in document.repairs if repair.visible)
        self._where = where

    def find(self, progress: Callable[[float], None], check: Callable[[], None]) -> Findings:
        """The same as `restorer detect --infrared` finds in a photograph that has not been restored yet.

        Args:
            progress: told the share done, 0..1.
            check: may raise (`Cancelled`) to end the search.

        Raises:
            RestorerError: the scan cannot be read, is not this picture's, or shows the picture itself.
        """
        check()
        scan = infrared_scan.read(self._photograph, self._where)
        progress(_READING)
        red = infrared.red_of(self._photograph.pixels)
        found = infrared.find(scan, red, lambda share: progress(_READING + (1 - _READING) * share), check)
        return replace(found, tiles=tuple(self._without_restored(tile) for tile in found.tiles))

    def _without_restored(self, tile: FoundTile) -> FoundTile:
        restored = [marks[tile.region.slices] for marks in self._restored]
        if not any(part.any() for part in restored):
            return tile
        probability = tile.probability.copy()
        for part in restored:
            probability[part] = 0
        return replace(tile, probability=probability)
