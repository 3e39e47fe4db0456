"""What has to happen before Qt is imported; the one place that decides the order in which Qt and torch are loaded."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path


def _load_torch_runtime() -> None:
    """Load torch's smallest library, which takes milliseconds.

    Torch itself is imported on the engine's thread, after the first window is shown.  On Windows this fails since
    torch 2.9 when Qt has loaded an older C++ runtime before (pytorch issue 169429), so torch's comes first.
    """
    spec = find_spec("torch")  # looks for the folder, imports nothing
    if spec is not None and spec.origin is not None:
        library = Path(spec.origin).parent / "lib" / "c10.dll"
        # should this fail, the engine says so in one sentence when it is needed
        with suppress(OSError):
            ctypes.CDLL(str(library))


def _keep_true() -> None:
    """Make `True` immortal, as it is since Python 3.12.

    PySide6 6.12.0 counts on that: each `emit` and `disconnect` gives back a reference to True that it never took, and
    on Python 3.11 the program dies after some thousands of them (“deallocating True or False”), that is, after a
    minute of moving the mouse.  6.11 and Python 3.12 are sound.
    """
    if not hasattr(sys, "getobjects"):  # a debug build has other things before the count
        ctypes.c_ssize_t.from_address(id(True)).value += 1 << 40


if sys.platform == "win32":
    _load_torch_runtime()
if sys.version_info < (3, 12) and sys.implementation.name == "cpython":
    _keep_true()
