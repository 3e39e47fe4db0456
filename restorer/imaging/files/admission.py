"""Whether a picture fits into this computer, asked before any of its pixels is decoded."""

from __future__ import annotations

from restorer.imaging.errors import RestorerError
from restorer.imaging.files.photograph import Header

MOST_PIXELS = 1_000_000_000  # five times the largest scan the program is made for; beyond it files are attacks


def admit(header: Header) -> None:
    """Raises RestorerError if the picture is too large for the program or for the memory that is free now."""
    pixels = header.width * header.height
    name = f"“{header.path.name}” has {header.width:,} × {header.height:,} pixels"
    if pixels > MOST_PIXELS:
        raise RestorerError(f"{name}; {MOST_PIXELS // 10**6:,} megapixels at most can be opened: cut it into parts.")
    import psutil  # type: ignore[import-untyped]  # 15 ms that the first window need not wait for

    available = psutil.virtual_memory().available
    if header.memory > available:
        raise RestorerError(
            f"{name} and needs {_gigabytes(header.memory)} of memory, but only "
            f"{_gigabytes(available)} are free: close other programs, or use a computer with more memory."
        )


def _gigabytes(count: int) -> str:
    return f"{count / 2**30:.1f} GB"
