"""From a path to a Photograph, whatever its format; every fault of a file becomes one sentence."""

from __future__ import annotations

import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import heif, jpeg, jpeg2000, jpegxl, png, pnm, tiff, webp_bmp
from restorer.imaging.files.admission import admit
from restorer.imaging.files.camera_raw import is_raw
from restorer.imaging.files.photograph import Header, Infrared, Photograph

READABLE_SUFFIXES = (
    ".png", ".tif", ".tiff", ".jpg", ".jpeg", ".jpe", ".jp2", ".j2k", ".jpx", ".jpf", ".j2c", ".jxl", ".webp", ".avif",
    ".heic", ".heif", ".bmp", ".gif", ".pbm", ".pgm", ".ppm", ".pnm", ".pam", ".dcm", ".dicom",
)  # fmt: skip

_RAW = "is a camera's raw file. Develop it and export a 16-bit TIFF"
_MARKS = {
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"II*\0": "TIFF", b"MM\0*": "TIFF", b"II+\0": "TIFF", b"MM\0+": "TIFF",
    b"\xff\xd8\xff": "JPEG",
    b"\0\0\0\x0cjP  ": "JPEG 2000", b"\xff\x4f\xff\x51": "JPEG 2000",
    b"\0\0\0\x0cJXL ": "JPEG XL", b"\xff\x0a": "JPEG XL",
    b"GIF87a": "GIF", b"GIF89a": "GIF",
    b"BM": "BMP",
}  # fmt: skip
_UNSUPPORTED = {
    b"8BPS": "is a Photoshop document. Save it as TIFF without layers",
    b"%PDF": "is a PDF. Export its pictures as TIFF or PNG",
    b"v/1\x01": "is an OpenEXR file. Save it as 16-bit TIFF",
    b"PF": "is a floating-point map. Save it as 16-bit TIFF",
    b"Pf": "is a floating-point map. Save it as 16-bit TIFF",
    b"gimp xcf": "is a GIMP document. Export it as TIFF or PNG",
}
_BRANDS = {
    b"avif": "AVIF", b"avis": "AVIF", b"heic": "HEIC", b"heix": "HEIC", b"heim": "HEIC", b"heis": "HEIC",
    b"hevc": "HEIC", b"hevx": "HEIC", b"mif1": "HEIC", b"msf1": "HEIC",
}  # fmt: skip


def probe(path: Path, *, page: int = 1, inks: bool = False) -> Header:
    """Size, kind and memory of a picture file, without decoding its pixels; `page` and `inks` as for reading.

    Raises RestorerError if it cannot be opened for any reason that shows without decoding.
    """
    path = Path(path)
    kind = _kind(path)
    with faults_as_sentences(path):
        match kind:
            case "PNG":
                return png.probe(path)
            case "TIFF":
                return tiff.probe(path, page, inks=inks)
            case "JPEG":
                return jpeg.probe(path, inks=inks)
            case "JPEG 2000":
                return jpeg2000.probe(path)
            case "JPEG XL":
                return jpegxl.probe(path)
            case "AVIF" | "HEIC":
                return heif.probe(path, kind)
            case "PNM":
                return pnm.probe(path)
            case "DICOM":
                from restorer.imaging.files import dicom  # pydicom takes its time

                return dicom.probe(path, page)
            case _:
                return webp_bmp.probe(path, kind)


def read_photograph(
    path: Path,
    *,
    page: int = 1,
    infrared: Infrared | None = None,
    scratch: Path | None = None,
    inks: bool = False,
) -> Photograph:
    """Open a picture file completely; it is opened for reading only.

    Args:
        path: the file.
        page: which page of a TIFF or frame of a DICOM, 1, 2, …
        infrared: where a TIFF keeps an infrared scan, if one is wanted.
        scratch: a file that holds the pixels of a TIFF in place of memory; it belongs to the caller.
        inks: whether the caller knows what to do with CMYK pixels; they are refused otherwise.

    Raises RestorerError for every file that is missing, damaged, not supported or too large.
    """
    path = Path(path)
    header = probe(path, page=page, inks=inks)
    admit(header if scratch is None else replace(header, peak=0.0))
    with faults_as_sentences(path):
        match header.format:
            case "PNG":
                return png.read(path)
            case "TIFF":
                return tiff.read(path, page, infrared, scratch, inks=inks)
            case "JPEG":
                return jpeg.read(path, inks=inks)
            case "JPEG 2000":
                return jpeg2000.read(path)
            case "JPEG XL":
                return jpegxl.read(path)
            case "AVIF" | "HEIC":
                return heif.read(path, header.format)
            case "PNM":
                return pnm.read(path)
            case "DICOM":
                from restorer.imaging.files import dicom

                return dicom.read(path, page)
            case _:
                return webp_bmp.read(path, header.format)


