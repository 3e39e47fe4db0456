"""From a path to a Photograph, whatever its format; every fault of a file becomes one sentence."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import jpeg, png, tiff, webp_bmp
from restorer.imaging.files.admission import admit
from restorer.imaging.files.photograph import Header, Photograph

READABLE_SUFFIXES = (".png", ".tif", ".tiff", ".jpg", ".jpeg", ".jpe", ".webp", ".bmp")

_RAW_SUFFIXES = frozenset(
    {".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".iiq", ".kdc", ".mef", ".mos",
     ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".rw2", ".rwl", ".sr2", ".srf", ".srw", ".x3f"}
)  # fmt: skip
_RAW = "is a camera's raw file. Develop it and export a 16-bit TIFF"

_TIFF_MARKS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_UNSUPPORTED = {
    b"GIF8": "is a GIF. Save it as PNG",
    b"8BPS": "is a Photoshop document. Save it as TIFF without layers",
    b"%PDF": "is a PDF. Export its pictures as TIFF or PNG",
    b"FUJI": _RAW,
    b"IIU\0": _RAW,
    b"IIRO": _RAW,
    b"IIRS": _RAW,
    b"FOVb": _RAW,
    b"v/1\x01": "is an OpenEXR file. Save it as 16-bit TIFF",
    b"\xff\x0a": "is a JPEG XL. Save it as PNG or TIFF",
    b"\0\0\0\x0cJXL ": "is a JPEG XL. Save it as PNG or TIFF",
    b"\0\0\0\x0cjP  ": "is a JPEG 2000. Save it as PNG or TIFF",
    b"\xff\x4f\xff\x51": "is a JPEG 2000. Save it as PNG or TIFF",
}
_BRANDS = {b"avif": "is an AVIF. Save it as PNG", b"avis": "is an AVIF. Save it as PNG", b"crx ": _RAW}
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


def probe(path: Path) -> Header:
    """Size, kind and memory of a picture file, without decoding its pixels.

    Raises RestorerError if it cannot be opened for any reason that shows without decoding.
    """
    path = Path(path)
    kind = _kind(path)
    with _faults_as_sentences(path):
        match kind:
            case "PNG":
                return png.probe(path)
            case "TIFF":
                return tiff.probe(path)
            case "JPEG":
                return jpeg.probe(path)
            case _:
                return webp_bmp.probe(path, kind)


def read_photograph(path: Path) -> Photograph:
    """Open a picture file completely; it is opened for reading only.

    Raises RestorerError for every file that is missing, damaged, not supported or too large.
    """
    path = Path(path)
    header = probe(path)
    admit(header)
    with _faults_as_sentences(path):
        match header.format:
            case "PNG":
                return png.read(path)
            case "TIFF":
                return tiff.read(path)
            case "JPEG":
                return jpeg.read(path)
            case _:
                return webp_bmp.read(path, header.format)


@contextmanager
def _faults_as_sentences(path: Path) -> Iterator[None]:
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
            head = file.read(32)
    except OSError as error:
        raise _unreadable(path, error) from error
    if not head:
        raise RestorerError(f"“{path.name}” is empty: copy or scan it again.")
    reason = _reason_to_refuse(path, head)
    if reason is not None:
        raise RestorerError(f"“{path.name}” {reason}, and open that.")
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(_TIFF_MARKS):
        return "TIFF"
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    if head.startswith(b"BM"):
        return "BMP"
    raise RestorerError(f"“{path.name}” is no picture that can be opened: choose a PNG, TIFF, JPEG, WebP or BMP file.")


def _reason_to_refuse(path: Path, head: bytes) -> str | None:
    if path.suffix.lower() in _RAW_SUFFIXES and not head.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        return _RAW
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return _BRANDS.get(brand, "is a HEIC. Save it as JPEG, PNG or TIFF" if brand in _HEIC else None)
    return next((reason for mark, reason in _UNSUPPORTED.items() if head.startswith(mark)), None)
