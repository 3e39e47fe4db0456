"""The segments of a JPEG file (ITU-T T.81, annex B): what comes before the pixels, and where scans end."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from restorer.imaging.files.resolution import Resolution

if TYPE_CHECKING:
    from collections.abc import Iterator

EXIF = b"Exif\0\0"
XMP = b"http://ns.adobe.com/xap/1.0/\0"
XMP_MORE = b"http://ns.adobe.com/xmp/extension/\0"
ICC = b"ICC_PROFILE\0"
PHOTOSHOP = b"Photoshop 3.0\0"
IPTC_RESOURCE = 0x0404

_EOI, _SOS, _DRI, _COM, _APP0 = 0xD9, 0xDA, 0xDD, 0xFE, 0xE0
_NEVER = 99  # the lowest bit of a coefficient that no scan has brought
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
BLOCKS = "Pixels that share or border a block of the JPEG with the mask change a little too; they are counted."
"""What is said of every file whose pixels are coded in the blocks of a JPEG, and stay so."""
_MARKER_IN_SCAN = re.compile(rb"\xff+([^\x00\xff])")


class SegmentError(ValueError):
    """The segments are damaged or end too early."""


@dataclass(frozen=True)
class Colour:
    """How components make pixels."""

    transform: Literal["YCbCr", "YCCK"] | None
    inverted: bool = False  # 255 is no ink


@dataclass(frozen=True)
class JpegSegments:
    """A JPEG file taken apart as far as its entropy-coded data."""

    frame: int  # the marker: 0xC0 baseline, 0xC1 extended, 0xC2 progressive, others
    precision: int  # bits a sample
    width: int
    height: int
    components: int
    identifiers: tuple[int, ...]  # of the components
    others: tuple[tuple[int, bytes], ...]  # APPn and COM as (marker, data), in their order
    gaps: tuple[int, ...]  # where a run of entropy-coded data ends: before each restart marker and after each scan
    restarts: dict[int, int]  # for the gaps after scans with restart intervals: the number of the next restart marker
    coarse: bool  # the last progressive scans are not there
    end: int  # of the picture, after its EOI; more may follow (previews, films)
    data: bytes = field(default=b"", repr=False)  # the whole file: what is not changed is copied from it

    @property
    def colour(self) -> Colour:
        """By the rules of libjpeg's decoder, and Adobe's habit of storing inks the other way round."""
        adobe = next((data[6] for data in self._with(0xEE, b"Adobe") if len(data) >= 7), None)
        if self.components == 4:
            return Colour("YCCK" if adobe == 2 else None, inverted=adobe is not None)
        if self.components != 3:
            return Colour(None)
        if self._with(_APP0, b"JFIF\0"):
            return Colour("YCbCr")
        if adobe is not None:
            return Colour("YCbCr" if adobe else None)
        return Colour(None if self.identifiers == (0x52, 0x47, 0x42) else "YCbCr")  # “RGB”

    @property
    def more(self) -> bytes:
        """What follows the picture in the file."""
        return self.data[self.end :].strip(b"\0\r\n ")

    def _with(self, marker: int, start: bytes) -> list[bytes]:
        return [data[len(start) :] for kind, data in self.others if kind == marker and data.startswith(start)]

    @property
    def exif(self) -> bytes | None:
        return next(iter(self._with(0xE1, EXIF)), None)

    @property
    def xmp(self) -> bytes | None:
        return next(iter(self._with(0xE1, XMP)), None)

    @property
    def icc(self) -> bytes | None:
        """The profile put together from its numbered parts (ICC.1, annex B.4); None if one is missing."""
        parts = {part[0]: part for part in self._with(0xE2, ICC) if len(part) > 2}
        if not parts or sorted(parts) != list(range(1, next(iter(parts.values()))[1] + 1)):
            return None
        return b"".join(parts[number][2:] for number in sorted(parts))

    @property
    def photoshop(self) -> bytes | None:
        """Photoshop's image resources."""
        return b"".join(self._with(0xED, PHOTOSHOP)) or None

    @property
    def iptc(self) -> bytes | None:
        return _resource(self.photoshop or b"", IPTC_RESOURCE)

    @property
    def resolution(self) -> Resolution | None:
        """From JFIF's density."""
        for data in self._with(_APP0, b"JFIF\0"):
            if len(data) >= 7:
                unit, x, y = struct.unpack_from(">BHH", data, 2)
                if x and y and (unit, x, y) != (0, 1, 1):
                    return Resolution(
                        Fraction(x),
                        Fraction(y),
                        {1: "inch", 2: "centimetre"}.get(unit, "none"),  # type: ignore[arg-type]
                    )
        return None

    @property
    def has_further_pictures(self) -> bool:
        """Multi-Picture Format (CIPA DC-007): previews, depth or gain maps behind the picture."""
        return bool(self._with(0xE2, b"MPF\0"))

    @property
    def has_credentials(self) -> bool:
        return bool(self._with(0xEB, b"JP"))

    @property
    def names_of_rest(self) -> tuple[str, ...]:
        """What else is in the file, in words a person may know."""
        names = []
        for marker, data in self.others:
            label = data[:16].split(b"\0")[0].decode("latin-1")
            if marker == _COM:
                names.append("the comment")
            elif marker == 0xE1 and data.startswith(XMP_MORE):
                names.append("the second part of a long XMP packet")
            elif marker == 0xE2 and label == "MPF":
                names.append("the further pictures in the file (MPF)")
            elif marker == 0xEB and data[:2] == b"JP":
                names.append("the content credentials (C2PA)")
            elif not data.startswith((EXIF, XMP, ICC, PHOTOSHOP, b"JFIF", b"JFXX", b"Adobe")):
                names.append(f"the segment APP{marker - _APP0}{f' “{label}”' if label.isprintable() and label else ''}")
        if self.more and not self.has_further_pictures:
            names.append("what follows the picture in the file")
        return tuple(dict.fromkeys(names))


