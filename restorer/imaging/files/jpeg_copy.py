"""A JPEG made anew of a picture of another format: a copy to pass on, in which every pixel may change a little.

It is made only where it was asked for: everything else that is written keeps each pixel, or each block, that no mark
touches.  (`jpeg_saving` does that for pictures that were JPEGs.)
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageCms

from restorer.imaging.display import displayed
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import exif as exif_block
from restorer.imaging.files.jpeg_segments import EXIF, IPTC_RESOURCE, PHOTOSHOP
from restorer.imaging.files.orientation import oriented_xmp
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from restorer.imaging.files.photograph import Photograph
    from restorer.imaging.files.stored import PixelSource

SUFFIXES = (".jpg", ".jpeg", ".jpe")
BEST, USUAL = 100, 92
_LONGEST = 65_500  # what a segment holds besides its name


@dataclass(frozen=True)
class Copying:
    """How a JPEG is made anew.

    Attributes:
        quality: 1..100, the scale of libjpeg's quantisation tables.
        srgb: colours are converted to sRGB, as screens and the web expect; otherwise the picture's profile stays.
    """

    quality: int = USUAL
    srgb: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.quality <= BEST:
            raise ValueError(f"a quality is from 1 to {BEST}, not {self.quality}")


def possible(photograph: Photograph) -> bool:
    """Whether a JPEG is made anew of it: a JPEG is saved by its blocks, a DICOM as a DICOM."""
    return photograph.format != "JPEG" and not photograph.medical and max(photograph.pixels.shape[:2]) <= 65535


def losses(photograph: Photograph) -> tuple[str, ...]:
    """Sentences about what the copy does not hold."""
    said = ["A JPEG made anew changes every pixel a little: it is a copy to pass on, and no proof of what stayed."]
    if photograph.pixels.dtype != np.uint8:
        said.append("Its colours are rounded to 8 bits a channel.")
    if photograph.pixels.ndim == 3 and photograph.pixels.shape[2] in (2, 4 + photograph.inks):
        said.append("See-through parts are laid over grey.")
    if photograph.inks:
        said.append("Its inks become sRGB.")
    return tuple(said)


def in_colours_of(photograph: Photograph, copying: Copying, pixels: NDArray[Any]) -> NDArray[np.uint8]:
    """Pixels of the photograph as the copy stores them: uint8, H×W or H×W×3."""
    shown = np.ascontiguousarray(displayed(pixels, photograph.levels, inks=photograph.inks, icc=photograph.icc))
    if not copying.srgb or photograph.inks or photograph.icc is None:
        return shown
    kind = "L" if shown.ndim == 2 else "RGB"
    transform = _to_srgb(photograph.icc, kind)
    return np.asarray(transform.apply(Image.fromarray(shown, kind)))


def profile_of(photograph: Photograph, copying: Copying) -> bytes | None:
    """What is embedded."""
    if photograph.inks or (copying.srgb and (photograph.icc is not None)):
        return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return photograph.icc


@lru_cache(maxsize=4)
def _to_srgb(icc: bytes, kind: str) -> ImageCms.ImageCmsTransform:
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(icc))
        return ImageCms.buildTransform(
            profile,
            ImageCms.createProfile("sRGB"),
            kind,
            "RGB",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError) as error:
        raise RestorerError("The picture's colour profile cannot be converted to sRGB: keep it as it is.") from error


def encoded(photograph: Photograph, pixels: PixelSource, copying: Copying) -> bytes:
    """The file: colours at full resolution, with profile, Exif, XMP, IPTC and resolution.

    Raises:
        RestorerError: its profile is unfit for sRGB, or its description too long for a JPEG.
    """
    whole = pixels if isinstance(pixels, np.ndarray) else pixels.read(Region.of_shape(pixels.shape))
    image = Image.fromarray(in_colours_of(photograph, copying, whole))
    told: dict[str, Any] = {}
    turned = photograph.turned
    exif, xmp = exif_block.oriented(photograph.exif, turned), oriented_xmp(photograph.xmp, turned)
    icc = profile_of(photograph, copying)
    if exif is not None:
        told["exif"] = EXIF + exif_block.with_thumbnail(exif, None)  # a preview shows what was before the repair
    if xmp is not None:
        told["xmp"] = xmp
    if icc is not None:
        told["icc_profile"] = icc
    extra = b""
    if photograph.iptc is not None:
        iptc = photograph.iptc
        block = b"8BIM" + struct.pack(">HHI", IPTC_RESOURCE, 0, len(iptc)) + iptc + bytes(len(iptc) % 2)
        body = PHOTOSHOP + block
        extra = b"\xff\xed" + struct.pack(">H", min(len(body) + 2, 65535)) + body
    if max(len(told.get("exif", b"")), len(told.get("xmp", b"")), len(extra)) > _LONGEST:
        raise RestorerError("The description is too long for a JPEG: choose TIFF, or write less into it.")
    if photograph.resolution is not None and photograph.resolution.per_metre is not None:
        per_metre = photograph.resolution.turned(photograph.orientation).per_metre
        if per_metre is not None:
            told["dpi"] = tuple(round(each * 0.0254) for each in per_metre)
    file = BytesIO()
    image.save(file, "JPEG", quality=copying.quality, subsampling=0, extra=extra, **told)
    return file.getvalue()
