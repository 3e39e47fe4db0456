"""Skeleton, being written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from restorer.document.document import Document
    from restorer.imaging.region import Region


class DisplayLayers:
    @classmethod
    def of(cls, document: Document) -> DisplayLayers:
        return cls()

    def update(self, document: Document, region: Region) -> None: ...
