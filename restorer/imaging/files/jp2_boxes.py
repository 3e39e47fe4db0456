"""What a JPEG 2000 file holds besides pixels."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Jp2Boxes:
    """The boxes of a JP2 in their order, to be written again."""

    boxes: tuple[tuple[bytes, bytes], ...] | None  # type and content, of codestreams empty; None: a bare codestream
    bits: int  # of a sample, 8 to 16