@contextmanager
def faults_as_sentences(path: Path) -> Iterator[None]:
    """Turn what the parsers raise into RestorerError.

    A file from outside can make them raise nearly anything (struct.error, IndexError, a codec's own class),
    and all of it says the same to the user; so this is the one place where every Exception is caught.
    """
    try:
        yield
    except RestorerError:
        raise
    except MemoryError as error:
        raise RestorerError(
            f"There is not enough memory to open “{path.name}”: close other programs, "
            "or open it on a computer with more memory."
        ) from error
    except OSError as error:
        if error.errno is None:  # Pillow's way of saying that a file is damaged
            raise _damaged(path, error) from error
        raise _unreadable(path, error) from error
    except Exception as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> RestorerError:
    detail = (str(error).splitlines() or ["unreadable"])[0][:120]
    return RestorerError(f"“{path.name}” is damaged or incomplete ({detail}): copy or scan it again.")


def _unreadable(path: Path, error: OSError) -> RestorerError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return RestorerError(f"There is no file “{path}”: check its name and folder.")
    if isinstance(error, IsADirectoryError):
        return RestorerError(f"“{path.name}” is a folder: choose a picture in it.")
    if isinstance(error, PermissionError):
        return RestorerError(f"“{path.name}” may not be read: ask its owner for permission, or copy it.")
    return RestorerError(f"“{path.name}” cannot be read ({error.strerror}): check the disk it is on.")


def _kind(path: Path) -> str:
    """The format by the first bytes; a suffix may lie.

    Raises RestorerError for what is no picture, or a kind that is not supported.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError
        if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for its other end
            raise RestorerError(f"“{path.name}” is a pipe or a device: choose a file, or save what it gives as one.")
        with path.open("rb") as file:
            head = file.read(132)
        if head[128:] == b"DICM":  # before it stands what any program likes, even another format's first bytes
            return "DICOM"
        raw = is_raw(path, head)
    except OSError as error:
        raise _unreadable(path, error) from error
    except struct.error:  # a TIFF cut short, which its reader says better
        raw = False
    if not head:
        raise RestorerError(f"“{path.name}” is empty: copy or scan it again.")
    reason = _RAW if raw else next((why for mark, why in _UNSUPPORTED.items() if head.startswith(mark)), None)
    if reason is not None:
        raise RestorerError(f"“{path.name}” {reason}, and open that.")
    for mark, kind in _MARKS.items():
        if head.startswith(mark):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    if head.startswith(pnm.MARKS) and head[2:3].isspace():
        return "PNM"
    if head[4:8] == b"ftyp":
        return _of_brands(path, head)
    raise _no_picture(path)


def _of_brands(path: Path, head: bytes) -> str:
    """The kind of a file in ISO's container; the major brand may be a general one, the others tell then."""
    length = min(len(head), max(16, int.from_bytes(head[:4], "big")))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, length - 3, 4))]
    kinds = [_BRANDS[brand] for brand in brands if brand in _BRANDS]
    if not kinds:
        raise _no_picture(path)
    return "AVIF" if "AVIF" in kinds and brands[0] not in (b"heic", b"heix") else kinds[0]


def _no_picture(path: Path) -> RestorerError:
    return RestorerError(
        f"“{path.name}” is no picture that can be opened: choose a PNG, TIFF, JPEG, JPEG 2000, JPEG XL, WebP, AVIF, "
        "HEIC, BMP, GIF, PNM or DICOM file."
    )
