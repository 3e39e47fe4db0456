"""The cells of JPEG 2000, of DICOM, and of formats that are read only and saved as TIFF or PNG."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import imagecodecs
import numpy as np
import pydicom
import tifffile
from dicom_specimens import save, slice_of
from further_specimens import JP2_IPTC, JP2_XMP, every_format, jp2
from PIL import Image
from round_trips import Cell
from specimens import HEIGHT, ICC, IPTC, WIDTH, XMP, picture, png_chunks, tiff_tags

_PROPERTIES = ("ICC", "EXIF", "GPS", "MakerNote", "XMP", "IPTC", "DPI")


# --- JPEG 2000 -------------------------------------------------------------------------------------------------------


def _boxes(data: bytes) -> dict[bytes, list[bytes]]:
    """What is in the boxes, those of the header included (ISO/IEC 15444-1, annex I)."""
    found: dict[bytes, list[bytes]] = {}
    position = 0
    while position + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        body = data[position + 8 : position + length if length else len(data)]
        found.setdefault(kind, []).append(body)
        if kind in (b"jp2h", b"res "):
            for name, several in _boxes(body).items():
                found.setdefault(name, []).extend(several)
        position += length or len(data)
    return found


def _of_jp2(path: Path) -> dict[str, object]:
    boxes = _boxes(path.read_bytes())
    by_identifier = {body[:16]: body[16:] for body in boxes.get(b"uuid", [])}
    exif = by_identifier.get(b"JpgTiffExif->JP2")
    return {
        "ICC": boxes.get(b"colr"), "DPI": boxes.get(b"resc"), "XMP": by_identifier.get(JP2_XMP),
        "IPTC": by_identifier.get(JP2_IPTC), **dict.fromkeys(("EXIF", "GPS", "MakerNote"), exif),
    }  # fmt: skip


def _stored_jp2(path: Path) -> np.ndarray:
    return imagecodecs.jpeg2k_decode(_boxes(path.read_bytes())[b"jp2c"][0])


def _jp2(name: str, channels: int, dtype: str) -> Cell:
    pixels = picture(channels, dtype)

    def make(path: Path) -> np.ndarray:
        path.write_bytes(jp2(pixels))
        return pixels

    said = ("saved without loss",)
    return Cell(name, ".jp2", make, frozenset({"pixels", *_PROPERTIES}), _stored_jp2, _of_jp2, said, imagemagick=False)


JPEG_2000 = (
    _jp2("JPEG 2000, RGB 16 bit", 3, "uint16"),
    _jp2("JPEG 2000, RGBA 16 bit", 4, "uint16"),
    _jp2("JPEG 2000, grey 8 bit", 1, "uint8"),
)


# --- DICOM -----------------------------------------------------------------------------------------------------------

_NEW = {"SOPInstanceUID", "ImageType", "DerivationDescription", "SourceImageSequence", "PixelData"}
_NEW_TO_EXIFTOOL = (
    "DICOM:SOPInstanceUID", "DICOM:ImageType", "DICOM:MediaStorageSOPInstanceUID", "DICOM:ImplementationClassUID",
    "DICOM:ImplementationVersionName", "DICOM:PixelData", "DICOM:FileMetaInfoGroupLength",
    "DICOM:DerivationDescription",
    "DICOM:ReferencedSOPClassUID", "DICOM:ReferencedSOPInstanceUID",
)  # fmt: skip


def _of_dicom(path: Path) -> dict[str, object]:
    """Every other element, and that the new ones are there, by pydicom."""
    dataset = pydicom.dcmread(path)
    return {"tags": [repr(element) for element in dataset if element.keyword not in _NEW]}


def _dicom(name: str, *, frames: int = 1, **how: object) -> Cell:
    def make(path: Path) -> np.ndarray:
        save(path, slice_of(frames=frames), frames=frames, WindowCenter=300, WindowWidth=900, **how)  # type: ignore[arg-type]
        return _stored_dicom(path)

    def _stored_dicom(path: Path) -> np.ndarray:
        pixels = pydicom.dcmread(path).pixel_array
        return pixels if frames == 1 else pixels[1]

    arguments: dict[str, object] = {"page": 2} if frames > 1 else {}
    return Cell(
        name, ".dcm", make, frozenset({"pixels", "tags"}), _stored_dicom, _of_dicom, ("derived DICOM object",),
        arguments, imagemagick=False, changes=_NEW_TO_EXIFTOOL,
    )  # fmt: skip


DICOM = (
    _dicom("CT, 16 bit signed, rescale and window", RescaleSlope=1, RescaleIntercept=-24),
    _dicom("MONOCHROME1, 12 of 16 bit", stored=12, PhotometricInterpretation="MONOCHROME1"),
    _dicom("Frame 2 of 3", frames=3),
)


# --- read only -------------------------------------------------------------------------------------------------------


def _of_new_file(path: Path) -> dict[str, object]:
    """Which of the specimens' properties a file holds: those that were put into the old one count as held by it."""
    if path.name.startswith("in."):
        return dict.fromkeys(_PROPERTIES, True)
    if path.suffix == ".png":
        kinds = dict(png_chunks(path.read_bytes()))
        return {"DPI": True if b"pHYs" in kinds else None}
    tags = tiff_tags(path)
    exif = dict(tags.get(34665) or {})
    return {
        "ICC": True if tags.get(34675, (0, b""))[1] == ICC else None,
        "XMP": True if tags.get(700, (0, b""))[1] == XMP.replace(b'Orientation="6"', b'Orientation="1"') else None,
        "IPTC": True if tags.get(33723, (0, b""))[1] == IPTC else None,
        "EXIF": True if exif else None, "MakerNote": True if "MakerNote" in exif else None,
        "GPS": True if tags.get(34853) else None, "DPI": True if 282 in tags else None,
    }  # fmt: skip


