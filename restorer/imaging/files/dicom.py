"""DICOM pictures: a frame is read, and saved in a derived object in which all else stays as it was.

DICOM PS3.3, C.7.6.1 (derivation, source images), C.7.6.3 (pixels), C.7.6.6 (frames); PS3.10, 7.1 (file meta).
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pydicom
from numpy.typing import NDArray
from pydicom import encaps, uid
from pydicom.dataset import Dataset, FileDataset
from pydicom.sequence import Sequence

from restorer import __version__
from restorer.imaging.errors import RestorerError
from restorer.imaging.files.dicom_dataset import PIXELS, Described, described, private
from restorer.imaging.files.dicom_frames import decoded
from restorer.imaging.files.photograph import Header, Photograph, sealed
from restorer.imaging.files.stored import PixelSource
from restorer.imaging.region import Region
from restorer.imaging.window_level import Window

EXPLICIT = "1.2.840.10008.1.2.1"
_IMPLEMENTATION = "2.25.224614873022842163106203021847553081271"
_SAID = "Restored by Restorer {}: pixels under a mask were replaced by computed ones. Not for diagnosis."
_MOST_SAID = 1024  # characters of a short text (ST)
_PEAK, _PEAK_OF_CODED = 4.0, 6.0
_EXTENDED = (0x7FE00001, 0x7FE00002)  # tables of offsets, of encapsulated frames only


@dataclass(frozen=True, eq=False)
class DicomObject:
    """What of a DICOM file is none of the opened frame's pixels.

    Attributes:
        about: what the file says, with its data set.
        frame: the opened frame's bytes as they are stored; of a compressed one, as they would be without compression.
        tail: what follows the frame in a pixel data of one frame, that its length be even.
    """

    about: Described
    frame: bytes
    tail: bytes


def probe(path: Path, page: int = 1) -> Header:
    """Raises RestorerError for kinds and frames that are not supported; ValueError, OSError."""
    return _header(described(path, page))


def _header(about: Described) -> Header:
    sample = about.sample
    size = about.path.stat().st_size
    if not about.coded and (about.length < about.frames * sample.nbytes or about.place + about.length > size):
        raise ValueError("the file is cut short")
    pixels = sample.rows * sample.columns * sample.channels * sample.dtype.itemsize
    rest = about.frames * sample.nbytes * 2 / pixels  # the other frames are in memory while it is saved
    peak = (_PEAK_OF_CODED if about.coded else _PEAK) + rest
    return Header(
        about.path, "DICOM", sample.columns, sample.rows, sample.channels, sample.dtype, 1, about.frames, about.frame,
        peak=peak,
    )  # fmt: skip


def read(path: Path, page: int = 1) -> Photograph:
    """Decode a frame; the values are those that are stored, before rescale and window.

    Raises:
        RestorerError: kinds and frames that are not supported; ValueError: it is damaged; MemoryError; OSError.
    """
    about = described(path, page)
    _header(about)
    sample = about.sample
    with path.open("rb") as file:
        if about.coded:
            pixels = _decoded(file, about, page)
            frame, tail = _flat(about, pixels), b""
        else:
            frame, tail = _native(file, about, page)
            pixels = sample.values(sample.words(frame))
    remarks = [f"Frame {page} of {about.frames} is opened."] if about.frames > 1 else []
    plain = not sample.signed and sample.stored == sample.allocated
    return Photograph(
        path=path,
        format="DICOM",
        pixels=sealed(pixels),
        orientation=1,
        icc=None,
        exif=None,
        xmp=None,
        iptc=None,
        resolution=None,
        carried=DicomObject(about, frame, tail),
        pages=about.frames,
        remarks=(*remarks, "This is a medical picture: what is restored is not for diagnosis."),
        page=page,
        levels=None if plain else (float(sample.range[0]), float(sample.range[1])),
        window=_window_for(about, pixels) if sample.channels == 1 else None,
        padding=about.padding,
    )


def _window_for(about: Described, pixels: NDArray[Any]) -> Window:
    """The file's own, or one over all values."""
    if about.window is not None:
        return about.window
    seen = pixels
    if about.padding is not None:
        seen = pixels[(pixels < about.padding[0]) | (pixels > about.padding[1])]
    low, high = (float(seen.min()), float(seen.max())) if seen.size else (0.0, 1.0)
    slope, intercept = about.scale
    return Window.over(low, high, slope=slope, intercept=intercept, inverted=about.inverted)


def _native(file: BinaryIO, about: Described, number: int) -> tuple[bytes, bytes]:
    size = about.sample.nbytes
    file.seek(about.place + (number - 1) * size)
    frame = file.read(size)
    if len(frame) < size:
        raise ValueError("the file is cut short")
    return frame, file.read(about.length - size) if about.frames == 1 else b""


def _decoded(file: BinaryIO, about: Described, number: int) -> NDArray[Any]:
    with private():
        file.seek(about.place)
        coded = encaps.get_frame(file, number - 1, number_of_frames=about.frames)
    return decoded(coded, about.sample, about.syntax, rgb=about.rgb)


def _flat(about: Described, pixels: NDArray[Any]) -> bytes:
    """A decoded frame as it is stored without compression: pixel by pixel, in the lowest bits."""
    return about.sample.packed(pixels)


