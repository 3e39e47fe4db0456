"""WebP and BMP: read only, 8 bit, through Pillow."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from PIL import BmpImagePlugin, ImageFile, WebPImagePlugin

from restorer.imaging.files import exif as exif_block
from restorer.imaging.files.orientation import as_shown, shown_size
from restorer.imaging.files.photograph import Header, Photograph, sealed
from restorer.imaging.files.resolution import Resolution

# The classes rather than `Image.open`: its limit on pixels is global and warns; ours is in `admission`.
_READERS: dict[str, type[ImageFile.ImageFile]] = {
    "WebP": WebPImagePlugin.WebPImageFile,
    "BMP": BmpImagePlugin.BmpImageFile,
}
_CHANNELS = {"L": 1, "RGB": 3, "RGBA": 4, "RGBX": 3, "P": 3, "1": 1}
_BAND = 256  # rows turned into an array at a time: Pillow keeps RGB in four bytes, two copies are too much


def probe(path: Path, kind: str) -> Header:
    """Raises Pillow's errors and OSError."""
    with _READERS[kind](path) as image:
        return _header(path, kind, image)


def _header(path: Path, kind: str, image: ImageFile.ImageFile) -> Header:
    orientation = exif_block.orientation_of(_exif(image))
    width, height = shown_size(*image.size, orientation)
    channels = _CHANNELS.get(image.mode, 3)
    return Header(path, kind, width, height, channels, np.dtype(np.uint8), orientation, getattr(image, "n_frames", 1))


def _exif(image: ImageFile.ImageFile) -> bytes | None:
    block: Any = image.info.get("exif")
    return block.removeprefix(b"Exif\0\0") if isinstance(block, bytes) else None


def _resolution(dpi: Any) -> Resolution | None:
    if not dpi or not all(dpi):
        return None
    return Resolution(Fraction(round(dpi[0])), Fraction(round(dpi[1])), "inch")


def read(path: Path, kind: str) -> Photograph:
    """Raises Pillow's errors and OSError."""
    with _READERS[kind](path) as image:
        header = _header(path, kind, image)
        image.load()
        mode = {1: "L", 3: "RGB", 4: "RGBA"}[header.channels]
        shape = (image.height, image.width, header.channels)
        stored = np.empty(shape, np.uint8)
        for top in range(0, image.height, _BAND):
            bottom = min(top + _BAND, image.height)
            band = image.crop((0, top, image.width, bottom)).convert(mode)
            stored[top:bottom] = np.asarray(band).reshape(bottom - top, *shape[1:])
        remarks = []
        if image.mode in ("P", "1"):
            remarks.append("The colour palette is opened as 8-bit RGB or grey, and saved as that.")
        if header.pages > 1:
            remarks.append("Only the first picture of the animation is opened.")
        return Photograph(
            path=path,
            format=kind,
            pixels=sealed(as_shown(stored[..., 0] if header.channels == 1 else stored, header.orientation)),
            orientation=header.orientation,
            icc=image.info.get("icc_profile") or None,
            exif=_exif(image),
            xmp=image.info.get("xmp") or None,
            iptc=None,
            resolution=_resolution(image.info.get("dpi")),
            carried=None,
            pages=header.pages,
            remarks=tuple(remarks),
        )
