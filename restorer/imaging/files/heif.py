"""Reading AVIF (AV1 Image File Format) and, with an optional package, HEIC (ISO/IEC 23008-12)."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import depth, native
from restorer.imaging.files import exif as exif_block
from restorer.imaging.files.boxes import StillPicture, still_picture
from restorer.imaging.files.orientation import as_shown, shown_size, upright_xmp
from restorer.imaging.files.photograph import Header, Photograph, sealed


def probe(path: Path, kind: str) -> Header:
    """Raises RestorerError if HEIC cannot be read here, BoxError, struct.error, IndexError and OSError."""
    if kind == "HEIC" and find_spec("pi_heif") is None:
        raise RestorerError(
            f"“{path.name}” is a HEIC, which needs one more package: install it with “pip install restorer[heic]”, "
            "or save the picture as JPEG, PNG or TIFF, and open that."
        )
    return _header(path, kind, still_picture(path.read_bytes()))


def _header(path: Path, kind: str, picture: StillPicture) -> Header:
    width, height = shown_size(picture.width, picture.height, picture.orientation)
    dtype = np.dtype(np.uint16 if picture.bits > 8 else np.uint8)
    return Header(
        path, kind, width, height, (1 if picture.grey else 3) + picture.transparent, dtype, picture.orientation, peak=12
    )


def read(path: Path, kind: str) -> Photograph:
    """Raises RestorerError, BoxError, struct.error, IndexError, native.DecodeError and OSError."""
    picture = still_picture(path.read_bytes())
    header = _header(path, kind, picture)
    stored = native.decode(header, kind)
    bits = picture.bits
    if kind == "HEIC":  # turned, and widened to 16 bits, by its library
        bits = 16 if stored.dtype == np.uint16 else 8
    else:
        stored = as_shown(stored, picture.orientation)
    exif = exif_block.upright(picture.exif)  # the container says how it is turned
    remarks = list(depth.remark(picture.bits))
    if picture.icc is None and not picture.standard:
        remarks.append("Its colours are not sRGB and it has no ICC profile: they will look different.")
    if picture.others > 1 and kind == "HEIC":
        remarks.append("Only the main picture of the file is opened.")
    return Photograph(
        path=path,
        format=kind,
        pixels=sealed(depth.widened(stored, bits)),
        orientation=1,
        icc=picture.icc,
        exif=exif,
        xmp=upright_xmp(picture.xmp),
        iptc=None,
        resolution=exif_block.resolution_of_block(exif),
        carried=None,
        remarks=tuple(remarks),
    )