def losses(photograph: Photograph) -> tuple[str, ...]:
    """What saving changes besides pixels, in sentences."""
    about = _of(photograph).about
    sentences = ["The file is saved as a new, derived DICOM object that names the original as its source."]
    if about.coded:
        sentences.append("The compression is left out (Explicit VR Little Endian), which loses nothing more.")
    if about.signed:
        sentences.append("The digital signature stays, but no longer matches the changed picture.")
    return tuple(sentences)


def _of(photograph: Photograph) -> DicomObject:
    assert isinstance(photograph.carried, DicomObject)
    return photograph.carried


def write(photograph: Photograph, pixels: PixelSource, file: BinaryIO) -> None:
    """Fill an empty file with a derived object.

    Raises:
        RestorerError: other frames are needed, but the original is gone or another one; ValueError; OSError.
    """
    carried = _of(photograph)
    about = carried.about
    values = pixels if isinstance(pixels, np.ndarray) else pixels.read(Region.of_shape(pixels.shape))
    if about.coded:
        same = np.array_equal(values, photograph.pixels)
        frame = carried.frame if same else _flat(about, values)
    else:
        frame = about.sample.changed(carried.frame, photograph.pixels, values)
    data = _among_others(photograph, carried, frame) if about.frames > 1 else frame + carried.tail
    try:
        _write(file, about, data)
    except ValueError as error:
        fault = _of_the_disk(error)
        if fault is not None:
            raise fault from None
        raise RestorerError(
            f"“{about.path.name}” holds elements that cannot be written again: repair it with a DICOM tool, "
            "and open that."
        ) from None


def _of_the_disk(error: BaseException | None) -> OSError | None:
    """The fault of the system behind what pydicom made of it, which has lost its number."""
    while error is not None:
        if isinstance(error, OSError) and error.errno is not None:
            return error
        error = error.__cause__ or error.__context__
    return None


def _write(file: BinaryIO, about: Described, data: bytes) -> None:
    with private():
        dataset = _derived(about)
        vr = about.pixel_vr if not about.coded else "OW" if about.sample.allocated > 8 else "OB"
        dataset.add_new(PIXELS, vr, data + b"\0" * (len(data) % 2))
        implicit, little = dataset.original_encoding
        if not implicit:  # a file may say that it names its types, and not do so
            for tag in [tag for tag in dataset.keys() if getattr(dataset.get_item(tag), "VR", "") is None]:  # noqa: SIM118
                dataset[tag]
        pydicom.dcmwrite(file, dataset, implicit_vr=implicit, little_endian=little)


def _among_others(photograph: Photograph, carried: DicomObject, frame: bytes) -> bytes:
    """The pixel data of all frames: the others come from the original, which must still be what was opened."""
    about = carried.about
    try:
        with about.path.open("rb") as file:
            now = described(about.path, about.frame)
            if (now.place, now.length, now.frames) != (about.place, about.length, about.frames):
                raise ValueError
            if about.coded:
                every = [_decoded(file, about, number) for number in range(1, about.frames + 1)]
                same = np.array_equal(every[about.frame - 1], photograph.pixels)
                frames = [_flat(about, each) for each in every]
                start, data = sum(map(len, frames[: about.frame - 1])), bytearray(b"".join(frames))
            else:
                file.seek(about.place)
                data, start = bytearray(file.read(about.length)), (about.frame - 1) * len(frame)
                same = data[start : start + len(frame)] == carried.frame
            if not same or len(data) < about.length:
                raise ValueError
    except (ValueError, RestorerError, OSError):
        raise RestorerError(
            f"“{about.path.name}” is not any more what was opened, and its other frames are needed: put the original "
            "back, and save again."
        ) from None
    data[start : start + len(frame)] = frame
    return bytes(data)


def _derived(about: Described) -> FileDataset:
    """The data set of the new object, without pixels; elements that stay are written as they were read."""
    dataset: FileDataset = copy.deepcopy(about.dataset)
    new = uid.generate_uid(prefix=None)
    source = Dataset()
    source.ReferencedSOPClassUID = dataset.get("SOPClassUID", "")
    source.ReferencedSOPInstanceUID = dataset.get("SOPInstanceUID", "")
    if about.frames > 1:
        source.ReferencedFrameNumber = about.frame
    dataset.SourceImageSequence = Sequence([source, *(dataset.get("SourceImageSequence") or [])])
    kind = dataset.get("ImageType") or []
    parts = [kind] if isinstance(kind, str) else list(kind)
    dataset.ImageType = ["DERIVED", *(parts[1:] or ["SECONDARY"])]
    said, before = _SAID.format(__version__), str(dataset.get("DerivationDescription") or "")
    dataset.DerivationDescription = f"{before[: _MOST_SAID - len(said) - 2]}; {said}" if before else said
    dataset.SOPInstanceUID = new
    meta = dataset.file_meta
    meta.MediaStorageSOPInstanceUID = new
    meta.ImplementationClassUID = uid.UID(_IMPLEMENTATION)
    meta.ImplementationVersionName = f"RESTORER_{__version__}"[:16]
    if (dataset.preamble or b"")[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        dataset.preamble = b"\0" * 128  # a second way into the file, to where the pixels are no longer
    if about.coded:
        meta.TransferSyntaxUID = uid.UID(EXPLICIT)
        for tag in _EXTENDED:
            if tag in dataset:
                del dataset[tag]
        dataset.HighBit = about.sample.stored - 1
        if about.sample.channels > 1:
            dataset.PhotometricInterpretation = "RGB"
            dataset.PlanarConfiguration = 0
    return dataset
