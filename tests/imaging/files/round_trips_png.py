"""The cells of PNG; a decoder after the specification is the first witness."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
from round_trips import Cell
from specimens import HEIGHT, ICC, XMP, all_png_chunks, chunk, exif_block, picture, png_bytes, png_chunks, png_pixels

_ALL = frozenset({"pixels", "ICC", "EXIF", "GPS", "MakerNote", "XMP", "DPI", "orientation", "text"})


def properties(path: Path) -> dict[str, object]:
    """Chunks are compared as bytes, so what is inside needs no reader of its own."""
    chunks = png_chunks(path.read_bytes())
    found: dict[bytes, list[bytes]] = {}
    for kind, data in chunks:
        found.setdefault(kind, []).append(data)
    exif = found.get(b"eXIf")
    colour = [found.get(kind) for kind in (b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT")]
    return {
        "ICC": colour if any(colour) else None,
        **dict.fromkeys(("EXIF", "GPS", "MakerNote", "orientation"), exif),
        "XMP": [data for data in found.get(b"iTXt", []) if data.startswith(b"XML:com.adobe.xmp")] or None,
        "DPI": found.get(b"pHYs"),
        "text": [found.get(kind) for kind in (b"tEXt", b"zTXt", b"iTXt", b"tIME", b"prVt")],
    }


def _cell(name: str, channels: int, dtype: str) -> Cell:
    pixels = picture(channels, dtype)

    def make(path: Path) -> np.ndarray:
        before, after = all_png_chunks()
        before = before.replace(chunk(b"eXIf", exif_block()), chunk(b"eXIf", exif_block(6)))
        path.write_bytes(png_bytes(pixels, before=before, after=after))
        return pixels

    return Cell(name, ".png", make, _ALL, png_pixels, properties)


def _grey(depth: int) -> Cell:
    def make(path: Path) -> np.ndarray:
        before, after = all_png_chunks()
        before = before.replace(chunk(b"sBIT", b"\x08\x08\x08"), chunk(b"sBIT", b"\x01"))
        path.write_bytes(png_bytes(picture(1, "uint8"), colour=0, depth=depth, before=before, after=after))
        return picture(1, "uint8")

    said = (f"{2**depth} levels",)
    return Cell(f"Grey {depth} bit", ".png", make, _ALL, None, properties, said, near=255 / (2**depth - 1) / 2)


def _palette(path: Path) -> np.ndarray:
    indices = picture(1, "uint8") % 4
    palette = chunk(b"PLTE", bytes([1, 2, 3, 40, 50, 60, 70, 80, 90, 255, 0, 9])) + chunk(b"tRNS", b"\x00\x80")
    about = chunk(b"iCCP", b"P\0\0" + zlib.compress(ICC)) + palette + chunk(b"pHYs", struct.pack(">IIB", 5000, 5000, 1))
    about += (
        chunk(b"eXIf", exif_block()) + chunk(b"tEXt", b"a\0b") + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)
    )
    path.write_bytes(png_bytes(indices, before=about, colour=3))
    return indices


def _animation(path: Path) -> np.ndarray:
    """Two frames (APNG): the first one is the picture itself."""
    pixels = picture(3, "uint8")
    frame = struct.pack(">IIIIIHHBB", 0, pixels.shape[1], HEIGHT, 0, 0, 1, 10, 0, 0)
    raw = b"".join(b"\0" + row.tobytes() for row in pixels[::-1].reshape(HEIGHT, -1))
    second = chunk(b"fcTL", struct.pack(">I", 1) + frame[4:]) + chunk(
        b"fdAT", struct.pack(">I", 2) + zlib.compress(raw)
    )
    first = chunk(b"acTL", struct.pack(">II", 2, 0)) + chunk(b"fcTL", frame) + chunk(b"tEXt", b"a\0b")
    path.write_bytes(png_bytes(pixels, before=first, after=second))
    return pixels


CELLS = (
    *(
        _cell(f"{kind} {bits} bit", channels, f"uint{bits}")
        for bits in (8, 16)
        for channels, kind in enumerate(("Grey", "Grey and alpha", "RGB", "RGBA"), 1)
    ),
    *(_grey(depth) for depth in (1, 2, 4)),
    Cell(
        "Palette with transparency", ".png", _palette, _ALL - {"text", "orientation"}, None, properties,
        ("palette", "transparent"), imagemagick=False, changes=("PNG:ColorType", "PNG:Palette", "PNG:Transparency"),
    ),
    Cell(
        "Animation (APNG)", ".png", _animation, frozenset({"pixels", "text"}), png_pixels, properties,
        ("further pictures of the animation",), imagemagick=False,
        changes=("PNG:AnimationFrames", "PNG:AnimationPlays"),
    ),
)  # fmt: skip
