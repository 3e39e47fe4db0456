"""What a JPEG 2000 file holds besides pixels."""

from __future__ import annotations

from dataclasses import dataclass

XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
EXIF = b"JpgTiffExif->JP2"
IPTC = bytes.fromhex("33c7a4d2b81d4723a0baf1a3e097ad38")
CARRIED = (XMP, EXIF, IPTC)
"""The uuid boxes whose content goes into other formats too."""

_GEO = bytes.fromhex("b14bf8bd083d4b43a5ae8cd7d5a6ce03")
_STRUCTURE = (b"jP  ", b"ftyp", b"jp2h", b"jp2c", b"uuid", b"rreq", b"jpch", b"jplh", b"free")


@dataclass(frozen=True)
class Jp2Boxes:
    """The boxes of a JP2 in their order, to be written again."""

    boxes: tuple[tuple[bytes, bytes], ...] | None  # type and content, of codestreams empty; None: a bare codestream
    bits: int  # of a sample, 8 to 16

    @property
    def names_of_rest(self) -> tuple[str, ...]:
        """What no other format can hold, in words a person may know."""
        names = []
        for kind, content in self.boxes or ():
            if kind == b"jumb":
                names.append("the content credentials (C2PA)" if b"c2pa" in content[:200] else "the box “jumb”")
            elif kind == b"uuid" and content[:16] not in CARRIED:
                names.append("the maps' data (GeoJP2)" if content[:16] == _GEO else f"the box {content[:16].hex()}")
            elif kind not in _STRUCTURE:
                names.append(f"the box “{kind.decode('latin-1').strip()}”")
        return tuple(dict.fromkeys(names))
