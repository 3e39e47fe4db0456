"""A DICOM file's data set without its pixels: what is said of them, and where they are.

Whatever goes wrong in here is told without the values of the file, because they name a patient: neither pydicom's
errors nor its warnings and log lines get out (`private`).
"""

from __future__ import annotations

import logging
import math
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pydicom
from pydicom import config
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset, FileDataset

from restorer.imaging.errors import RestorerError
from restorer.imaging.files.dicom_frames import BIG_ENDIAN, CODED, NATIVE, RLE, Sample
from restorer.imaging.window_level import FUNCTIONS, Window

PIXELS = 0x7FE00010
_OTHER_PIXELS = (0x7FE00008, 0x7FE00009)  # floating-point
_DEFLATED = "1.2.840.10008.1.2.1.99"
_DEFERRED = 1 << 16
_MOST_FRAMES = 1 << 24
_LOCK = threading.Lock()

# pydicom's log lines quote values, and Python prints them on the terminal where there is no handler.
_log = logging.getLogger("pydicom")
_log.addHandler(logging.NullHandler())
_log.propagate = False


@contextmanager
def private() -> Iterator[None]:
    """Lets pydicom work: quiet, lenient, and with errors that say nothing of the file's values.

    Raises:
        ValueError: in place of what pydicom raises; RestorerError, MemoryError and OSError as they are.
    """
    with _LOCK, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        before = config.settings.reading_validation_mode, config.settings.writing_validation_mode
        config.settings.reading_validation_mode = config.settings.writing_validation_mode = config.IGNORE
        try:
            yield
        except (RestorerError, MemoryError):
            raise
        except OSError as error:
            if error.errno is None:
                raise ValueError("its data cannot be read") from None
            raise
        except Exception:
            raise ValueError("its data cannot be read") from None
        finally:
            config.settings.reading_validation_mode, config.settings.writing_validation_mode = before


@dataclass(frozen=True, eq=False)
class Described:
    """What a DICOM file says of one of its frames.

    Attributes:
        path: the file.
        dataset: all elements but the pixels; raw, so that it is written as it was read.
        syntax: the transfer syntax.
        sample: how values are stored.
        frames, frame: how many there are, and which of them this is (1, 2, …).
        place: where the value of the pixel data begins in the file.
        length: of that value in bytes; -1 of encapsulated frames.
        pixel_vr: OB or OW.
        rgb: colours are red, green and blue, rather than luma and chroma.
        window: for the display of grey; None without one in the file.
        scale: rescale slope and intercept.
        inverted: MONOCHROME1.
        padding: the stored values, from the first to the last, that stand for no pixel at all.
        signed: a digital signature is in the file.
    """

    path: Path
    dataset: FileDataset
    syntax: str
    sample: Sample
    frames: int
    frame: int
    place: int
    length: int
    pixel_vr: str
    rgb: bool
    window: Window | None
    scale: tuple[float, float]
    inverted: bool
    padding: tuple[int, int] | None
    signed: bool

    @property
    def coded(self) -> bool:
        """Are the frames compressed?"""
        return self.syntax not in NATIVE


def described(path: Path, frame: int) -> Described:
    """Read all of a file but its pixels.

    Raises:
        RestorerError: a kind or a frame that is not supported; ValueError: it is damaged; OSError.
    """
    with private():
        raw = pydicom.dcmread(path, defer_size=_DEFERRED)
        syntax = str(raw.file_meta.get("TransferSyntaxUID", ""))
        _check_syntax(path, syntax)
        pixels = raw.get_item(PIXELS, keep_deferred=True)
        if pixels is None:
            floats = any(tag in raw for tag in _OTHER_PIXELS)
            what = "holds floating-point pixels" if floats else "is a DICOM file without a picture"
            _refuse(path, what, "choose a slice or a radiograph")
        if not isinstance(pixels, RawDataElement):
            raise ValueError
        del raw[PIXELS]
        for tag in list(raw.keys()):  # what else is large, as long as the file is known to be there
            raw.get_item(tag)
        raw.filename = None
        return _described(path, raw, syntax, pixels, frame)


def _described(path: Path, raw: FileDataset, syntax: str, pixels: RawDataElement, frame: int) -> Described:
    seen = Dataset()  # looking into `raw` itself would turn bytes into values, and they might come out as others
    seen.update({tag: raw.get_item(tag) for tag in raw.keys() if tag.group in (0x0028, 0x5200) or tag == 0x00080005})  # noqa: SIM118
    implicit, little = raw.original_encoding
    seen.set_original_encoding(implicit, little, raw.original_character_set)
    frames = _whole(seen.get("NumberOfFrames") or 1)
    if not 1 <= frame <= min(frames, _MOST_FRAMES):
        many = "one frame" if frames == 1 else f"{frames} frames"
        raise RestorerError(f"“{path.name}” has {many}: there is no frame {frame}, choose another one.")
    photometric = str(seen.get("PhotometricInterpretation", "")).strip()
    sample = _sample(path, seen, syntax, photometric)
    if syntax == BIG_ENDIAN and sample.allocated == 8 and pixels.VR == "OW":
        _refuse(
            path, "keeps its bytes in pairs, high byte first", "save it as Explicit VR Little Endian, and open that"
        )
    length = -1 if pixels.length == 0xFFFFFFFF else pixels.length
    if (syntax not in NATIVE) != (length == -1):
        raise ValueError
    grey = sample.channels == 1
    scale = _scale(seen, frame) if grey else (1.0, 0.0)
    inverted = photometric == "MONOCHROME1"
    vr = str(pixels.VR) if pixels.VR in ("OB", "OW") else "OW"
    return Described(
        path, raw, syntax, sample, frames, frame, pixels.value_tell, length, vr, photometric == "RGB",
        _window(seen, frame, scale, inverted) if grey else None, scale, inverted,
        _padding(seen, sample) if grey else None, 0xFFFAFFFA in raw,
    )  # fmt: skip


