"""What the samples of a TIFF page mean, and which of them are the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import tifffile
from numpy.typing import NDArray

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import tiff_fax as fax
from restorer.imaging.files import tiff_segments as segments

JPEG = 7
THROUGH_TIFFFILE = {JPEG: "JPEG", 33003: "JPEG 2000", 33005: "JPEG 2000", 34712: "JPEG 2000", 34887: "LERC",
                    50001: "WebP", 50002: "JPEG XL", 34933: "PNG"}  # fmt: skip
MIN_IS_WHITE, MIN_IS_BLACK, RGB, SEPARATED, YCBCR = 0, 1, 2, 5, 6
_COLOURS = {MIN_IS_WHITE: 1, MIN_IS_BLACK: 1, RGB: 3, SEPARATED: 4, YCBCR: 3}
_ALPHA = (1, 2)  # values of ExtraSamples that are transparency: premultiplied, and not
_REFUSED = {
    3: "holds a colour palette. Convert it to RGB in the program that made it",
    4: "is a transparency mask. Convert it to 8-bit grey",
    8: "holds Lab colours. Convert it to RGB in the program that made it",
    9: "holds Lab colours. Convert it to RGB in the program that made it",
    32803: "holds raw data of a camera. Develop it and export a 16-bit TIFF",
    34892: "holds raw data of a camera. Develop it and export a 16-bit TIFF",
}


@dataclass(frozen=True)
class Kind:
    """How stored samples become pixels."""

    samples: int  # stored channels
    colours: int  # of them, the first ones
    extras: tuple[int, ...]  # what each of the others is (tag 338)
    channels: tuple[int, ...]  # the stored channels that make the picture: colours, and alpha if there is one
    dtype: np.dtype[Any]  # of the pixels and of a sample in memory: uint8, uint16 or float32
    bits: int  # of a sample in the file
    inverted: bool  # MinIsWhite
    inks: bool

    @property
    def alpha(self) -> int:
        """What the last channel of the picture is: 0 a colour, 1 premultiplied alpha, 2 alpha."""
        return self.extras[self.channels[-1] - self.colours] if len(self.channels) > self.colours else 0

    @property
    def spare(self) -> tuple[int, ...]:
        """The stored channels that are not opened, only kept."""
        return tuple(k for k in range(self.samples) if k not in self.channels)

    @property
    def _step(self) -> int:
        return 255 // (2**self.bits - 1) if self.bits < 8 else 1

    def pixels(self, samples: NDArray[Any], channel: int | None = None) -> NDArray[Any]:
        """Pixels of stored samples (…×samples; or …×1, only that channel of separate planes)."""
        if channel is None and self.channels != tuple(range(samples.shape[-1])):
            samples = samples[..., self.channels]
        if self._step > 1:
            samples = samples * np.uint8(self._step)
        if not self.inverted or channel not in (None, 0):
            return samples
        highest = np.iinfo(self.dtype).max
        if samples.shape[-1] == 1:
            return highest - samples
        samples = samples.copy()
        np.subtract(highest, samples[..., 0], out=samples[..., 0])
        return samples

    def stored(self, pixels: NDArray[Any], channel: int | None = None) -> NDArray[Any]:
        """The opposite of `pixels`, of the channels that the picture has; few bits are rounded to."""
        if self.inverted and channel in (None, 0):
            pixels = pixels.copy()
            np.subtract(np.iinfo(self.dtype).max, pixels[..., 0], out=pixels[..., 0])
        if self._step > 1:
            pixels = ((pixels.astype(np.uint16) + self._step // 2) // self._step).astype(np.uint8)
        return pixels


def plain(channels: int, dtype: np.dtype[Any], *, inks: bool = False) -> Kind:
    """The kind of a picture that was no TIFF: grey or colours, and alpha where there is one channel more."""
    colours = 4 if inks else 1 if channels < 3 else 3
    extras = (2,) * (channels - colours)
    return Kind(channels, colours, extras, tuple(range(channels)), dtype, 8 * dtype.itemsize, inverted=False, inks=inks)


def kind_of(name: str, page: tifffile.TiffPage) -> Kind:
    """The kind of a page.

    Raises:
        RestorerError: it is none that is supported; ValueError if its header is damaged.
    """
    sizes = page.imagewidth, page.imagelength, page.samplesperpixel, page.bitspersample
    if any(not isinstance(size, int) or size < 1 for size in sizes):  # damaged tags come as anything
        raise ValueError("its header is damaged")
    reason = _reason_to_refuse(page)
    if reason is not None:
        raise RestorerError(f"“{name}” {reason}, and open that.")
    colours = _COLOURS[page.photometric]
    stated = tuple(int(extra) for extra in page.extrasamples or ())
    extras = (*stated, *[0] * page.samplesperpixel)[: page.samplesperpixel - colours]
    alpha = [colours + k for k, extra in enumerate(extras) if extra in _ALPHA][:1]
    names = {8: np.uint8, 16: np.uint16, 32: np.float32}
    return Kind(
        samples=page.samplesperpixel,
        colours=colours,
        extras=extras,
        channels=(*range(colours), *alpha),
        dtype=np.dtype(names.get(page.bitspersample, np.uint8)),
        bits=page.bitspersample,
        inverted=page.photometric == MIN_IS_WHITE,
        inks=page.photometric == SEPARATED,
    )


def _reason_to_refuse(page: tifffile.TiffPage) -> str | None:
    bits, floating = page.bitspersample, page.sampleformat == 3
    through = page.compression in THROUGH_TIFFFILE
    faxed = page.compression in fax.NAMES
    colours = _COLOURS.get(page.photometric)
    if 50706 in page.tags:
        return "is a camera's raw file (DNG). Develop it and export a 16-bit TIFF"
    if page.photometric in _REFUSED:
        return _REFUSED[page.photometric]
    if floating and (bits != 32 or page.photometric == MIN_IS_WHITE):
        return f"holds unusual floating-point values ({bits} bit). Save it as a 32-bit float TIFF, low values black"
    if not floating and (page.sampleformat != 1 or bits not in (1, 2, 4, 8, 16)):
        if page.sampleformat == 2:
            return f"has signed {bits}-bit values. Save it as 16-bit TIFF of values from 0 to 65535"
        return f"has unsupported {bits}-bit values. Save it as 8 or 16-bit TIFF"
    if not through and not faxed and page.compression not in segments.LOSSLESS:
        return "is compressed in a way that is not supported. Save it with LZW or Deflate (ZIP) compression"
    if (page.photometric == YCBCR and page.compression != JPEG) or (faxed and (bits, page.samplesperpixel) != (1, 1)):
        return "is compressed in a way that is not supported. Save it with LZW or Deflate (ZIP) compression"
    if colours is None or page.samplesperpixel < colours or page.imagedepth != 1:
        return "has an unusual number of channels. Save it as grey or RGB"
    if page.predictor not in ((1, 2, 3) if floating else (1, 2) if bits >= 8 else (1,)):
        return "uses a predictor that is not supported. Save it with LZW or Deflate (ZIP) compression"
    if page.photometric == SEPARATED and 332 in page.tags and page.tags[332].value != 1:
        return "holds other inks than cyan, magenta, yellow and black. Convert it to RGB in the program that made it"
    return None
