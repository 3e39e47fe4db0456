"""What is known of a picture file: before decoding (Header) and after (Photograph)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from restorer.imaging.files.jp2_boxes import Jp2Boxes
from restorer.imaging.files.jpeg_segments import JpegSegments
from restorer.imaging.files.orientation import combined
from restorer.imaging.files.png_chunks import PngChunks
from restorer.imaging.files.resolution import Resolution
from restorer.imaging.files.tiff_layout import TiffLayout
from restorer.imaging.window_level import Window

if TYPE_CHECKING:
    from restorer.imaging.files.dicom import DicomObject  # brings pydicom, which takes its time

Pixels = NDArray[
    Any
]  # uint8, uint16, int16 (DICOM only) or float32 (TIFF only), H×W or H×W×2, ×3, ×4 (four inks: H×W×4, ×5)

Infrared = Literal["channel"] | int
"""Where a TIFF keeps its infrared scan: in the extra channel, or on a page of its own (1, 2, …)."""

# Compressed bytes, pixels and one turned copy do not all live at once; 2.5 times the pixels holds for every
# reader and writer here (measured, 24 megapixels).
_PEAK = 2.5
_PEAK_OF_WEBP = 5.5  # Pillow's decoder keeps several copies


@dataclass(frozen=True)
class Header:
    """A picture file as its first bytes describe it; no pixel has been decoded.

    Width and height are those of the picture as it is shown, after its orientation.
    """

    path: Path
    format: str
    width: int
    height: int
    channels: int  # 1 grey, 2 grey + alpha, 3 RGB, 4 RGB + alpha
    dtype: np.dtype[Any]  # uint8, uint16, int16 or float32
    orientation: int = 1  # as stored, 1..8 (TIFF 6.0, tag 274)
    pages: int = 1
    page: int = 1  # which of them this is
    inks: bool = False  # cyan, magenta, yellow, black (and alpha): 4 or 5 channels
    peak: float | None = None  # memory at the peak, in times the pixels, where the reader knows it

    @property
    def pixel_bytes(self) -> int:
        return self.width * self.height * self.channels * self.dtype.itemsize

    @property
    def memory(self) -> int:
        """Bytes that opening (or saving) takes at its peak."""
        usual = _PEAK_OF_WEBP if self.format == "WebP" else _PEAK
        peak = usual if self.peak is None else self.peak
        return int(peak * self.pixel_bytes) + 16 * 2**20


@dataclass(frozen=True, eq=False)
class Photograph:
    """A picture file that was opened: its pixels, and all that has to come back when it is saved.

    `icc`, `xmp` and `iptc` are what is written, into whatever format: `dataclasses.replace` them to change
    them. `exif` and `resolution` matter when the format changes; in its own format a file gets back the ones
    in `carried`, byte for byte.
    """

    path: Path
    format: str  # "PNG", "TIFF", "JPEG", "JPEG 2000", "JPEG XL", "WebP", "AVIF", "HEIC", "BMP", "GIF", "PNM", "DICOM"
    pixels: Pixels  # as shown, C-contiguous, not writeable
    orientation: int  # as stored, 1..8
    icc: bytes | None
    exif: bytes | None  # a TIFF structure (Exif 3.0, § 4.5.2), without the "Exif\0\0" of JPEG
    xmp: bytes | None  # the packet, UTF-8
    iptc: bytes | None  # IIM records
    resolution: Resolution | None  # as stored: x and y change places with orientation 5..8
    carried: PngChunks | TiffLayout | JpegSegments | Jp2Boxes | DicomObject | None  # what only the same format can hold
    pages: int = 1
    remarks: tuple[str, ...] = ()  # to be told when the file is opened
    page: int = 1  # which of the pages this is
    inks: bool = False  # the channels are cyan, magenta, yellow, black (0: no ink), and alpha if there is a fifth
    levels: tuple[float, float] | None = None  # black and white of floats, and of whole numbers short of their type
    infrared: Pixels | None = None  # H×W as shown, in the file's depth, if it was asked for
    window: Window | None = None  # which values of a medical picture are shown; None shows all
    padding: tuple[int, int] | None = None  # from the first to the last, values that stand for no pixel at all
    turned: int = 1  # how `pixels` are to be turned to be seen, 1..8: what a person chose, written as a tag

    @property
    def paged(self) -> bool:
        """Has it pages, or frames, that can be opened instead of this one?"""
        return self.pages > 1 and self.format in ("TIFF", "DICOM")

    @property
    def tagged(self) -> int:
        """The orientation that its own format is to tell: the file's, and the person's after it."""
        return combined(self.orientation, self.turned)

    @property
    def medical(self) -> bool:
        """Does the file hold a patient's data, which are to stay in it?"""
        return self.format == "DICOM"


def sealed(pixels: Pixels) -> Pixels:
    """The same values, C-contiguous, that nobody can write into."""
    pixels = np.ascontiguousarray(pixels)
    pixels.setflags(write=False)
    return pixels
