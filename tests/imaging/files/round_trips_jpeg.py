"""The cells of JPEG; Pillow and a walk over the segments are the first witnesses."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
from PIL import Image
from round_trips import Cell
from specimens import exif_block, jpeg_file, picture

_ALL = frozenset({"pixels", "ICC", "EXIF", "GPS", "MakerNote", "XMP", "IPTC", "DPI", "orientation", "text"})


def stored(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image)


def properties(path: Path) -> dict[str, object]:
    """Segments are compared as bytes, so what is inside needs no reader of its own."""
    data, position = path.read_bytes(), 2
    found: dict[str, list[bytes]] = {}
    while data[position + 1] != 0xDA:
        length = struct.unpack_from(">H", data, position + 2)[0]
        body = data[position + 4 : position + 2 + length]
        name = {0xE0: "JFIF", 0xED: "IPTC", 0xFE: "text", 0xE2: "ICC", 0xEE: "Adobe"}.get(data[position + 1], "other")
        if data[position + 1] == 0xE1:
            name = "EXIF" if body.startswith(b"Exif") else "XMP"
        found.setdefault(name, []).append(body)
        position += 2 + length
    exif = found.get("EXIF")
    return {
        **{name: found.get(name) for name in ("ICC", "XMP", "IPTC", "text")},
        **dict.fromkeys(("EXIF", "GPS", "MakerNote", "orientation"), exif),
        "DPI": (found.get("JFIF"), exif),
    }


def _cell(name: str, channels: int = 3, **how: object) -> Cell:
    pixels = picture(channels, "uint8")
    if channels == 4:
        pixels = np.ascontiguousarray(pixels)

    def make(path: Path) -> np.ndarray:
        if channels == 4:
            image = Image.frombytes("CMYK", pixels.shape[1::-1], pixels.tobytes())
            image.save(path, quality=92, exif=b"Exif\0\0" + exif_block(6), **how)
        else:
            jpeg_file(path, pixels, orientation=6, comment=b"from the attic", **how)
        return stored(path)

    holds = _ALL - {"ICC", "XMP", "IPTC", "text", "DPI"} if channels == 4 else _ALL
    arguments: dict[str, object] = {"inks": True} if channels == 4 else {}
    # what a changed pixel may be off: grain of one pixel in blocks of 8 × 8, and colour at half the resolution
    return Cell(
        name, ".jpg", make, holds, stored, properties, ("share or border a block",), arguments, near=80, lossy=True
    )


CELLS = (
    _cell("Grey", 1),
    _cell("Grey, progressive", 1, progressive=True),
    _cell("YCbCr 4:4:4", subsampling=0),
    _cell("YCbCr 4:2:2", subsampling=1),
    _cell("YCbCr 4:2:0", subsampling=2),
    _cell("YCbCr 4:2:0, progressive", subsampling=2, progressive=True),
    _cell("YCbCr 4:4:4, restart intervals", subsampling=0, restart_marker_blocks=5),
    _cell("YCbCr 4:2:0, own Huffman tables", optimize=True),
    _cell("RGB", keep_rgb=True),
    _cell("CMYK (Adobe)", 4),
)
