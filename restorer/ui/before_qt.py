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


if sys.platform == "win32":
    _load_torch_runtime()