def parse(data: bytes) -> JpegSegments:
    """Raises SegmentError if there is no frame or no scan, or a segment reaches beyond the end."""
    frame: tuple[int, int, int, int, int] | None = None
    others: list[tuple[int, bytes]] = []
    gaps: list[int] = []
    restarts: dict[int, int] = {}
    interval = 0
    refinement: dict[int, list[int]] = {}
    position = 2
    while True:
        marker, position = next_marker(data, position, found_scan=bool(gaps))
        if marker == _EOI:
            break
        if marker in ALONE:
            continue
        if position + 2 > len(data):
            raise SegmentError("the file is cut short")
        length = struct.unpack_from(">H", data, position)[0]
        body = data[position + 2 : position + length]
        if length < 2 or len(body) < length - 2:
            raise SegmentError("the file is cut short")
        position += length
        if marker in FRAMES:
            if len(body) < 6 or frame is not None:
                raise SegmentError("its frame header is damaged")
            frame = (marker, *struct.unpack_from(">BHHB", body))
            refinement = {body[place]: [_NEVER] * 64 for place in range(6, min(len(body), 6 + 3 * body[5]), 3)}
        elif marker == _DRI and len(body) == 2:
            interval = struct.unpack(">H", body)[0]
        elif marker == _SOS:
            _refine(refinement, body)
            ends, position = _scan_ends(data, position)
            if interval:
                restarts[ends[-1]] = (len(ends) - 1) % 8
            gaps += ends
        elif marker == _COM or _APP0 <= marker <= 0xEF:
            others.append((marker, body))
    if frame is None or not gaps:
        raise SegmentError("it holds no picture")
    if any(bits[0] == _NEVER for bits in refinement.values()):
        raise SegmentError("part of the picture is missing")
    marker, precision, height, width, components = frame
    return JpegSegments(
        marker, precision, width, height, components, tuple(refinement), tuple(others), tuple(gaps), restarts,
        coarse=any(low for bits in refinement.values() for low in bits), end=position, data=data,
    )  # fmt: skip


def described_segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, beginning and end of the contents of each APPn segment and comment of a file that `parse` accepts."""
    position, found = 2, False
    while True:
        marker, position = next_marker(data, position, found_scan=found)
        if marker == _EOI:
            return
        if marker in ALONE:
            continue
        end = position + struct.unpack_from(">H", data, position)[0]
        if marker == _COM or _APP0 <= marker <= 0xEF:
            yield marker, position + 2, end
        position = end
        if marker == _SOS:
            position, found = scan_end(data, position), True


def _refine(refinement: dict[int, list[int]], header: bytes) -> None:
    """Note down what a scan brings: for each component and coefficient the lowest bit sent so far (§ G.1.1.1)."""
    count = header[0] if header else 0
    if not 1 <= count <= 4 or len(header) < 4 + 2 * count:
        raise SegmentError("a scan's header is damaged")
    first, last, bits = header[1 + 2 * count :][:3]
    for component in header[1 : 1 + 2 * count : 2]:
        for coefficient in range(first, min(last, 63) + 1):
            if component in refinement:
                refinement[component][coefficient] = bits & 15


def next_marker(data: bytes, position: int, *, found_scan: bool) -> tuple[int, int]:
    """The next marker and where it ends; stray bytes between segments are skipped, as decoders do."""
    match = _MARKER_IN_SCAN.search(data, position)
    if match is None:
        if found_scan:
            return _EOI, len(data)  # the end is missing; whether pixels are too, the reader finds out
        raise SegmentError("the file is cut short")
    return match.group(1)[0], match.end()


def _scan_ends(data: bytes, position: int) -> tuple[list[int], int]:
    """Where each run of entropy-coded data in a scan ends, and where the scan does."""
    ends = []
    for match in _MARKER_IN_SCAN.finditer(data, position):
        ends.append(match.start())
        if not 0xD0 <= match.group(1)[0] <= 0xD7:
            return ends, match.start()
    return [*ends, len(data)], len(data)


def scan_end(data: bytes, position: int) -> int:
    """Where the scan ends whose entropy-coded data begin at `position`."""
    return next(
        (match.start() for match in _MARKER_IN_SCAN.finditer(data, position) if not 0xD0 <= match.group(1)[0] <= 0xD7),
        len(data),
    )


def resources(blocks: bytes) -> Iterator[tuple[int, int, int, bytes]]:
    """Photoshop's image resources (Photoshop File Formats Specification): number, where each begins and ends, data."""
    position = 0
    while blocks[position : position + 4] == b"8BIM" and position + 12 <= len(blocks):
        number, name = struct.unpack_from(">HB", blocks, position + 4)
        start = position + 6 + (name + 2) // 2 * 2
        if start + 4 > len(blocks):
            return
        length = struct.unpack_from(">I", blocks, start)[0]
        end = start + 4 + (length + 1) // 2 * 2
        yield number, position, min(end, len(blocks)), blocks[start + 4 : start + 4 + length]
        position = end


def _resource(blocks: bytes, wanted: int) -> bytes | None:
    return next((data for number, _, _, data in resources(blocks) if number == wanted), None)