def _check_syntax(path: Path, syntax: str) -> None:
    if syntax in NATIVE or syntax in CODED or syntax == RLE:
        return
    what = (
        "is a film" if syntax.startswith("1.2.840.10008.1.2.4.10") else "is compressed in a way that is not supported"
    )
    if syntax == _DEFLATED:
        what = "is compressed as a whole (Deflated)"
    _refuse(path, what, "save it uncompressed (Explicit VR Little Endian), and open that")


def _sample(path: Path, seen: Dataset, syntax: str, photometric: str) -> Sample:
    rows, columns = _whole(seen.get("Rows")), _whole(seen.get("Columns"))
    channels = _whole(seen.get("SamplesPerPixel") or 1)
    allocated = _whole(seen.get("BitsAllocated"))
    stored = _whole(seen.get("BitsStored") or allocated)
    high = _whole(seen["HighBit"].value) if seen.get("HighBit") is not None else stored - 1
    signed = _whole(seen.get("PixelRepresentation") or 0) == 1
    if allocated not in (8, 16):
        _refuse(path, f"has {allocated} bits a value", "choose a picture of 8 to 16 bits")
    colours = (
        {"RGB"} if syntax in NATIVE or syntax == RLE else {"RGB", "YBR_FULL", "YBR_FULL_422", "YBR_ICT", "YBR_RCT"}
    )
    grey = channels == 1 and photometric in ("MONOCHROME1", "MONOCHROME2")
    if not grey and not (channels == 3 and photometric in colours and not signed):
        known = photometric if photometric in _PHOTOMETRICS else "of an unknown kind"
        _refuse(path, f"has pixels that are {known}", "save it as MONOCHROME2 or RGB, and open that")
    if not (rows > 0 and columns > 0 and 1 < stored <= allocated and stored - 1 <= high < allocated):
        raise ValueError
    planar = channels > 1 and _whole(seen.get("PlanarConfiguration") or 0) == 1 and syntax in NATIVE
    return Sample(
        rows, columns, channels, allocated, stored, high, signed, planar, ">" if syntax == BIG_ENDIAN else "<"
    )


_PHOTOMETRICS = (
    "MONOCHROME1", "MONOCHROME2", "PALETTE COLOR", "RGB", "YBR_FULL", "YBR_FULL_422", "YBR_PARTIAL_420", "YBR_ICT",
    "YBR_RCT", "ARGB", "HSV", "CMYK",
)  # fmt: skip


def _refuse(path: Path, what: str, advice: str) -> NoReturn:
    raise RestorerError(f"“{path.name}” {what}: {advice}.")


def _whole(value: Any) -> int:
    if isinstance(value, str | bytes) or value is None:
        raise ValueError
    return int(value)


def _groups(seen: Dataset, frame: int, sequence: str) -> Iterator[Dataset]:
    """Where a value of a frame may stand: in its own functional groups, in those of all, in the data set."""
    own = seen.get("PerFrameFunctionalGroupsSequence") or []
    for group in (*own[frame - 1 : frame], *(seen.get("SharedFunctionalGroupsSequence") or [])[:1]):
        yield from (group.get(sequence) or [])[:1]
    yield seen


def _number(value: Any) -> float | None:
    """The first of one or several numbers; None if it is none."""
    if value is not None and not isinstance(value, str | bytes | int | float) and hasattr(value, "__len__"):
        value = value[0] if len(value) else None
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _scale(seen: Dataset, frame: int) -> tuple[float, float]:
    for group in _groups(seen, frame, "PixelValueTransformationSequence"):
        slope, intercept = _number(group.get("RescaleSlope")), _number(group.get("RescaleIntercept"))
        if slope and intercept is not None and abs(slope) < 1e12 and abs(intercept) < 1e12:
            return slope, intercept
    return 1.0, 0.0


def _window(seen: Dataset, frame: int, scale: tuple[float, float], inverted: bool) -> Window | None:
    for group in _groups(seen, frame, "FrameVOILUTSequence"):
        centre, width = _number(group.get("WindowCenter")), _number(group.get("WindowWidth"))
        if centre is not None and width is not None and width > 0:
            function = str(group.get("VOILUTFunction") or "LINEAR").strip()
            function = function if function in FUNCTIONS else "LINEAR"
            return Window(centre, width, function, *scale, inverted).at(centre, width)
    return None


def _padding(seen: Dataset, sample: Sample) -> tuple[int, int] | None:
    values = []
    for name in ("PixelPaddingValue", "PixelPaddingRangeLimit"):
        number = _number(seen.get(name))
        if number is not None:
            value = int(number)
            if sample.signed and value >= 1 << (sample.allocated - 1):  # stored as unsigned all the same
                value -= 1 << sample.allocated
            values.append(value)
    return (min(values), max(values)) if values else None
