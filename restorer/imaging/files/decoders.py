"""The decoders that run in the child (see `native`): from a file to stored pixels, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import imagecodecs
import numpy as np
from PIL import BmpImagePlugin, GifImagePlugin, Image, ImageFile, WebPImagePlugin

from restorer.imaging.files.boxes import boxes
from restorer.imaging.files.dicom_frames import decode_file
from restorer.imaging.files.photograph import Pixels

_BAND = 256  # rows turned into an array at a time: Pillow keeps RGB in four bytes, two copies are too much


@contextmanager
def memory_limit(most: int) -> Iterator[None]:
    """Let the process take `most` bytes more than it has now; only Linux can say how much that is."""
    try:
        import resource

        now = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGESIZE")
    except (ImportError, OSError):
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (now + most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def _through_pillow(reader: type[ImageFile.ImageFile]) -> Callable[[Path], Pixels]:
    """The class rather than `Image.open`: its limit on pixels is global and warns; ours is in `admission`."""

    def decode(path: Path) -> Pixels:
        with reader(path) as image:
            image.load()
            transparent = "transparency" in image.info
            mode = {"1": "L", "L": "L", "LA": "LA", "RGBA": "RGBA", "PA": "RGBA"}.get(image.mode, "RGB")
            mode = {"L": "LA", "RGB": "RGBA"}.get(mode, mode) if transparent else mode
            channels = len(mode)
            stored = np.empty((image.height, image.width, channels), np.uint8)
            for top in range(0, image.height, _BAND):
                bottom = min(top + _BAND, image.height)
                band: Image.Image = image.crop((0, top, image.width, bottom)).convert(mode)
                stored[top:bottom] = np.asarray(band).reshape(bottom - top, image.width, channels)
            return stored[..., 0] if channels == 1 else stored

    return decode


def _through_imagecodecs(codec: Callable[[bytes], Pixels]) -> Callable[[Path], Pixels]:
    def decode(path: Path) -> Pixels:
        return codec(path.read_bytes())

    return decode


def _heif(path: Path) -> Pixels:
    """The primary picture, upright, in its own depth; pi-heif is an optional package without encoders."""
    import pi_heif

    picture = pi_heif.open_heif(path, convert_hdr_to_8bit=False)
    return np.asarray(picture)


def _jpeg2000(data: bytes) -> Pixels:
    """The codestream alone: with the boxes around it the library would convert colours by the profile."""
    start = 0
    if not data.startswith(b"\xff\x4f\xff\x51"):
        start = next(box.start for box in boxes(data) if box.type == b"jp2c")
    return imagecodecs.jpeg2k_decode(data[start:])


def _first_frame(data: bytes) -> Pixels:
    return imagecodecs.avif_decode(data, index=0)


def _jpegxl(data: bytes) -> Pixels:
    """The first frame, upright."""
    return imagecodecs.jpegxl_decode(data, index=0)


DECODERS: dict[str, Callable[[Path], Pixels]] = {
    "BMP": _through_pillow(BmpImagePlugin.BmpImageFile),
    "GIF": _through_pillow(GifImagePlugin.GifImageFile),
    "WebP": _through_pillow(WebPImagePlugin.WebPImageFile),
    "JPEG 2000": _through_imagecodecs(_jpeg2000),
    "JPEG XL": _through_imagecodecs(_jpegxl),
    "AVIF": _through_imagecodecs(_first_frame),
    "HEIC": _heif,
    "DICOM": decode_file,  # the bitstream of one frame
    "DICOM, RGB": partial(decode_file, rgb=True),
}