def _decoded(decoder: Callable[[bytes], np.ndarray]) -> Callable[[Path], np.ndarray]:
    def stored(path: Path) -> np.ndarray:
        if path.suffix == ".tif":
            return tifffile.imread(path, key=0)
        data = path.read_bytes()
        return imagecodecs.png_decode(data) if path.suffix == ".png" else np.asarray(decoder(data))

    return stored


def _of_pam(data: bytes) -> np.ndarray:
    return np.frombuffer(data.partition(b"ENDHDR\n")[2], ">u2").reshape(HEIGHT, WIDTH, 3).astype(np.uint16)


def _by_pillow(data: bytes) -> np.ndarray:
    import io

    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image.convert("RGB"))


def _read_only(
    name: str, kind: str, suffix: str, decoder: Callable[[bytes], np.ndarray], holds: tuple[str, ...],
    said: tuple[str, ...] = (), saved_as: str = ".tif",
) -> Cell:  # fmt: skip
    stored = _decoded(decoder)

    def make(path: Path) -> np.ndarray:
        data = every_format(path)[kind]
        path.write_bytes(data)
        return stored(path)

    return Cell(
        name, suffix, make, frozenset({"pixels", *holds}), stored, _of_new_file, said, saved_as=saved_as,
        imagemagick=False, changes=("IFD0:Orientation", "XMP-tiff:Orientation", "XMP-tiff:RdfOrientation"),
    )  # fmt: skip


_EXIF = ("EXIF", "GPS", "MakerNote", "XMP")
READ_ONLY = (
    _read_only("JPEG XL 16 bit, as TIFF", "jxl", ".jxl", imagecodecs.jpegxl_decode, _EXIF),
    _read_only("JPEG XL 8 bit, packed metadata, as TIFF", "jxl packed", ".jxl", imagecodecs.jpegxl_decode, _EXIF),
    _read_only("AVIF 8 bit, as TIFF", "avif", ".avif", imagecodecs.avif_decode, ("ICC", *_EXIF)),
    _read_only("WebP, as TIFF", "webp", ".webp", imagecodecs.webp_decode, ("ICC", *_EXIF)),
    _read_only("BMP, as TIFF", "bmp", ".bmp", _by_pillow, ("DPI",)),
    _read_only("GIF, as PNG", "gif", ".gif", _by_pillow, (), saved_as=".png"),
    _read_only("PAM 16 bit, as TIFF", "pam", ".pam", _of_pam, ()),
)
CELLS = (*JPEG_2000, *DICOM, *READ_ONLY)
